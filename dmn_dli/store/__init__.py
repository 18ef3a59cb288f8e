"""From folders of workbooks to policies that decide: compiled once, kept as artefacts, read back quickly."""
