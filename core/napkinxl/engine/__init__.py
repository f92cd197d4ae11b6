"""One definition of each formula, and what is made of it; knows no formula and no input by name."""
