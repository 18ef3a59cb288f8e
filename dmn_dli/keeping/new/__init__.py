"""Workbooks that are begun: of a new payer, of the next version, of another field."""
