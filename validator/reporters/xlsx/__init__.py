"""The result as a problem list, a workbook."""
