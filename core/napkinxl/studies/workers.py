"""Who computes a sweep's blocks: threads of this process or a Dask cluster, with the same results to the last bit."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

import numpy
from numpy.typing import NDArray

import napkinxl
from napkinxl.errors import InputError
from napkinxl.formulas import BLOCK_ROWS
from napkinxl.studies.ranges import Floats
from napkinxl.studies.sweeps import Block, Sweep

Progress = Callable[[int], None]
# A Dask client, the address of a scheduler, or "local" for a cluster on this machine; None: threads.
Cluster = Any
BLOCKS_PER_TASK = 8  # a Dask task costs about a millisecond; a block takes several
CONNECT_SECONDS = 20


def run(
    sweep: Sweep, progress: Progress | None = None, cluster: Cluster = None, blocks_per_task: int = BLOCKS_PER_TASK
) -> tuple[Floats, NDArray[numpy.bool_]]:
    """Every result of every row.

    Parameters
    ----------
    sweep : Sweep
        What to compute.
    progress : callable, optional
        Called with the number of rows done.
    cluster : distributed.Client or str, optional
        A Dask client, a scheduler's address or "local"; by default threads of this process.
    blocks_per_task : int
        How much a Dask worker takes at a time; it does not change the results.

    Returns
    -------
    tuple of array
        The results, one a row, and which rows' inputs contradict each other.

    Raises
    ------
    InputError
        The scenario contradicts itself, or Dask is not installed or cannot be reached.
    """
    sweep.check()
    values = numpy.empty((len(sweep.results), sweep.inputs.rows))
    contradictory = numpy.empty(sweep.inputs.rows, dtype=bool)
    blocks = _by_threads(sweep) if cluster is None else _by_dask(sweep, cluster, blocks_per_task)
    for number, block in enumerate(blocks):
        start = number * BLOCK_ROWS
        stop = start + len(block.contradictory)
        values[:, start:stop] = block.values
        contradictory[start:stop] = block.contradictory
        if progress:
            progress(stop)
    return values, contradictory


def _by_threads(sweep: Sweep) -> Iterator[Block]:
    # numpy lets go of the interpreter lock, so blocks run on all cores at once.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield from pool.map(sweep.block, range(sweep.blocks))


def _by_dask(sweep: Sweep, cluster: Cluster, blocks_per_task: int) -> Iterator[Block]:
    with connected(cluster) as client:
        _check_versions(client)
        shared = client.scatter(sweep, broadcast=True, hash=False)
        parts = [
            range(start, min(start + blocks_per_task, sweep.blocks))
            for start in range(0, sweep.blocks, blocks_per_task)
        ]
        tasks = client.map(_run_part, parts, sweep=shared, pure=False)
        tasks.reverse()
        while tasks:
            yield from tasks.pop().result()  # what is taken may be forgotten on the cluster


def _run_part(numbers: range, sweep: Sweep) -> list[Block]:
    return [sweep.block(number) for number in numbers]


@contextmanager
def connected(cluster: Cluster) -> Iterator[Any]:
    """A Dask client of the cluster, for several sweeps; what was made here is closed at the end.

    Raises:
        InputError: Dask is not installed, or the scheduler cannot be reached.
    """
    if not isinstance(cluster, str):
        yield cluster
        return
    try:
        distributed = import_module("distributed")
    except ImportError:
        raise InputError("a sweep on a cluster needs the package distributed: pip install 'napkinxl[dask]'") from None
    if cluster == "local":
        with (
            distributed.LocalCluster(host="127.0.0.1", threads_per_worker=1, dashboard_address="127.0.0.1:0") as local,
            distributed.Client(local) as client,
        ):
            yield client
    else:
        with _client_of(distributed, cluster) as client:
            yield client


def _client_of(distributed: Any, address: str) -> Any:
    try:
        return distributed.Client(address, timeout=CONNECT_SECONDS)
    except (OSError, ValueError, TypeError) as error:
        reason = str(error).partition("\n")[0] or type(error).__name__
        raise InputError(f"the Dask scheduler must be reachable, got {address!r}: {reason}") from None


def _check_versions(client: Any) -> None:
    """Refuse workers that would compute something else."""
    try:
        client.wait_for_workers(1, timeout=CONNECT_SECONDS)
    except TimeoutError:
        raise InputError(f"the Dask cluster must have a worker, got none within {CONNECT_SECONDS} s") from None
    try:
        found = {_versions(), *client.run(_versions).values()}
    except ImportError:
        raise InputError("every Dask worker must have napkinxl installed") from None
    if len(found) > 1:
        raise InputError(f"napkinxl and numpy must be the same on every Dask worker, got {sorted(found)}")


def _versions() -> tuple[str, str]:
    return napkinxl.__version__, numpy.__version__
