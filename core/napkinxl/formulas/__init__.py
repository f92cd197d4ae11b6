"""The method: one module per topic, pure functions only, each registered as a quantity.

The topics and their reading order are `napkinxl.topics.TOPICS`.
"""

from importlib import import_module

from napkinxl.docstrings import compose_docstrings
from napkinxl.quantities import QUANTITIES
from napkinxl.topics import TOPICS
from napkinxl.wiring import check_cases

for _topic in TOPICS:
    import_module(f"{__name__}.{_topic}")

check_cases()
compose_docstrings(QUANTITIES.values())
