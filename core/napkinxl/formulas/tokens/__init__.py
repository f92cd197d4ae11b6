"""What a token costs, on GPUs or from an API."""
