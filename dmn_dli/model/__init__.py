"""Facts, decision tables, policies and findings: frozen data that all rooms share."""
