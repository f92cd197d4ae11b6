"""Random calls of the functions, the same in every run: what each host computes must be what Python does."""

from __future__ import annotations

import math
import random
from typing import Any

from napkinxl_addin.functions import FUNCTIONS, call
from napkinxl_addin.problems import Problem

CALLS = 500
# A cell is None (empty), a float, a text, a truth value or an error as its text; a range is rows of cells.
CHOICES: dict[str, list[Any]] = {
    "gpu": ["B200", "h100 sxm", "MI300X", "H200 SXM", "GB200", None, "nonsense"],
    "model": ["Article 32B", "Qwen3-32B", "DeepSeek-V3", "gpt-oss-120b", "Llama-3.1-8B", None, "nonsense"],
    "context_tokens": [200_000.0, 20_000.0, 1000.5, 128.0, None, "8000", -1.0, "long", "#DIV/0!"],
    "duty_cycle": [0.2, 1.0, 0.05, None, "0.5", 0.0, 2.0],
    "weight_bits": [8.0, 16.0, 4.25, None, True],
    "kv_bits": [8.0, 16.0, None, "x"],
    "gpus_per_replica": [1.0, 2.0, 8.0, None, 1.5],
    "matmul_rows": [3.0, 1000.0, None, "#N/A"],
    "matmul_inner_size": [4.0, 4096.0, None],
    "matmul_columns": [5.0, None],
    "projection_batch": [1.0, 64.0, None],
    "field": ["memory_gb", "layers", "source", "kv_heads", "vendor", "gpu_price_usd", "nonsense", None],
    "quantity": ["users_per_gpu", "KV_CACHE_GB", "rent_usd_per_seat_month", "bottleneck", "nonsense", None],
}
SETTINGS: list[Any] = [
    None,
    None,
    None,
    [["memory_utilization_share", 0.9], ["runtime_reserve_gb", 3.5]],
    [["preset", "calibrated"], ["rent_usd_per_gpu_hour", 2.5]],
    [["price_usd_per_user_month", 30.0], ["max_sequences_per_replica", None]],
    [["nonsense", 1.0], ["layers", 2.0]],
]


def random_calls(count: int = CALLS, seed: int = 3) -> list[tuple[str, list[Any]]]:
    """Names of functions and their arguments; one in three has ranges that broadcast."""
    source = random.Random(seed)
    return [_random_call(source, name) for name in source.choices(sorted(FUNCTIONS), k=count)]


def _random_call(source: random.Random, name: str) -> tuple[str, list[Any]]:
    arguments = []
    spread = source.random() < 1 / 3 and name not in ("NAPKIN", "EXPLAIN")
    for argument in FUNCTIONS[name].arguments:
        if argument.name == "settings":
            arguments.append(source.choice(SETTINGS))
            continue
        cells = CHOICES[argument.name]
        if spread and source.random() < 0.6:
            rows, columns = source.choice([(3, 1), (1, 2), (3, 2)])
            arguments.append([[source.choice(cells) for _ in range(columns)] for _ in range(rows)])
        else:
            arguments.append(source.choice(cells))
    return name, arguments


def expected(name: str, arguments: list[Any]) -> Any:
    """What Python answers, an error as its text."""
    answer = call(name, *arguments)
    return [list(map(_plain, row)) for row in answer] if isinstance(answer, list) else _plain(answer)


def _plain(cell: Any) -> Any:
    return cell.code if isinstance(cell, Problem) else cell


def differs(found: Any, wanted: Any, tolerance: float = 1e-12) -> bool:
    """Whether an answer is another one; a single value may come as a grid of one."""
    if isinstance(found, (list, tuple)) and not isinstance(wanted, list):
        return len(found) != 1 or len(found[0]) != 1 or differs(found[0][0], wanted, tolerance)
    if isinstance(wanted, list):
        if not isinstance(found, (list, tuple)) or len(found) != len(wanted):
            return True
        return any(
            len(row) != len(other) or any(differs(a, b, tolerance) for a, b in zip(row, other, strict=True))
            for row, other in zip(found, wanted, strict=True)
        )
    if isinstance(wanted, float) and isinstance(found, (int, float)) and not isinstance(found, bool):
        return not math.isclose(found, wanted, rel_tol=tolerance)
    return bool(found != wanted)
