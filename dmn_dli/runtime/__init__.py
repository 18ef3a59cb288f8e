"""What deciding a case needs, with the standard library alone: the lowest room, which all others may use."""
