"""The version of napkinxl, which files say they were made with."""

VERSION = "0.1.0"
