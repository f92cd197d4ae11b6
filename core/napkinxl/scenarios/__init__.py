"""Scenarios: their fields, the files that hold them, and which value of an input is in use."""
