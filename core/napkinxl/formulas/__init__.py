"""The method: one module per topic, pure functions only, each registered as a quantity.

The topics and their reading order are `napkinxl.quantities.TOPICS`.
"""

from importlib import import_module

from napkinxl.docstrings import compose_docstring
from napkinxl.input_table import INPUTS
from napkinxl.quantities import QUANTITIES, TOPICS, check_wiring

for _topic in TOPICS:
    import_module(f"{__name__}.{_topic}")

check_wiring()


def _described(parameter: str) -> tuple[str, str, str]:
    found = INPUTS.get(parameter) or QUANTITIES[parameter]
    return found.label, found.unit, "value"


for _item in QUANTITIES.values():
    compose_docstring(_item, _described)
