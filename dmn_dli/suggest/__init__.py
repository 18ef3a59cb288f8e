"""Cases worth adding to a Cases sheet: for rules that none uses, for boundaries, and for each cell alone."""
