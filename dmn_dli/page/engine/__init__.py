"""The engine in the page: Pyodide's files, this program and its policies, packed into text."""
