"""The template: a workbook whose cells call the Excel functions, or hold the same formulas in Excel's own terms."""
