"""What EventBridge's buses and rules promise."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.model import ZERO
from archcode.services import _events_limits as limits
from archcode.services._promises import SECONDS_PER_DAY, Promise
from archcode.services._service import Semantics

if TYPE_CHECKING:
    from archcode.services._events_settings import EventBusSettings
    from archcode.traffic import Hop, Traffic

BUS = Semantics(
    variant="event bus",
    ordering="none",
    delivery="at least once",
    replay="with an archive",
    retention="none; an archive keeps events",
    consumers="every rule that matches, each with up to 5 targets",
    dead_letter="standard queue, for events that its key cannot decrypt",
    source=limits.PUT_EVENTS.source,
    as_of="2026-09-24",
    promise=Promise(
        "none",
        replay=None,
        consumers=int(limits.RULES.value * limits.TARGETS.value),
        remedies={
            "replay": "draw a flow from {name} to an events.archive with retention_days: {days}"
        },
    ),
)
RULE = Semantics(
    variant="rule",
    ordering="none",
    delivery="at least once; 185 retries in 24 h by default",
    replay="with an archive",
    retention="up to 24 h while a target fails",
    consumers="up to 5 targets, each with a copy",
    dead_letter="standard queue per target",
    source="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-retry-policy.html",
    as_of="2026-08-31",
    promise=Promise("none", consumers=int(limits.TARGETS.value)),
)


def bus_keeps(traffic: Traffic[EventBusSettings], _hop: Hop | None, best: Promise) -> Promise:
    """The longest archive behind a bus replays; a region may have fewer rules."""
    rules = limits.RULES.in_region(traffic.region)
    kept: Fraction | None = ZERO
    for hop in traffic.outflows:
        days = hop.target_settings.archived_days()
        if days is not None and kept is not None:
            kept = max(kept, Fraction(days * SECONDS_PER_DAY)) if days else None
    return replace(best, replay=kept, consumers=int(rules * limits.TARGETS.value))
