"""Sums and differences of facts: linear forms, bounds of them, and what FEEL trees say of them."""
