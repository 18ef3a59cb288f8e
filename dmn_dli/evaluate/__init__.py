"""Determinations: a case's facts against a payer's policy in force, unknown facts included."""
