"""What is proven of clauses that no single fact's atoms settle."""
