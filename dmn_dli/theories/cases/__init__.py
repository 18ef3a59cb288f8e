"""How cases of a part are found: values to try, and where clauses reach what they are to reach."""
