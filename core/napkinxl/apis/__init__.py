"""Tokens bought from an API: what the package genai-prices knows, and an API by name in a scenario."""
