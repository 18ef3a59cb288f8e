"""A linked policy as a DMN model: names, facts, tables, criteria, what has no place in DMN, the picture."""
