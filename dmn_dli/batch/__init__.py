"""A compiled policy over Arrow record batches, many cases at once."""
