"""Messages that wait for things which are not connected.

AWS IoT Core keeps messages of quality of service 1 for the subscriptions of a persistent session,
and sends them when the thing is back: https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archcode.model import ZERO, Limit
from archcode.rationals import rational
from archcode.services._service import against
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import LimitLoad
    from archcode.traffic import Traffic

SESSION_EXPIRY = Limit(
    "persistent_session_expiry",
    3600,
    "s",
    "adjustable",
    "per session of a thing that is away",
    "https://docs.aws.amazon.com/general/latest/gr/iot-core.html",
    "2026-07-01",
)
DEQUEUE_RATE = Limit(
    "session_dequeue_rate",
    10,
    "messages/s",
    "hard",
    "per thing that is back",
    "https://docs.aws.amazon.com/iot/latest/developerguide/mqtt.html",
    "2026-06-29",
)
LIMITS = (SESSION_EXPIRY, DEQUEUE_RATE)


def sessions(fleet: Traffic[Any]) -> Iterator[LimitLoad]:
    """How long things are away on average, and whether they catch up with what waits for them."""
    settings = fleet.settings
    if not (fleet.inflows and settings.quality_of_service and settings.reconnects):
        return
    absent = 1 - settings.connected
    away = absent / settings.reconnects
    words = (
        f"a thing is away for {grouped(away)} s on average ({grouped(absent * 100)}% of the time"
        f" over {grouped(settings.reconnects * 86_400, 4)} connects a day)"
    )
    hint = "what is sent meanwhile is lost: request a longer expiry, or keep the state in a shadow"
    yield against(fleet, SESSION_EXPIRY, away, words, hint)
    peak = sum((hop.delivered.peak_messages_per_second for hop in fleet.inflows), ZERO)
    each = peak * rational(settings.receivers) / settings.things
    if away:
        words = f"a thing that is back gets {grouped(each, 4)} messages/s at peak"
        hint = "what waits for it grows meanwhile: send less often, or keep the state in a shadow"
        yield against(fleet, DEQUEUE_RATE, each, words, hint)
