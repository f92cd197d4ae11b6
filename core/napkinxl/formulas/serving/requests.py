"""One request: its prompt, its answer, and the time of a replica that both take."""

from __future__ import annotations

from napkinxl.engine.ops import Number, ceil, maximum, minimum
from napkinxl.engine.registry import quantity
from napkinxl.engine.units import MS_PER_S, SECONDS_PER_HOUR


@quantity("s", "Replica time per request")
def replica_s_per_request(
    time_to_first_token_ms: Number,
    output_tokens_per_request: Number,
    step_ms: Number,
    batch_sequences: Number,
) -> Number:
    """A request uses a whole replica for this many seconds: its prompt, and its part of every decode step.

    decode_ms = output_tokens_per_request * step_ms / batch_sequences
    replica_s_per_request = (time_to_first_token_ms + decode_ms) / 1000

    Notes
    -----
    The batch is full. Prompts and steps run one after the other; engines that mix them in chunks take about as long in
    all.

    Examples
    --------
    >>> replica_s_per_request(1000, 100, 200, 10)
    3.0

    References
    ----------
    Prefill and decode share the replica's time: the harmonic rule for (P + O) / (P / prefill rate + O / decode rate),
    inferecon.com.
    """
    decode_ms = output_tokens_per_request * step_ms / batch_sequences
    return (time_to_first_token_ms + decode_ms) / MS_PER_S


@quantity("GPU-s", "GPU time per request", audience="finance")
def gpu_s_per_request(replica_s_per_request: Number, gpus_per_replica: Number) -> Number:
    """A request uses this many seconds of a single GPU.

    Examples
    --------
    >>> gpu_s_per_request(3.0, 8)
    24.0

    References
    ----------
    All GPUs of the replica work for it.
    """
    return replica_s_per_request * gpus_per_replica


@quantity("tokens/s", "Tokens served per second, per replica")
def served_tokens_per_s(
    input_tokens_per_request: Number,
    output_tokens_per_request: Number,
    replica_s_per_request: Number,
) -> Number:
    """A replica serves this many input and output tokens per second in this mix of requests.

    Examples
    --------
    >>> round(served_tokens_per_s(608, 168, 608 / 73.7 + 168 / 14.8) , 1)
    39.6

    References
    ----------
    Harmonic mean of the rates; DeepSeek's 73.7 thousand input and 14.8 thousand output tokens a second.
    """
    return (input_tokens_per_request + output_tokens_per_request) / replica_s_per_request


@quantity("s", "Time a request stays in the batch")
def busy_s_per_request(replica_s_per_request: Number, batch_sequences: Number) -> Number:
    """A request holds its place on a full replica for this many seconds, from start to last token.

    Examples
    --------
    >>> busy_s_per_request(3.0, 10)
    30.0

    References
    ----------
    Little's law: sequences in use are requests a second times the time that each takes.
    """
    return replica_s_per_request * batch_sequences


@quantity("share", "Chats busy per user, mean hour", number_format="0.000%")
def traffic_duty_share(requests_per_user_month: Number, busy_s_per_request: Number, hours_per_month: Number) -> Number:
    """A subscriber keeps this share of a chat (sequence) busy on average over the month.

    Notes
    -----
    The duty cycle is that of a user who sits before the chat; this one counts the hours away too. An agent may need
    more than one.

    Examples
    --------
    >>> round(traffic_duty_share(168e9 / 21, 1, 24) )
    92593

    References
    ----------
    Little's law: DeepSeek's 168 billion output tokens a day at 21 a second are 92,593 streams; worked case DS10.
    """
    return requests_per_user_month * busy_s_per_request / (hours_per_month * SECONDS_PER_HOUR)


@quantity("sequences", "Chats busy per user, busiest hour", helper=True)
def peak_sequences_per_user(traffic_duty_share: Number, peak_to_mean_ratio: Number) -> Number:
    """A subscriber keeps this many chats (sequences) busy on average over the busiest hour.

    Examples
    --------
    >>> round(peak_sequences_per_user(0.1, 278 / 226.75), 4)
    0.1226

    References
    ----------
    DeepSeek: 278 nodes at the peak, 226.75 on average; worked case DS06.
    """
    return traffic_duty_share * peak_to_mean_ratio


@quantity("streams", "Request streams per user", helper=True)
def streams_per_user(peak_sequences_per_user: Number) -> Number:
    """A user sends one request at a time, or several side by side if one chat cannot carry the load.

    Examples
    --------
    >>> streams_per_user(0.12), streams_per_user(2.5)
    (1.0, 3.0)

    References
    ----------
    An agent that works on several tasks at once.
    """
    return maximum(ceil(peak_sequences_per_user), 1)


@quantity("share", "Busy share of a request stream, busiest hour", helper=True)
def peak_duty_share(peak_sequences_per_user: Number, streams_per_user: Number) -> Number:
    """Each of a user's request streams keeps a chat busy for this share of the busiest hour.

    Examples
    --------
    >>> peak_duty_share(2.5, 3)
    0.8333333333333334

    References
    ----------
    The load of a user over the streams.
    """
    return minimum(peak_sequences_per_user / streams_per_user, 1)
