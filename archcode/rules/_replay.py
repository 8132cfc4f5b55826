"""How far back a channel can be read again, or fed again by what it gets its messages from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import ZERO
from archcode.rules._channels import PASSED_ON, channel, feeders_first, flows_into

if TYPE_CHECKING:
    from fractions import Fraction

    from archcode.rules._channels import Channel
    from archcode.topology import Topology
    from archcode.traffic import Hop

    Windows = dict[str, Fraction | None]


def window_of(topology: Topology, at: Channel) -> Fraction | None:
    """Seconds that a channel and what feeds it keep, None without end.

    A queue behind a topic with an archive, or behind a bus with one, is fed again by a replay.
    """
    windows: Windows = {}
    inflows = _feeding(topology, at.name)
    for name in feeders_first(topology, inflows, lambda hop: _hands_on(topology, hop)):
        fed = channel(topology, name)
        kept = fed.promise.replay if fed else ZERO
        windows[name] = _longer(kept, _least(_feeding(topology, name), windows))
    return _longer(at.promise.replay, _least(inflows, windows))


def _feeding(topology: Topology, name: str) -> list[Hop]:
    """Flows into a component, without the replays of an archive."""
    return [hop for hop in flows_into(topology, name) if hop.source_type != "events.archive"]


def _hands_on(topology: Topology, hop: Hop) -> bool:
    return hop.source_type in PASSED_ON or channel(topology, hop.source, hop) is not None


def _least(inflows: list[Hop], windows: Windows) -> Fraction | None:
    """What all that flows in can be sent again of; nothing where one flow cannot."""
    found = [windows.get(hop.source, ZERO) for hop in inflows]
    ending = [window for window in found if window is not None]
    return min(ending) if ending else (None if found else ZERO)


def _longer(one: Fraction | None, other: Fraction | None) -> Fraction | None:
    return None if one is None or other is None else max(one, other)
