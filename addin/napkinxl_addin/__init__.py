"""Excel functions made from the registry of quantities, and what each spreadsheet program needs to call them."""
