"""What a mixture of experts reads: the experts that a batch touches."""

from __future__ import annotations

from napkinxl.engine.ops import Number, power, ratio
from napkinxl.engine.registry import quantity


@quantity("billion", "Parameters in experts, estimated", helper=True)
def estimated_routed_params_b(
    total_params_b: Number,
    active_params_b: Number,
    experts: Number,
    experts_per_token: Number,
) -> Number:
    """Where the catalog does not state them, they are estimated from the parameters that a token skips.

    Notes
    -----
    Used when the catalog does not give routed_params_b. It counts an untied embedding among the experts: a few per
    cent.

    Examples
    --------
    >>> estimated_routed_params_b(32, 32, 0, 0)
    0.0

    References
    ----------
    total = other + routed; active = other + routed x k/E.
    """
    return ratio((total_params_b - active_params_b) * experts, experts - experts_per_token, otherwise=0.0)


@quantity("share", "Share of experts used in a step")
def experts_touched_share(experts: Number, experts_per_token: Number, batch_sequences: Number) -> Number:
    """The chats of the batch together use this share of the routed experts.

    Notes
    -----
    Tokens choose at random and evenly; real routing is uneven, so fewer experts are touched.

    Examples
    --------
    >>> experts_touched_share(8, 2, 1)
    0.25

    References
    ----------
    Mixtral of Experts: a token uses 2 of 8 experts; 1-(1-k/E)^batch.
    """
    return 1 - power(1 - ratio(experts_per_token, experts, otherwise=1.0), batch_sequences)


@quantity("GB", "Weights read per step")
def weights_read_gb(
    weights_gb: Number,
    total_params_b: Number,
    routed_params_b: Number,
    experts_touched_share: Number,
) -> Number:
    """A step reads all weights except those of experts that no chat uses.

    Notes
    -----
    The embedding table is counted with the rest although a step reads only a few of its rows: 2 to 6% too much for
    small dense models.

    Examples
    --------
    >>> weights_read_gb(32, 32, 0, 1)
    32.0

    References
    ----------
    Article, a step of a dense model reads all 32 GB.
    """
    return weights_gb * (1 - routed_params_b / total_params_b * (1 - experts_touched_share))
