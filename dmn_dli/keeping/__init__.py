"""Workbooks kept in form: the house style, new workbooks, new names; each change proven or checked."""
