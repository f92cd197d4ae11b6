"""xlwings Lite: the functions inside a workbook, run by Excel's browser engine where no Python is installed."""
