"""A sweep on a Dask cluster is the sweep of one process to the last bit, whatever the chunking."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest

from napkinxl import InputError, Scenario
from napkinxl.catalog import built_in_catalog
from napkinxl.formulas import BLOCK_ROWS
from napkinxl.studies import workers
from napkinxl.studies.grids import grid
from napkinxl.studies.monte_carlo import RandomInputs, monte_carlo
from napkinxl.studies.ranges import make_range
from napkinxl.studies.sweeps import Sweep, base_values
from napkinxl.studies.written_ranges import parse_axis, parse_range

distributed: Any = import_module("distributed")
# Workers are threads, spoken to through the network of this machine alone.
ON_THIS_MACHINE: Any = {"processes": False, "protocol": "tcp", "host": "127.0.0.1", "dashboard_address": "127.0.0.1:0"}
CAPEX = "capex_usd_per_seat_month"
RANGES = (
    parse_range("context_tokens=4000:20000:400000"),
    make_range("duty_cycle", {"mean": 0.2, "sd": 0.2}),
    parse_range("total_params_b=20:300"),
    parse_range("active_params_b=10:40"),
)
ROWS = 5 * BLOCK_ROWS + 17


@pytest.fixture(scope="module")
def client() -> Iterator[Any]:
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=1, **ON_THIS_MACHINE) as cluster,
        distributed.Client(cluster) as connected,
    ):
        yield connected


def sweep(rows: int = ROWS) -> Sweep:
    return Sweep(base_values(Scenario(), built_in_catalog()), RandomInputs(RANGES, 5, rows), (CAPEX, "users_per_gpu"))


@pytest.mark.parametrize("blocks_per_task", [1, 2, 3, 100])
def test_the_chunking_does_not_matter(client: Any, blocks_per_task: int) -> None:
    values, contradictory = workers.run(sweep())
    told: list[int] = []
    found, broken = workers.run(sweep(), told.append, client, blocks_per_task)
    assert found.tobytes() == values.tobytes()
    assert broken.tobytes() == contradictory.tobytes()
    assert 0 < contradictory.sum() < ROWS
    assert told == [*range(BLOCK_ROWS, ROWS, BLOCK_ROWS), ROWS]


def test_studies_take_a_client_or_an_address(client: Any) -> None:
    alone = monte_carlo(Scenario(), RANGES, [CAPEX], 20_000, 3).values[CAPEX]
    for cluster in (client, client.scheduler.address):
        assert (
            monte_carlo(Scenario(), RANGES, [CAPEX], 20_000, 3, cluster=cluster).values[CAPEX].tobytes()
            == alone.tobytes()
        )
    axes = [parse_axis("context_tokens=4000:400000:200"), parse_axis("duty_cycle=0.1:1:100")]
    assert grid(Scenario(), axes, [CAPEX], cluster=client).values[CAPEX].tobytes() == (
        grid(Scenario(), axes, [CAPEX]).values[CAPEX].tobytes()
    )


@pytest.mark.slow
def test_a_cluster_of_processes() -> None:
    alone = monte_carlo(Scenario(), RANGES, [CAPEX], 40_000, 3).values[CAPEX]
    assert (
        monte_carlo(Scenario(), RANGES, [CAPEX], 40_000, 3, cluster="local").values[CAPEX].tobytes() == alone.tobytes()
    )


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "127.0.0.1:1", "nonsense://x", "tcp://"])
def test_a_scheduler_that_is_not_there(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setattr(workers, "CONNECT_SECONDS", 1)
    with pytest.raises(InputError, match="the Dask scheduler must be reachable, got") as raised:
        workers.run(sweep(10), cluster=address)
    assert "\n" not in str(raised.value)


def test_a_cluster_without_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CONNECT_SECONDS", 1)
    with (
        distributed.LocalCluster(n_workers=0, **ON_THIS_MACHINE) as empty,
        distributed.Client(empty) as client,
        pytest.raises(InputError, match="must have a worker"),
    ):
        workers.run(sweep(10), cluster=client)


def test_workers_of_another_version(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_versions", _Other())
    with pytest.raises(InputError, match="must be the same on every Dask worker"):
        workers.run(sweep(10), cluster=client)


class _Other:
    """What the client has differs from what each worker answers."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self) -> tuple[str, str]:
        self.calls += 1
        return "0.0", str(self.calls)


def test_without_dask_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> Any:
        raise ImportError(name)

    monkeypatch.setattr(workers, "import_module", absent)
    with pytest.raises(InputError, match=r"pip install 'napkinxl\[dask\]'"):
        workers.run(sweep(10), cluster="local")
    assert workers.run(sweep(10))[0].shape == (2, 10)
