"""A DMN model as a workbook."""
