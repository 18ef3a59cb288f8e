"""One policy to read: its criteria, its tables, its graph, its cases, its history."""
