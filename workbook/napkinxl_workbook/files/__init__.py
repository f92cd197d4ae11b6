"""Writing files: workbooks with stored values, safely and byte for byte the same; texts that stay texts."""
