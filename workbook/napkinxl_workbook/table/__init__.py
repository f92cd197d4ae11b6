"""The scenario table: one scenario a row, as many as a sheet holds."""
