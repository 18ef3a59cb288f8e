"""Layouts of other people's spreadsheets."""
