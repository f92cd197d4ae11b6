"""The method: one module per topic, pure functions only, each registered as a quantity."""

from napkinxl.formulas import arithmetic, article, attention, capacity, experts, kv_cache, kv_elements, margin, matmul, memory, owned, projection, rented, replica, roofline, step, tokens, traffic
from napkinxl.quantities import check_wiring

__all__ = ["arithmetic", "article", "attention", "capacity", "experts", "kv_cache", "kv_elements", "margin", "matmul", "memory", "owned", "projection", "rented", "replica", "roofline", "step", "tokens", "traffic"]

check_wiring()
