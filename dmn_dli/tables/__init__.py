"""Linked decision tables: values cut into atoms, rules as masks, which values row 4 admits."""
