"""A DMN model as a workbook: decisions as tables, input data as facts, and what else it says as notes."""
