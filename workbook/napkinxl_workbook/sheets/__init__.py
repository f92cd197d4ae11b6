"""The sheets of the report, one module each, and what several of them share."""
