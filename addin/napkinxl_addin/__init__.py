"""Excel functions made from the registry of quantities; not written yet (see CHANGELOG.md)."""
