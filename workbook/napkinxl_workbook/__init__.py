"""Workbooks without Excel on the machine: reports and templates written, scenarios read, functions recalculated.

What scripts call of it stands in `napkinxl`.
"""
