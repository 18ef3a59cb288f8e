"""What every module of a policy brings along: from facts to the record, with the standard library alone.

`dmn_dli.source.module` copies the definitions into each module that it writes, beside the policy's own.
"""
