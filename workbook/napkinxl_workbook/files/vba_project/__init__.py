"""VBA projects: modules added to one that Excel can read, and workbooks that carry it."""
