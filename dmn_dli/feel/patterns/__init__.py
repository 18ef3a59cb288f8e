"""Regular expressions of XPath (XQuery and XPath Functions 3.1, section 5.6.1), in linear steps.

`parser` reads a pattern to a tree of `syntax`, its classes resolved to the code points of `characters`;
`program` turns the tree into instructions, and `automaton` runs them over a text; `backtracking` does so
where a pattern refers back to a group, which no linear run can.
"""
