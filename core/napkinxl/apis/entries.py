"""The entries of the package genai-prices: found by name as the package itself does, listed, never fetched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from napkinxl.errors import InputError, unknown

if TYPE_CHECKING:
    from genai_prices.data_snapshot import DataSnapshot
    from genai_prices.types import ModelInfo, Provider

NOUN = "API model"


@dataclass(frozen=True)
class ApiEntry:
    """What a name stands for: who sells it, and whose price list the entry is on."""

    seller: str
    owner: str
    model: ModelInfo
    asked: str

    @property
    def remarks(self) -> Iterator[str]:
        """What one should know about the match."""
        if self.model.id.casefold() != self.asked.casefold():
            yield f"{self.asked!r} matched the entry {self.model.id!r} of {self.owner}"
        if self.owner != self.seller:
            yield f"{self.seller} lists no price of its own: the price is that of {self.owner}"
        if self.model.deprecated:
            yield f"{self.owner} marks {self.model.id} as deprecated"


@cache
def price_list() -> DataSnapshot:
    """The prices inside the installed package; an update from the network that some program asked for is not used.

    Raises:
        InputError: the package is not installed.
    """
    try:
        from genai_prices.data import providers
        from genai_prices.data_snapshot import DataSnapshot
    except ImportError:
        raise InputError("API prices need the package genai-prices: pip install genai-prices") from None
    return DataSnapshot(providers=providers, from_auto_update=False)


def list_apis(filter_text: str = "") -> list[str]:
    """The names "provider/model" of the entries priced per token that contain the text, in any case.

    Parameters
    ----------
    filter_text : str
        Part of a name; all entries without it.

    Returns
    -------
    list of str
        Names that `api_price` takes, sorted.

    Raises
    ------
    InputError
        The package genai-prices is not installed.

    Examples
    --------
    >>> list_apis("deepseek/deepseek-reasoner")
    ['deepseek/deepseek-reasoner']

    References
    ----------
    genai-prices, kept by pydantic, MIT licence.
    """
    wanted = filter_text.strip().casefold()
    return [name for name in _priced_names() if wanted in name.casefold()]


@cache
def _priced_names() -> tuple[str, ...]:
    return tuple(sorted({f"{provider.id}/{model.id}" for provider, model in _sold_models()}))


def is_priced_per_token(model: ModelInfo) -> bool:
    """Whether the entry has a price for input; audio and pictures have others."""
    sets = [item.prices for item in model.prices] if isinstance(model.prices, list) else [model.prices]
    return bool(sets) and all(prices.input_mtok is not None for prices in sets)


def find_entry(name: str) -> ApiEntry:
    """The entry that a name "provider/model", or a model alone, stands for.

    Raises:
        UnknownNameError: nothing bears the name; the message offers the nearest.
        InputError: several providers sell a model of that name.
    """
    if not isinstance(name, str):
        raise InputError(f"an {NOUN} must be a name such as openai/gpt-4o, got {name!r}")
    asked = name.strip()
    head, slash, tail = asked.partition("/")
    provider = _provider(head) if slash else None
    found = (_of_provider(provider, tail.strip()) if provider else _of_maker(asked)) or _of_seller(asked)
    if found is None:
        raise unknown(NOUN, asked[:100], list_apis(f"{provider.id}/") if provider else _names())
    return found


def _names() -> list[str]:
    return [*dict.fromkeys(name.split("/", 1)[1] for name in list_apis()), *list_apis()]


def _provider(name: str) -> Provider | None:
    providers = price_list().providers
    from genai_prices.data_snapshot import find_provider_by_id

    return find_provider_by_id(providers, name) if name.strip() else None


def _of_provider(provider: Provider, name: str) -> ApiEntry | None:
    """The entry that the package's rules give, else the one whose own name it is: some rules only take long names."""
    model = provider.find_model(name, all_providers=price_list().providers) if name else None
    model = model or next((item for item in provider.models if item.id.casefold() == name.casefold()), None)
    if model is None:
        return None
    own = any(item is model for item in provider.models)
    owner = provider if own else next(item for item in price_list().providers if model in item.models)
    return ApiEntry(provider.id, owner.id, model, name)


def _of_maker(name: str) -> ApiEntry | None:
    """The entry on the list of who makes the model, as the package finds it without a provider."""
    makers = (item for item in price_list().providers if item.model_match and item.model_match.is_match(name.lower()))
    maker = next(makers, None)
    return _of_provider(maker, name) if maker else None


def _of_seller(name: str) -> ApiEntry | None:
    """The entry of that name, where only one provider sells it; makers may stand before the name, as in qwen/qwen3-32b.

    No provider's price passes for another's: where several sell it, somebody must say which.
    """
    found = sorted(
        ((provider, model) for provider, model in _sold_models() if _has_name(model.id, name)),
        key=lambda pair: pair[1].id.casefold() != name.casefold(),  # its very name first
    )
    offers = {provider.id: model.id for provider, model in reversed(found)}
    if len(offers) > 1:
        some = " or ".join(f"{provider}/{model}" for provider, model in sorted(offers.items())[:3])
        raise InputError(f"{NOUN} {name!r} is sold by {len(offers)} providers; name one: {some}")
    return next((ApiEntry(provider.id, provider.id, model, name) for provider, model in found), None)


def _sold_models() -> Iterator[tuple[Provider, ModelInfo]]:
    for provider in price_list().providers:
        yield from ((provider, model) for model in provider.models if is_priced_per_token(model))


def _has_name(entry: str, name: str) -> bool:
    """Whether an entry has a name, or has it behind its maker's."""
    return f"/{entry}".casefold().endswith(f"/{name}".casefold()) and bool(name)
