"""The inputs, one table per topic."""
