"""Which services would keep what is required: computed from what all variants promise."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from archcode.services import find
from archcode.services._promises import unmet

if TYPE_CHECKING:
    from archcode.requires import Requires
    from archcode.services._service import AnyService, Semantics

SIMPLEST_FIRST = (
    "sqs.queue",
    "sns.topic",
    "events.event_bus",
    "kinesis.stream",
    "msk.serverless_cluster",
    "msk.cluster",
    "amazonmq.broker",
)
"""What may stand between any two components, in the order of what it takes to run it."""
OF_DEVICES = "iot.thing_fleet"
"""Comes first for those that speak MQTT, and is none for others."""


@lru_cache(maxsize=256)
def alternatives(wanted: Requires) -> tuple[str, ...]:
    """The services that promise all of it at their best, or the variants that do."""
    names = []
    for kind in ((OF_DEVICES,) if "mqtt" in wanted.protocol else ()) + SIMPLEST_FIRST:
        service = find(kind)
        fit = [s for s in service.semantics if s.promise and not unmet(s.promise, wanted)]
        if len(fit) == len(service.semantics):
            names.append(service.name)
        else:
            names += [title(service, semantics) for semantics in fit]
    return tuple(names)


def title(service: AnyService, semantics: Semantics | None) -> str:
    """A service with its variant, where it has more than one."""
    several = len(service.semantics) > 1 and semantics is not None
    return f"{service.name} {semantics.variant}" if several and semantics else service.name


def would_satisfy(wanted: Requires) -> str:
    """The end of a hint: what would, or that nothing does."""
    names = alternatives(wanted)
    if not names:
        return "no single service promises all that is required here: split it"
    words = ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) > 1 else names[0]
    return f"{words} would satisfy all that is required here"
