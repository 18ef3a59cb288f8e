"""Case files, a module a format: its name is the files' ending, its `entries(path)` reads one."""
