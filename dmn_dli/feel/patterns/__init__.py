"""Regular expressions of XPath (XQuery and XPath Functions 3.1, section 5.6.1), matched in linear steps.

`parser` reads a pattern to a tree of `syntax`, its classes resolved to the code points of `characters`;
`program` turns the tree into instructions, and `automaton` runs them over a text.
"""
