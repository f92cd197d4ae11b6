"""Sheets of studies that Python computed once: tornado, grid and Monte Carlo."""
