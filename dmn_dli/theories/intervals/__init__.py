"""Ranges of values: what an expression may be while its facts lie in ranges, and what that leaves of them."""
