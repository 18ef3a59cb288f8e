"""Policies as Python source: one module for each version, which needs the standard library alone."""
