"""Charts: what each shows (`spec`), drawn natively in a workbook (`native`) or as a picture for a web page."""
