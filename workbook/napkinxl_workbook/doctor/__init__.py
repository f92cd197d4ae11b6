"""What a machine or a workbook lacks for the functions to answer, and how to mend it."""
