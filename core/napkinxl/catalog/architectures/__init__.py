"""Families of models: what a published config.json says about parameters, layers and caches."""
