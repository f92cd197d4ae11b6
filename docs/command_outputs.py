"""What commands print on the example of the docs, so that the pages show what is really there."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from napkinxl import Estimate, estimate, read_scenarios
from napkinxl.engine.number_text import number_text
from napkinxl.formulas import QUANTITIES
from napkinxl.inputs import INPUTS
from napkinxl_cli.app import cli

ROOT = Path(__file__).resolve().parent.parent
PLANS = "examples/chat_plans.toml"
# How the seats in use and the subscribers of a scenario are calculated, in this order.
USERS = (
    "context_tokens",
    "concurrent_sequences",
    "duty_cycle",
    "users_per_gpu",
    "pool_seats_per_gpu",
    "requests_per_user_month",
    "busy_s_per_request",
    "traffic_duty_share",
    "peak_duty_share",
    "subscribers_per_gpu",
    "expected_utilization_share",
)


@dataclass(frozen=True)
class Output:
    """A command, and the words on the first and the last line to show; the last is left out itself."""

    command: str
    start: str = ""
    stop: str = ""

    def text(self) -> str:
        """What it prints, in a fenced block."""
        lines = run(self.command).splitlines()
        first = next(place for place, line in enumerate(lines) if self.start in line)
        stops = (place for place, line in enumerate(lines) if place > first and self.stop and self.stop in line)
        last = next(stops, len(lines))
        shown = "\n".join(line.rstrip() for line in lines[first:last]).strip("\n")
        return f"```text\n{shown}\n```"


def run(command: str) -> str:
    """What a command prints, run where the examples are; it must succeed."""
    with contextlib.chdir(ROOT):
        result = CliRunner().invoke(cli, command.split(), standalone_mode=False, prog_name="napkinxl")
    if result.exception:
        raise SystemExit(f"napkinxl {command}: {result.exception}")
    return result.stdout


def plan_called(name: str) -> Estimate:
    """A plan of the example."""
    (scenario,) = (item for item in read_scenarios(ROOT / PLANS) if item.name == name)
    return estimate(scenario)


def users_table() -> str:
    """Seats in use and subscribers of the plan Pro."""
    found = plan_called("Pro")
    lines = ["| What | Name | Value | Unit |", "| --- | --- | --- | --- |"]
    for name in USERS:
        item = INPUTS.get(name) or QUANTITIES[name]
        lines.append(f"| {item.label} | `{name}` | {number_text(found[name])} | {item.unit} |")
    return "\n".join(lines)


SWEEP = f"sweep {PLANS} --result serving_usd_per_user_month"
OUTPUTS = {
    "cost of a user": Output(f"cost {PLANS}", "Free:", "┏"),
    "plans": Output(f"cost {PLANS}", "Plans", "Against"),
    "ways": Output(f"compare {PLANS}", "Pro:", "From when"),
    "break-even of ways": Output(f"compare {PLANS}", "Agents:", "Against"),
    "room for chance": Output(
        f"sweep {PLANS} --grid service_level_probability=0.9,0.99,0.999 --grid replicas_per_pool=1,2,8,32"
        " --result subscribers_per_gpu",
        "Pro:",
        "Team:",
    ),
    "usage": Output(f"cost {PLANS} --times requests_per_user_month=2", "Plans", "Against"),
    "usage of a plan": Output(
        f"sweep {PLANS} --only Pro --grid requests_per_user_month=350,700"
        " --grid output_tokens_per_request=1100,2200 --result serving_usd_per_user_month",
        "Pro:",
    ),
    "fleet": Output(f"plan {PLANS}", "", "Against"),
    "tornado": Output(SWEEP, "Pro:", "Team:"),
    "draws": Output(f"{SWEEP} --draws 100000 --seed 7 --above serving_usd_per_user_month=100", "Agents:"),
    "api": Output("apis openrouter/qwen/qwen3-32b --at 2026-11-21"),
}
BLOCKS: dict[str, Callable[[], str]] = {
    **{name: output.text for name, output in OUTPUTS.items()},
    "present users and subscribers": users_table,
}
