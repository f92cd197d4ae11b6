"""A team's own catalog files: they extend the built-in one, and a bad row is refused with file, row and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from napkinxl import CatalogError, Scenario, estimate
from napkinxl.catalog import Catalog, built_in_catalog, load_catalog
from napkinxl.catalog.rows import PRICE_TERMS

GPUS = (
    "gpu,aliases,memory_gb,memory_bandwidth_tb_s,bf16_tflops,source,checked\nMine,my card,100,2,500,sheet,2026-11-21\n"
)
MODELS = "model,total_params_b,layers,hidden_size,query_heads,kv_heads,head_dim\nours,10,40,4096,32,8,128\n"
PRICES = "provider,gpu,usd_per_gpu_hour,term,date\nus,Mine,1.5,rental market,2026-11\n"


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_own_files_extend_the_catalog(tmp_path: Path) -> None:
    files = [write(tmp_path, f"{n}.csv", text) for n, text in enumerate((GPUS, MODELS, PRICES))]
    catalog = load_catalog(files)
    assert len(catalog.gpus) == len(built_in_catalog().gpus) + 1
    found = estimate(Scenario(gpu="MY CARD", model="ours", context_tokens=1000), catalog)
    assert found["memory_gb"] == 100
    assert found["rent_usd_per_gpu_hour"] == 1.5
    assert found["kv_elements_per_token"] == 2 * 40 * 8 * 128
    assert "Mine" not in built_in_catalog().gpus


def test_own_rent_column_comes_before_the_prices(tmp_path: Path) -> None:
    own = write(tmp_path, "a.csv", "gpu,memory_gb,rent_usd_per_gpu_hour\nMine,100,9\n")
    catalog = load_catalog([own, write(tmp_path, "b.csv", PRICES)])
    assert catalog.values("gpus", "Mine")["rent_usd_per_gpu_hour"] == 9


BAD = [
    ("", "is empty; its first line must name the columns"),
    ("\n\n", "is empty"),
    ("name,memory_gb\nMine,100\n", "the header needs a column gpu"),
    ("gpu,memory_gbb\nMine,100\n", "no column 'memory_gbb'; did you mean memory_gb"),
    ("gpu,layers\nMine,100\n", "no column 'layers'"),
    ("gpu,memory_gb\nMine,much\n", r"row 2: memory_gb must be a number .*, got 'much'"),
    ("gpu,memory_gb\nOk,5\n\nMine,-1\n", "row 4: memory_gb must be .*, got -1"),
    ("gpu,memory_gb\nMine,nan\n", "row 2: memory_gb must be a number"),
    ("gpu,memory_gb\nMine,100,5\n", "row 2: more cells than the header has columns"),
    ("gpu,memory_gb\n,100\n", "row 2: gpu is empty"),
    ("model,layers\nours,1.5\n", "row 2: layers must be a whole number"),
    ("gpu,memory_gb\nOk,5\nMine*,5\n", r"row 3: gpu 'Mine\*' holds \*; Excel's MATCH reads \*, \? and ~ as wildcards"),
    ("gpu,aliases,memory_gb\nMine,ok;what?,5\n", r"row 2: aliases 'what\?' holds \?; Excel's MATCH"),
    ("model,layers\n~ours,1\n", "row 2: model '~ours' holds ~; Excel's MATCH"),
    ("provider,gpu,usd_per_gpu_hour,term,date\nus,Mine,cheap,list,2026\n", "row 2: usd_per_gpu_hour must be a number"),
    ("provider,gpu,usd_per_gpu_hour,term,date\nus,Mine,,list,2026\n", "row 2: usd_per_gpu_hour is empty"),
    ("provider,gpu,usd_per_gpu_hour,term,date\nus,Mine,3,list,\n", "row 2: date is empty"),
    ("provider,gpu,usd_per_gpu_hour,terms\nus,Mine,3,list\n", "no column 'terms'; did you mean term"),
    (PRICES.replace("market", "markt"), "row 2: term must be one of 'own', 'on-demand list', .*, got 'rental markt'"),
    (PRICES.replace("rental market", "Own"), "row 2: term must be one of 'own', .*, got 'Own'"),
    (PRICES.replace("2026-11", "November"), "row 2: date must be YYYY, YYYY-MM or YYYY-MM-DD, got 'November'"),
    (PRICES.replace("2026-11", "2026-13"), "row 2: date must be .*, got '2026-13'"),
    (PRICES.replace("2026-11", "2026-02-29"), "row 2: date must be .*, got '2026-02-29'"),
    (PRICES.replace("2026-11", "2026-1"), "row 2: date must be .*, got '2026-1'"),
    (PRICES.replace("2026-11", "20261101"), "row 2: date must be .*, got '20261101'"),
    (PRICES.replace("2026-11", "2026-W10"), "row 2: date must be .*, got '2026-W10'"),
    (PRICES.replace("2026-11", "٢٠٢٦"), "row 2: date must be"),
    (PRICES.replace("2026-11", "0000"), "row 2: date must be"),
    (b"gpu,vendor\nMine,Caf\xe9\n", "is not text in UTF-8; save it as 'CSV UTF-8'"),
]


@pytest.mark.parametrize(("content", "message"), BAD, ids=range(len(BAD)))
def test_bad_file_is_refused_in_one_line(tmp_path: Path, content: str | bytes, message: str) -> None:
    path = write(tmp_path, "own.csv", content)
    with pytest.raises(CatalogError, match=message) as error:
        load_catalog([path])
    assert "\n" not in str(error.value)
    assert "own.csv" in str(error.value)


@pytest.mark.parametrize(
    "content",
    ["gpu,memory_gb\n" + "x" * 200_000 + ",5\n", 'gpu,memory_gb\n"Mine,5\n', "gpu,memory_gb,memory_gb\nMine,5,6\n"],
    ids=["long cell", "open quote", "column twice"],
)
def test_hostile_file_is_refused_too(tmp_path: Path, content: str) -> None:
    with pytest.raises(CatalogError, match=r"own\.csv"):
        load_catalog([write(tmp_path, "own.csv", content)])


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=r"none\.csv cannot be read: No such file"):
        load_catalog([tmp_path / "none.csv"])
    with pytest.raises(CatalogError, match="is a folder; a catalog is a CSV file"):
        load_catalog([tmp_path])


@pytest.mark.parametrize(
    ("content", "name", "other"),
    [
        ("gpu,memory_gb\nMine,5\nh100 sxm,80\n", "h100 sxm", "gpus.csv row 9"),  # whatever the case
        ("gpu,memory_gb\nH100,80\n", "H100", "gpus.csv row 9"),  # an alias of the H100 SXM, on the file's ninth line
        ("gpu,aliases,memory_gb\nMine,B200,80\n", "B200", "gpus.csv row 15"),
        ("gpu,memory_gb\nMine,5\nMine,6\n", "Mine", "own.csv row 2"),
    ],
)
def test_duplicate_is_refused_naming_both_places(tmp_path: Path, content: str, name: str, other: str) -> None:
    path = write(tmp_path, "own.csv", content)
    with pytest.raises(CatalogError, match=rf"own\.csv row \d: the gpu name '{name}' is taken by {other}"):
        load_catalog([path])


@pytest.mark.parametrize("content", ["gpu,memory_gb\nMine,5\nH100,80\n", "gpu,memory_gb\nMine,5\nOther,-1\n"])
def test_nothing_of_a_refused_file_is_taken_in(tmp_path: Path, content: str) -> None:
    catalog = load_catalog()
    with pytest.raises(CatalogError):
        catalog.add_file(write(tmp_path, "own.csv", content))
    assert "Mine" not in catalog.gpus


def priced(folder: Path, *rows: str) -> Catalog:
    header = "provider,instance,gpu,usd_per_gpu_hour,region,term,date"
    catalog = Catalog()
    catalog.add_file(write(folder, "prices.csv", "\n".join([header, *rows])))
    return catalog


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # The market's prices are those of long contracts: they stand for a rent by the hour only where no list does.
        (["a,i,X,5,r,on-demand list,2026-10", "m,,X,3,,rental market,2026-01", "m,,X,4,,rental market,2026-05"], 5),
        (["m,,X,3,,rental market,2026-01", "m,,X,4,,rental market,2026-05"], 4),
        # Of list prices the cheapest that is current: an offer's older row does not count.
        (["a,i,X,2,r,on-demand list,2025-01", "a,i,X,5,r,on-demand list,2026-01", "b,i,X,4,r,on-demand list,2025"], 4),
        # An assumption is better than nothing; what owning costs is no rent.
        (["a,,X,3,,assumption,2026-06", 'm,,X,1,,"owned, neocloud",2026-08'], 3),
        (['m,,X,1,,"owned, neocloud",2026-08'], None),
        (["a,i,Y,5,r,on-demand list,2026-10"], None),
        # Of two prices of one date the later row wins, in the market and of one offer.
        (["m,,X,3,,rental market,2026-05", "m,,X,4,,rental market,2026-05"], 4),
        (["a,i,X,2,r,on-demand list,2026-05", "a,i,X,5,r,on-demand list,2026-05"], 5),
        # A date without month or day is its first: it comes before any later day of the year, wherever it stands.
        (["m,,X,3,,rental market,2026-01-02", "m,,X,4,,rental market,2026"], 3),
        (["m,,X,3,,rental market,2026-01-01", "m,,X,4,,rental market,2026"], 4),
        (["m,,X,3,,rental market,2026-01", "m,,X,4,,rental market,2025-12-31"], 3),
    ],
)
def test_reference_rent(tmp_path: Path, rows: list[str], expected: float | None) -> None:
    rent = priced(tmp_path, *rows).reference_rent("X")
    assert (rent.usd_per_gpu_hour if rent else None) == expected


@pytest.mark.parametrize("name", ["H100", "h100 sxm", "H100 SXM"])
def test_a_price_counts_whatever_name_of_the_gpu_it_uses(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, "own.csv", f"provider,gpu,usd_per_gpu_hour,term,date\nus,{name},1,own,2026\n")
    catalog = load_catalog([path])
    for asked in ("H100 SXM", "h100"):
        rent = catalog.reference_rent(asked)
        assert rent is not None
        assert rent.provider == "us"
        assert catalog.values("gpus", asked)["rent_usd_per_gpu_hour"] == 1
    assert [price.provider for price in catalog.prices_of("H100")].count("us") == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_prices_and_gpus_may_be_loaded_in_either_order(tmp_path: Path, order: tuple[int, int]) -> None:
    files = [write(tmp_path, "gpus.csv", GPUS), write(tmp_path, "prices.csv", PRICES.replace("Mine", "MY CARD"))]
    catalog = load_catalog([files[number] for number in order])
    assert catalog.values("gpus", "Mine")["rent_usd_per_gpu_hour"] == 1.5


def test_prices_of_gpus_that_the_catalog_does_not_describe_stay(tmp_path: Path) -> None:
    catalog = load_catalog([write(tmp_path, "prices.csv", PRICES)])
    assert [price.usd_per_gpu_hour for price in catalog.prices_of("mine")] == [1.5]
    assert catalog.prices_of("nothing") == []


def test_every_term_of_the_built_in_prices_is_allowed_and_used() -> None:
    assert {price.term for price in built_in_catalog().prices} | {"own"} == set(PRICE_TERMS)
