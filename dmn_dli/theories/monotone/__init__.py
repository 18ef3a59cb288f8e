"""How a tree over one fact goes up and down along the fact's values, and where it turns."""
