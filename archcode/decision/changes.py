"""What would lead to another decision: more traffic, other quantities, other requirements."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.compare import compare_channel
from archcode.compare.channel import channel_of
from archcode.compare.ends import Carried, Circumstance
from archcode.currency import dollars
from archcode.decision.costs import least_to_decide
from archcode.decision.model import Change
from archcode.decision.turning import named_in, told_as
from archcode.errors import SpecError, UsageError
from archcode.requires import ORDERINGS
from archcode.sensitivity import placed
from archcode.units import EXACT, at_most, grouped, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal
    from fractions import Fraction

    from archcode.compare import Basis, Comparison, Option
    from archcode.spec.load import Value
    from archcode.spec.model import Spec
    from archcode.spec.ranges import End
    from archcode.sweep import Sweep
    from archcode.sweep.model import Point

_MOST = 12
"""Ranges that are tried one by one."""


def changes_of(
    spec: Spec, found: Comparison, chosen: Option, place: Place, line: Sweep | None
) -> Iterator[Change]:
    """Every fact that would lead elsewhere, those of cost first."""
    if line:
        yield from _traffic(line, named_in(line, found, chosen), place.material)
    readers = _readers(found)
    carried = Carried(found.subjects[0], readers) if readers else None
    yield from _ranges(spec, found, chosen, place, carried)
    yield from _headroom(chosen)
    if readers:
        yield from _reader(spec, found.subjects[0], readers, place.basis)
    yield from _promises(found, chosen)
    yield from _third_party(found, chosen)


class Place(Struct, frozen=True):
    """What options are priced by, and the difference a month below which costs do not decide."""

    basis: Basis
    material: Decimal


def _traffic(line: Sweep, name: str, material: Decimal) -> Iterator[Change]:
    """The nearest traffic at which another option saves enough, with less and with more."""
    xs = [point.x for point in line.curves[0].points]
    for side in (reversed([x for x in xs if x < 1]), (x for x in xs if x > 1)):
        found = (_turn(line, name, x, material) for x in side)
        yield from [change for change in found if change][:1]


def _turn(line: Sweep, name: str, x: Fraction, material: Decimal) -> Change | None:
    """What costs less than the choice at so many times today's traffic, where it decides."""
    points = {c.name: p for c in line.curves for p in c.points if p.x == x}
    costs = {n: p.list_cost for n, p in points.items() if p.fits and p.list_cost is not None}
    times = f"At {grouped(x, 4)} times today's traffic"
    if name not in costs:
        return Change(f"{times} {told_as(name)} no longer fits{_why(points.get(name))}.")
    best = min(costs, key=lambda other: costs[other])
    less = EXACT.subtract(costs[name], costs[best])
    if less <= least_to_decide(costs[best], material):
        return None
    told = f"{told_as(best)} costs {dollars(less)} a month less than {told_as(name)}"
    return Change(f"{times} {told}.", told_as(best))


def _why(point: Point | None) -> str:
    if point is None:
        return ""
    return f": {(*point.reasons, point.exceeded)[0]}" if point.reasons or point.exceeded else ""


def _ranges(
    spec: Spec, found: Comparison, chosen: Option, place: Place, carried: Carried | None
) -> Iterator[Change]:
    """Quantities that alone, at one end of their range, make another option worth it."""
    for one in spec.ranges[:_MOST]:
        for end in _ENDS:
            change = partial(placed, ends={one.where: end})
            try:
                circumstance = Circumstance(spec, change, place.basis, carried)
            except SpecError:
                continue
            costs = {
                o.name: estimate.list_cost
                for o in found.options
                if o.fits and (estimate := circumstance.estimate(o))
            }
            told = f"With {one.where} of {_text(one.at(end))}"
            yield from _worth(costs, chosen.name, told, place.material)


_ENDS: tuple[End, End] = ("low", "high")


def _worth(
    costs: Mapping[str, Decimal], name: str, told: str, material: Decimal
) -> Iterator[Change]:
    """The cheapest option, where it costs enough less than the choice."""
    if name not in costs:
        yield Change(f"{told} {name} is not possible.", within=True)
        return
    best = min(costs, key=lambda other: costs[other])
    less = EXACT.subtract(costs[name], costs[best])
    if less > least_to_decide(costs[best], material):
        yield Change(f"{told} {best} costs {dollars(less)} a month less.", best, within=True)


def _readers(found: Comparison) -> int:
    """How many consumers, or groups of them, read every message of the channel; 0 without one."""
    if not found.subjects:
        return 0
    return len(channel_of(found.today.topology, found.subjects[0]).groups)


def _headroom(chosen: Option) -> Iterator[Change]:
    """How much more traffic the choice takes before its first limit."""
    load = chosen.binding
    if load is None or not load.load or load.kind == "guideline" or load.exceeded:
        return
    times = plain(at_most(load.most / load.load))
    yield Change(
        f"{chosen.name} takes {times} times today's peak, as it is sized; then {load.where} is over"
        f" {load.name}."
    )


def _reader(spec: Spec, channel: str, readers: int, basis: Basis) -> Iterator[Change]:
    """What would cost least if one more consumer had to read every message."""
    try:
        more = compare_channel(spec, channel, basis, consumers=readers + 1)
    except (SpecError, UsageError):
        return
    fits = [option for option in more.options if option.fits]
    if fits:
        yield Change(
            f"If {readers + 1} consumers each had to read every message, {fits[0].name} would cost"
            f" least: {dollars(fits[0].list_cost)}.",
            fits[0].name,
        )


def _promises(found: Comparison, chosen: Option) -> Iterator[Change]:
    """What a requirement for replay or order would rule out, where the choice does not keep it."""
    if chosen.words is None:
        return
    fits = [option for option in found.options if option.fits and option.words]
    if chosen.words.replay is not None and not chosen.words.replay:
        keeps = [o for o in fits if o.words and (o.words.replay is None or o.words.replay)]
        yield from _instead("What was read has to be read again", keeps)
    if chosen.words.ordering == ORDERINGS[0]:
        keeps = [o for o in fits if o.words and o.words.ordering != ORDERINGS[0]]
        yield from _instead("Order within a key has to be kept", keeps)


def _third_party(found: Comparison, chosen: Option) -> Iterator[Change]:
    """What a broker that AWS does not run may cost, where nobody says what it does."""
    for option in found.options:
        if option.type == "broker" and not option.priced and option.list_cost is not None:
            room = EXACT.subtract(chosen.list_cost or option.list_cost, option.list_cost)
            if option.feasible and room > 0:
                told = f"{option.name} that costs less than {dollars(room)} a month, all in,"
                yield Change(f"{told} would be cheaper.", option.name)


def _instead(what: str, keeps: list[Option]) -> Iterator[Change]:
    if keeps:
        best = keeps[0]
        yield Change(f"{what}: {best.name} costs least then, {dollars(best.list_cost)}.", best.name)
    else:
        yield Change(f"{what}: no option that fits does so.")


def _text(value: Value) -> str:
    return value if isinstance(value, str) else f"{value}"
