"""The answer "does not fit": what was needed, what there is, and the smallest change that would fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from napkinxl.engine.number_text import number_text
from napkinxl.formulas import evaluate

NARROWER_BITS = (8.0, 4.0)
MOST_GPUS = 1024


@dataclass(frozen=True)
class Fit:
    """Whether one chat fits in the replica, and if not, the single changes that would make it fit."""

    fits: bool
    needed_gb: float
    available_gb: float
    changes: tuple[str, ...] = ()

    def __str__(self) -> str:
        needed, available = f"{self.needed_gb:,.1f} GB", f"{self.available_gb:,.1f} GB"
        if self.fits:
            return f"fits: the weights and one chat need {needed} of {available}"
        return f"does not fit: the weights and one chat need {needed}; the engine may use {available}; {self.remedy}"

    @property
    def remedy(self) -> str:
        """The smallest single changes that would make it fit."""
        if self.fits:
            return "it fits"
        if not self.changes:
            return "no single change of bits, context or GPUs makes it fit"
        return f"it would fit with {', or '.join(self.changes)}"


def judge_fit(values: Mapping[str, float]) -> Fit | None:
    """The verdict for values in use; None where a number that it needs is missing."""
    results = evaluate(values, ["fitting_sequences", "needed_memory_gb", "usable_memory_gb"])
    needed, available = results["needed_memory_gb"], results["usable_memory_gb"]
    sequences = results["fitting_sequences"]
    if sequences != sequences:
        return None
    if sequences >= 1:
        return Fit(True, needed, available)
    candidates = (_narrower_weights(values), _narrower_kv(values), _shorter_context(values), _more_gpus(values))
    return Fit(False, needed, available, tuple(change for change in candidates if change))


def _fits(values: Mapping[str, float], **changes: float) -> bool:
    return bool(evaluate({**values, **changes}, ["fitting_sequences"])["fitting_sequences"] >= 1)


def _narrower_weights(values: Mapping[str, float]) -> str:
    return _narrower(values, "weight_bits", "weights")


def _narrower_kv(values: Mapping[str, float]) -> str:
    return _narrower(values, "kv_bits", "KV cache")


def _narrower(values: Mapping[str, float], name: str, label: str) -> str:
    for bits in NARROWER_BITS:
        if bits < values[name] and _fits(values, **{name: bits}):
            return f"{bits:.0f}-bit {label}"
    return ""


def _shorter_context(values: Mapping[str, float]) -> str:
    """The longest context at which one chat fits, by bisection: memory only grows with the context."""
    low, high = 1, int(values["context_tokens"])
    if values.get("max_context_tokens", inf) < high:
        high = int(values["max_context_tokens"]) + 1
    if not _fits(values, context_tokens=float(low)):
        return ""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _fits(values, context_tokens=float(middle)) else (low, middle)
    return f"a context of at most {number_text(float(low))} tokens"


def _more_gpus(values: Mapping[str, float]) -> str:
    """The fewest GPUs that fit one chat, among those that engines can spread the query heads over.

    A latent cache that is repeated on each GPU may outgrow any number of them.
    """
    for gpus in range(int(values["gpus_per_replica"]) + 1, MOST_GPUS + 1):
        if values["query_heads"] % gpus == 0 and _fits(values, gpus_per_replica=float(gpus)):
            return f"{gpus:,} GPUs per replica"
    return ""
