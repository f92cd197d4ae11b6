"""`python -m napkinxl_cli`."""

from napkinxl_cli.app import main

main()
