"""The executable specification: what a policy means, as plainly as it can be said, and as slowly as it likes.

Read in this order; each file quotes what it makes exact (DMN 1.5, or a section of docs/semantics.md):

1. `tables`: one decision table on known values; every cell of every rule is asked.
2. `values`: finitely many values of each fact that stand for all of them.
3. `criteria`: the rows of a sheet of criteria on known facts.
4. `policy`: linked tables and rows on known facts, and all completions of unknown ones.
5. `judged`: what all completions have in common of the rows of criteria.
6. `record`: what a case's record says, which is what all completions have in common.
7. `checks`: what is proven of a table, by trying every case that can arrive.
8. `differences`: what two policies answer, and in what they differ.
9. `reasons`: which facts force a determination, what would change it, what to ask.
10. `statuses`: every row's status in every combination of facts, for thousands of cases.

`feel` stands beside them, a second reading of the expression language. Nothing here knows atoms, masks or
diagrams, and nothing of it is shared with the program but the data that it reads.
"""
