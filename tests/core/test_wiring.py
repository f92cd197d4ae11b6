"""The registry: names that are fit to be public, wires that cannot be misspelt, imports that run one way."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import napkinxl
from napkinxl.engine.inputs import OWNERS
from napkinxl.engine.registry import quantity
from napkinxl.engine.wiring import check_cases
from napkinxl.errors import UnknownNameError
from napkinxl.formulas import (
    HEADLINE,
    QUANTITIES,
    TOPICS,
    evaluate,
    evaluation_order,
    get_quantity,
    needed_inputs,
    steps,
)
from napkinxl.inputs import INPUTS
from napkinxl.scenarios.resolution import resolve
from napkinxl.scenarios.scenario import Scenario

CORE = Path(napkinxl.__file__).parent
NAMES = [*INPUTS, *QUANTITIES]
# Names that the design fixed; the public interface of a first version.
FIXED_INPUTS = """
    memory_gb memory_bandwidth_tb_s compute_tflops total_params_b active_params_b layers hidden_size query_heads
    kv_heads head_dim weight_bits kv_bits context_tokens duty_cycle gpus_per_replica memory_utilization_share
    runtime_reserve_gb max_sequences_per_replica bandwidth_efficiency compute_efficiency step_overhead_ms
    layer_overhead_us gpu_price_usd useful_life_months rent_usd_per_gpu_hour hours_per_month
    price_usd_per_user_month
"""
FIXED_QUANTITIES = """
    weights_gb kv_cache_gb needed_memory_gb free_memory_gb concurrent_sequences users_per_gpu
    hardware_balance_flop_per_byte balanced_batch gb_per_step gflop_per_step memory_ms compute_ms step_ms
    compute_idle_share tokens_per_s tokens_per_s_per_user bottleneck capex_usd_per_seat capex_usd_per_seat_month
    rent_usd_per_seat_hour rent_usd_per_seat_month full_load_rent_usd_per_million_tokens
    full_load_owned_usd_per_million_tokens
    rent_seat_margin_share owned_seat_margin_share
"""


@pytest.fixture
def scratch_registry() -> Iterator[None]:
    """Quantities that a test registers are gone after it."""
    before = dict(QUANTITIES)
    yield
    QUANTITIES.clear()
    QUANTITIES.update(before)


def test_fixed_names_are_there() -> None:
    assert [name for name in FIXED_INPUTS.split() if name not in INPUTS] == []
    assert [name for name in FIXED_QUANTITIES.split() if name not in QUANTITIES] == []
    assert [name for name in HEADLINE if name not in QUANTITIES] == []


def test_names_are_unique_whatever_the_case() -> None:
    assert len({name.casefold() for name in NAMES}) == len(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_name_is_fit_for_excel(name: str) -> None:
    """Excel refuses defined names that read as a cell: one to three letters and digits (B200, FP8), R1C1, R, C."""
    assert re.fullmatch(r"[a-z][a-z0-9]*(_[a-z0-9]+)*", name)
    assert not re.fullmatch(r"[a-z]{1,3}[0-9]+", name)
    assert not re.fullmatch(r"r[0-9]*(c[0-9]*)?|c[0-9]*", name)
    assert len(name) <= 255


def test_labels_are_unique_and_inputs_have_owners() -> None:
    labels = [item.label for item in QUANTITIES.values()]
    assert len(set(labels)) == len(labels)
    assert len({item.label for item in INPUTS.values()}) == len(INPUTS)
    owners = [item.owner for item in INPUTS.values()]
    assert sorted(owners, key=list(OWNERS).index) == owners, (
        "inputs stand by owner: use and money, which people change, before GPU and model"
    )


def test_quantities_stand_in_reading_order() -> None:
    topics = [item.topic for item in QUANTITIES.values()]
    assert sorted(topics, key=list(TOPICS.values()).index) == topics
    assert set(topics) == set(TOPICS.values())


def test_evaluation_order_has_each_after_what_it_needs() -> None:
    seen = {name for name, item in INPUTS.items() if item.follows is None}
    for name in evaluation_order():
        needs = QUANTITIES[name].parameters if name in QUANTITIES else (INPUTS[name].follows,)
        assert seen.issuperset(needs), name
        seen.add(name)
    assert seen == set(NAMES)


def test_misspelt_parameter_is_refused(scratch_registry: None) -> None:
    @quantity("GB", "Scratch")
    def scratch_gb(weigth_bits: float) -> float:
        return weigth_bits

    with pytest.raises(UnknownNameError, match=r"parameter of scratch_gb 'weigth_bits'; did you mean weight_bits"):
        check_cases()


@pytest.mark.parametrize("taken", ["weights_gb", "weight_bits"])
def test_taken_name_is_refused(taken: str, scratch_registry: None) -> None:
    def function(layers: float) -> float:
        return layers

    function.__name__ = taken
    with pytest.raises(ValueError, match=f"the name {taken} is taken"):
        quantity("GB", "Scratch")(function)


def test_unknown_quantity_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match=r"no quantity 'kv_cash_gb'; did you mean kv_cache_gb"):
        get_quantity("kv_cash_gb")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("weights_gb", ["weight_bits", "total_params_b"]),
        # compute_tflops follows precision_tflops, which depends on the rates and on the width of the weights.
        (
            "hardware_balance_flop_per_byte",
            [
                "weight_bits",
                "fp8_max_weight_bits",
                "fp4_max_weight_bits",
                "memory_bandwidth_tb_s",
                "bf16_tflops",
                "fp8_tflops",
                "fp4_tflops",
                "compute_tflops",
            ],
        ),
        # window_value_head_dim follows value_head_dim, which follows head_dim: the chain to its end.
        (
            "window_kv_elements_per_token",
            [
                "query_heads",
                "kv_heads",
                "head_dim",
                "value_head_dim",
                "window_layers",
                "window_kv_heads",
                "window_head_dim",
                "window_value_head_dim",
            ],
        ),
    ],
)
def test_needed_inputs(name: str, expected: list[str]) -> None:
    assert list(needed_inputs(name)) == expected


def test_only_what_is_asked_for_is_computed() -> None:
    values = resolve(Scenario()).values
    results = evaluate(values, ["weights_gb"])
    assert results.keys() - values.keys() == {"weights_gb"}
    asked = {name for name, _, _ in steps(frozenset({"free_memory_gb"}))}
    assert asked == {"usable_memory_gb", "weights_gb", "free_memory_gb"}


def test_missing_input_is_an_error() -> None:
    with pytest.raises(KeyError, match="weight_bits"):
        evaluate({"total_params_b": 32.0}, ["weights_gb"])


@pytest.mark.parametrize("call", ["", "napkinxl.estimate()", "napkinxl.explain('step_ms')"])
def test_import_is_light(call: str) -> None:
    """The formulas must also run where there is no numpy; a scalar call stays fast."""
    heavy = {"numpy", "pandas", "openpyxl", "xlwings", "click", "rich", "napkinxl_workbook", "napkinxl_cli"}
    code = f"import sys, napkinxl\n{call}\nprint(*({heavy!r} & sys.modules.keys()))"
    run = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(CORE.parent)},
        timeout=60,
    )
    assert run.stdout.strip() == ""


@pytest.mark.parametrize("path", sorted(CORE.rglob("*.py")), ids=lambda path: str(path.relative_to(CORE)))
def test_core_sees_neither_front_end_nor_spreadsheets(path: Path) -> None:
    forbidden = {"napkinxl_addin", "napkinxl_workbook", "napkinxl_cli", "xlwings", "openpyxl", "click", "rich"}
    imported = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").partition(".")[0])
    door = {"napkinxl_workbook"} if path == CORE / "__init__.py" else set()  # the one file that may name it
    assert not imported & forbidden - door


@pytest.mark.parametrize("path", sorted(CORE.rglob("*.py")), ids=lambda path: str(path.relative_to(CORE)))
def test_files_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) < 300


# Of the core, in the order in which they build on one another: a folder sees those before it only.
LAYERS = [
    "errors",
    "engine",
    "inputs",
    "formulas",
    "catalog",
    "apis",
    "scenarios",
    "estimates",
    "evidence",
    "monthly_plan",
    "studies",
    "public",
    "__init__",
]


@pytest.mark.parametrize("path", sorted(CORE.rglob("*.py")), ids=lambda path: str(path.relative_to(CORE)))
def test_folders_build_on_those_before_them(path: Path) -> None:
    parts = path.relative_to(CORE).with_suffix("").parts
    allowed = LAYERS[: LAYERS.index(parts[0]) + 1]
    assert {module.split(".")[1] for module in modules_of_ours(path)} <= set(allowed)


def modules_of_ours(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        yield from (name for name in names if name.startswith("napkinxl."))


@pytest.mark.parametrize("folder", ["core", "addin", "workbook", "benchmarks", "docs", "examples"])
def test_the_registry_is_taken_where_it_is_complete(folder: str) -> None:
    """Outside engine, inputs and formulas, what is bound to the registry comes from the packages that fill it."""
    bound = re.compile(
        r"^ *from napkinxl\.engine\.(evaluation|registry|tracing) import .*"
        r"\b(QUANTITIES|INPUTS|ALL_INPUTS|MONTHLY|OVER_PLAN|get_quantity|needed_\w+|evaluate\w*|steps|excel_formula)\b",
        re.MULTILINE,
    )
    inside = {CORE / "engine", CORE / "inputs", CORE / "formulas"}
    found = [
        path
        for path in (CORE.parent.parent / folder).rglob("*.py")
        if not inside & set(path.parents) and bound.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []
