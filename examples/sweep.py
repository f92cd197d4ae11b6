"""Users, speed and cost at several lengths of chat, with both presets: one frame in, one table out.

python examples/sweep.py
"""

from __future__ import annotations

import pandas

from napkinxl import estimate_frame

CONTEXTS = [4_000, 8_000, 16_000, 32_000]
SHOWN = ["users_per_gpu", "tokens_per_s_per_user", "rent_usd_per_seat_month", "full_load_rent_usd_per_million_tokens"]


def main() -> None:
    """Print the table."""
    scenarios = pandas.DataFrame(
        [
            {"gpu": "H200 SXM", "model": "Qwen3-32B", "preset": preset, "context_tokens": context}
            for preset in ("napkin", "calibrated")
            for context in CONTEXTS
        ]
    )
    scenarios["memory_utilization_share"] = 0.9
    found = estimate_frame(scenarios, quantities=SHOWN)
    print(scenarios[["preset", "context_tokens"]].join(found).round(2).to_string(index=False))


if __name__ == "__main__":
    main()
