"""The report in other formats than a workbook, from the same cells; and what changed since an older report."""
