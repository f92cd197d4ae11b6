"""The functions in LibreOffice Calc: Basic functions in the user's profile, which ask one Python script."""
