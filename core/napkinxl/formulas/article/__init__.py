"""The article's worked examples and shortcuts, which nothing else takes."""
