"""Worked cases that no calculation of ours can check, each with the reason."""

from __future__ import annotations

NOT_APPLICABLE: dict[str, str] = {
    "EP01": "a total over its megawatts: the source's own sum, no formula of cost in it",
    "EP03": "building a site: space and power are rented (hosting), no quantity builds them",
    "CL04": "one author's fitted curve of batch and efficiency; ours is the roofline of traffic and arithmetic",
    "AI02": "tons of refrigeration: cooling is a part of the PUE and of hosting, none of its own is sized",
    "KV05": "a measured gain in throughput, without the shapes and rates that it could be calculated from",
    "KV07": "a measured ratio of two times to first token, without the model that it could be calculated from",
}
