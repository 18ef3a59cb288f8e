"""A DMN model as a linked policy: tables proven and decided like a workbook's, inputs as facts by path."""
