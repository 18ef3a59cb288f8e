"""The audit log: a line for each determination that was given, and whether it still comes out."""
