"""The command line: one file a command; it reads, renders and writes, and decides nothing."""
