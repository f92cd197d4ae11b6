"""A model's fields as a row of models.csv: how a contributor adds one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from napkinxl.catalog.huggingface import model_from_config
from napkinxl.inputs import INPUTS

MODEL_FIELDS = [item for item in INPUTS.values() if item.owner == "model"]
COLUMNS = [
    "model",
    "aliases",
    "attention",
    *(item.name for item in MODEL_FIELDS),
    "params_basis",
    "notes",
    "source",
    "checked",
]
DECIMALS = 6


def catalog_row(name: str, config: Mapping[str, Any], where: str = "config.json") -> dict[str, str]:
    """A row of models.csv, its cells in the order of the columns.

    Cells stay empty where the registry of inputs gives the same value anyway. Aliases, notes, source and the date
    of the check are left to whoever adds the row.

    Parameters
    ----------
    name : str
        The model's full name, as `Qwen/Qwen3-32B`.
    config : mapping
        The parsed config.json.
    where : str
        What to call the config in an error.

    Returns
    -------
    dict of str to str
        One text per column.

    Raises
    ------
    CatalogError
        A field is missing or odd, or the kind of model is not known.

    Examples
    --------
    >>> row = catalog_row("my/llama", {"model_type": "llama", "num_hidden_layers": 32, "hidden_size": 4096,
    ...     "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256,
    ...     "max_position_embeddings": 131072})
    >>> row["total_params_b"], row["kv_heads"], row["value_head_dim"], row["attention"]
    ('8.030261', '8', '', 'GQA')
    """
    fields = model_from_config(config, where)
    row = dict.fromkeys(COLUMNS, "")
    row |= {item.name: _cell(item.name, fields) for item in MODEL_FIELDS}
    row |= {"model": name, "attention": attention(fields), "params_basis": "computed from config"}
    return row


def attention(fields: Mapping[str, float]) -> str:
    """The kinds of attention in a few words, as GQA + sliding window.

    >>> attention({"layers": 24.0, "query_heads": 64.0, "kv_heads": 8.0, "window_layers": 12.0})
    'GQA + sliding window'
    """
    kv_heads = fields.get("kv_heads", fields["query_heads"])
    if fields.get("latent_layers"):
        words = "MLA"
    elif kv_heads == 1:
        words = "MQA"
    else:
        words = "MHA" if kv_heads == fields["query_heads"] else "GQA"
    extras = {
        "index_layers": "sparse indexer",
        "window_layers": "sliding window",
        "compressed_kv_elements_per_token": "compressed KV",
        "linear_layers": "linear/state-space",
    }
    return " + ".join([words, *(text for name, text in extras.items() if fields.get(name))])


def _cell(name: str, fields: Mapping[str, float]) -> str:
    """The value's text; empty where it is not set or follows from another field."""
    value = fields.get(name)
    if value is None or value == _followed(name, fields):
        return ""
    return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _followed(name: str, fields: Mapping[str, float]) -> float | None:
    """What the input would be if it were left empty; None where that is no other model field."""
    source = INPUTS[name].follows
    if source is None or source not in INPUTS:
        return INPUTS[name].default
    return fields.get(source, _followed(source, fields))
