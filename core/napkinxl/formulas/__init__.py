"""The method: one module per topic, pure functions only, each registered as a quantity.

The topics and their reading order are `napkinxl.quantities.TOPICS`.
"""

from importlib import import_module

from napkinxl.quantities import TOPICS, check_wiring

for _topic in TOPICS:
    import_module(f"{__name__}.{_topic}")

check_wiring()
