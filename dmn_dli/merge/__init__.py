"""Three versions of a workbook or a dictionary made into one, by sheet, rule id and heading."""
