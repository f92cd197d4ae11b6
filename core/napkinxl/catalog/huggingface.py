"""Catalog fields from a model's published config.json: importing a model that the catalog lacks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from napkinxl.catalog.architectures.blueprint import Blueprint, catalog_fields
from napkinxl.catalog.architectures.compressed import deepseek_v4
from napkinxl.catalog.architectures.fields import Fields
from napkinxl.catalog.architectures.hybrids import kimi_linear, nemotron_h, nemotron_nas
from napkinxl.catalog.architectures.styles import STYLES
from napkinxl.catalog.architectures.transformer import transformer
from napkinxl.errors import CatalogError

OTHER_FAMILIES: dict[str, Callable[[Fields], Blueprint]] = {
    "deepseek_v4": deepseek_v4,
    "kimi_linear": kimi_linear,
    "nemotron-nas": nemotron_nas,
    "nemotron_h": nemotron_h,
}
SUPPORTED_TYPES = sorted([*STYLES, *OTHER_FAMILIES])


def model_from_config(config: Mapping[str, Any], where: str = "config.json") -> dict[str, float]:
    """The catalog's fields of a model, from its Hugging Face config.

    Parameters are counted from the shapes: weights, biases, norms, routers and attention sinks. Not counted are
    layers for multi-token prediction, towers for pictures or sound, and the scales of quantised weights.

    Parameters
    ----------
    config : mapping
        The parsed config.json; the text part of a multimodal config is used.
    where : str
        What to call the config in an error.

    Returns
    -------
    dict of str to float
        Model inputs by name, in the order of the registry; those that do not apply are left out.

    Raises
    ------
    CatalogError
        A field is missing or odd, or the kind of model is not known.

    Notes
    -----
    `active_params_b` counts what is multiplied per token: the experts in use and the output head, not the look-up
    of the embedding. A tied matrix counts once, as the head. `routed_params_b` counts all routed experts.

    Examples
    --------
    >>> fields = model_from_config({"model_type": "llama", "num_hidden_layers": 32, "hidden_size": 4096,
    ...     "num_attention_heads": 32, "num_key_value_heads": 8, "intermediate_size": 14336, "vocab_size": 128256,
    ...     "max_position_embeddings": 131072})
    >>> fields["total_params_b"]
    8.030261248

    References
    ----------
    Model card of meta-llama/Llama-3.1-8B: 8.03B parameters.
    """
    fields = _text_fields(config, where)
    model_type = fields.text("model_type")
    if model_type in STYLES:
        return catalog_fields(transformer(fields, STYLES[model_type]), fields)
    if model_type in OTHER_FAMILIES:
        return catalog_fields(OTHER_FAMILIES[model_type](fields), fields)
    fields.fail(
        "model_type",
        f"{model_type!r} is not supported; supported are {', '.join(SUPPORTED_TYPES)}; "
        "the numbers can be given by hand",
    )


def read_config(path: Path) -> Mapping[str, Any]:
    """The object in a config.json.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    mapping
        Its fields.

    Raises
    ------
    CatalogError
        There is no such file, it cannot be read, or it holds no JSON object.
    """
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CatalogError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise CatalogError(f"{path}: is a folder; name the config.json in it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogError(f"{path}: cannot be read ({error})") from None
    except (ValueError, RecursionError) as error:  # also a number of too many digits
        raise CatalogError(f"{path}: is no valid JSON ({error})") from None
    if not isinstance(config, dict):
        raise CatalogError(f"{path}: must hold a JSON object, got a {type(config).__name__}")
    return config


def _text_fields(config: Mapping[str, Any], where: str) -> Fields:
    """The fields of the language model; what a multimodal config says for all of it holds unless repeated inside."""
    fields = Fields(config, where)
    if not fields.has("text_config"):
        return fields
    outer = {name: config[name] for name in ("model_type", "tie_word_embeddings") if name in config}
    return fields.nested("text_config").with_defaults(outer)
