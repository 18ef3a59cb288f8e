"""Decision diagrams: each decision as a function of the facts alone, and every walk over such a function."""
