"""What every compiled module brings along; `dmn_dli.source.module` copies it, so it needs the standard library alone."""
