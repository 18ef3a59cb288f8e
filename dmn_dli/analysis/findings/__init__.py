"""One finding, one file: its code, when it is found, and its words. `analysis.registry` lists this folder."""
