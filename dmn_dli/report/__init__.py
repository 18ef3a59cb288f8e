"""Results put into words for people."""
