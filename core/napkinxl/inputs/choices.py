"""What a scenario names rather than counts: its GPU, model and preset; the default is the article's case."""

from __future__ import annotations

# In place of a catalog name: every number of the GPU or model is given by the scenario itself.
GIVEN_IN_FULL = "(given in full)"
DEFAULT_CHOICES = {"gpu": "B200 announced", "model": "Article 32B", "preset": "napkin"}
API_SOURCE = "api_source"  # where the prices of an API come from, where the scenario gives them
DEFAULT_TEXTS = {"name": "Advertised context", **DEFAULT_CHOICES, API_SOURCE: ""}
TEXT_FIELDS = tuple(DEFAULT_TEXTS)
TEXT_HELP = {
    "name": "what to call the scenario in tables and reports",
    "gpu": f"a GPU of the catalog, or {GIVEN_IN_FULL}",
    "model": f"a model of the catalog, or {GIVEN_IN_FULL}",
    "preset": "napkin (the ceiling) or calibrated (fitted to measured serving)",
    API_SOURCE: "where the API's prices come from, if they are given",
}
