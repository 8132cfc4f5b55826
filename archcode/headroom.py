"""How much of each limit is left, and how far traffic can grow until the first one breaks.

The same checks that find defects are made again of the topology with its mean traffic, with some
more and with 1,000 times as much. A load that grows in step with traffic breaks at limit ÷ load;
one that grows otherwise, such as a number of shards, is searched for where it still holds.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from archcode import growth
from archcode.estimate import Estimate
from archcode.model import ONE, Capacity, LimitLoad, Severity
from archcode.rules import Check, checks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from archcode.topology import Topology

MOST = 1000
"""How many times today's traffic is looked at."""
_MORE, _FAR = Fraction(7919, 3571), Fraction(MOST)
"""Two primes: a whole number of shards never grows in step with their ratio by chance."""
_STEPS = 900
"""Multiples of three digits in each power of ten: 1.00 to 9.99."""

Key = tuple[str, str, str, int]


class Margin(Struct, frozen=True):
    """A load on a limit at the peak and at the mean, and how far it may grow.

    `multiple` is how many times today's traffic the limit holds; None is a load that traffic does
    not change, or that breaks the limit with any traffic. `at_least` is set where it holds even
    with the most that was looked at. `mean` is None where nothing tells it.
    """

    load: LimitLoad
    mean: Fraction | None
    multiple: Fraction | None
    at_least: bool = False

    @property
    def fixed(self) -> bool:
        """Whether it holds, and growing traffic does not change that."""
        return self.multiple is None and not self.load.exceeded

    @property
    def beyond(self) -> bool:
        """Whether it holds even more than the most that was looked at."""
        return self.at_least or (self.multiple is not None and self.multiple > MOST)

    @property
    def order(self) -> tuple[bool, bool, Fraction, bool, Fraction, str, str]:
        """Smallest for what breaks first; advice breaks nothing, and comes after limits."""
        load, advice = self.load, self.load.kind == "guideline"
        first = (self.fixed, advice, self.multiple or Fraction(0), self.at_least)
        return (*first, load.headroom, load.where, load.name)


class Headroom(Struct, frozen=True):
    """The margins of each component of a topology, and those that an account and region share."""

    topology: Topology
    components: Mapping[str, tuple[Margin, ...]]
    shared: tuple[Margin, ...]

    @property
    def margins(self) -> tuple[Margin, ...]:
        """All of them, the component's first."""
        return (*(m for margins in self.components.values() for m in margins), *self.shared)

    @property
    def binding(self) -> Margin | None:
        """What breaks first when all traffic grows."""
        return binding(self.margins)


def binding(margins: Iterable[Margin]) -> Margin | None:
    """What breaks first, else the load that leaves the least of its limit; None without any."""
    return min(margins, key=lambda margin: margin.order, default=None)


def headroom_of(estimate: Estimate) -> Headroom:
    """The headroom of every load on a limit in an estimate."""
    growing = _Growing(estimate)
    found = [margin for check in _checks(estimate) for margin in growing.margins(check)]
    components: dict[str, list[Margin]] = {name: [] for name in estimate.topology.traffic}
    for margin in found:
        if not margin.load.shared:
            components[margin.load.component].append(margin)
    return Headroom(
        estimate.topology,
        {name: tuple(margins) for name, margins in components.items()},
        tuple(margin for margin in found if margin.load.shared),
    )


def _checks(estimate: Estimate) -> Iterator[Check]:
    """What services and rules look at, and the sizes that the author configured."""
    for name in estimate.topology.traffic:
        yield Check((name,), _sizes(name))
    yield from checks(estimate.topology)


def _sizes(name: str) -> Callable[[Estimate], Iterator[LimitLoad]]:
    """What is needed of everything that is configured in number."""

    def find(estimate: Estimate) -> Iterator[LimitLoad]:
        for size in estimate.capacity[name]:
            if size.configured is None:
                continue
            yield LimitLoad(
                rule="",
                severity=Severity.WARNING,
                component=name,
                where=name,
                name=size.name,
                load=Fraction(size.required),
                most=Fraction(size.configured),
                unit="",
                words=size.formula,
                kind="configured",
            )

    return find


class _Growing:
    """An estimate with other amounts of traffic; nothing is priced again."""

    def __init__(self, now: Estimate) -> None:
        self._now, topology = now, now.topology
        self._whole: dict[Fraction, Estimate] = {ONE: now}
        self._mean = _mean(now)
        self._proportional = growth.proportional(
            topology, self._all(_MORE).topology, _MORE
        ) & growth.proportional(topology, self._all(_FAR).topology, _FAR)

    def margins(self, check: Check) -> Iterator[Margin]:
        """The margin of each load that a check finds today."""
        loads = _Loads(check, self)
        mean = _loads(check, self._mean)
        for key, load in loads.at(ONE).items():
            at_mean = mean.get(key)
            multiple, at_least = loads.multiple(key, load)
            yield Margin(load, at_mean.load if at_mean else None, multiple, at_least)

    def estimate(self, names: tuple[str, ...], times: Fraction) -> Estimate:
        """With `times` the traffic; at least these components are in it, if any are named."""
        alone = bool(names) and self._proportional.issuperset(names)
        if times in self._whole or not alone:
            return self._all(times)
        traffic = {name: growth.alone(self._now.topology.traffic[name], times) for name in names}
        return _unpriced(replace(self._now.topology, hops=(), traffic=traffic))

    def _all(self, times: Fraction) -> Estimate:
        if times not in self._whole:
            self._whole[times] = _unpriced(growth.grown(self._now.topology, times))
        return self._whole[times]


class _Loads:
    """The loads of one check with other amounts of traffic."""

    def __init__(self, check: Check, growing: _Growing) -> None:
        self._check, self._growing = check, growing
        self._found: dict[Fraction, dict[Key, LimitLoad]] = {}

    def at(self, times: Fraction) -> dict[Key, LimitLoad]:
        """The loads with `times` the traffic."""
        if times not in self._found:
            estimate = self._growing.estimate(self._check.names, times)
            self._found[times] = _loads(self._check, estimate)
        return self._found[times]

    def multiple(self, key: Key, now: LimitLoad) -> tuple[Fraction | None, bool]:
        """How many times the traffic a limit holds, and whether it holds even longer."""
        more, far = self.at(_MORE).get(key), self.at(_FAR).get(key)
        if _grows(now, more, ONE) and _grows(now, far, ONE):
            return None, False
        if _grows(now, more, _MORE) and _grows(now, far, _FAR):
            return now.most / now.load, False
        if self._holds(key, _FAR):
            return _FAR, True
        return self._search(key), False

    def _search(self, key: Key) -> Fraction | None:
        """The largest multiple of three digits that holds, None where a thousandth does not."""
        holds = self._holds(key, ONE)
        low, high = (0, 3 * _STEPS) if holds else (-3 * _STEPS - 1, 0)
        lowest = low
        while high - low > 1:
            middle = (low + high) // 2
            if self._holds(key, _step(middle)):
                low = middle
            else:
                high = middle
        return _step(low) if holds or low > lowest else None

    def _holds(self, key: Key, times: Fraction) -> bool:
        load = self.at(times).get(key)
        if load is None:
            # Some loads are told only while they break their limit.
            return times < ONE
        return not load.exceeded


def _step(number: int) -> Fraction:
    """The multiples of three digits in their order; 0 is today's traffic."""
    return Fraction(100 + number % _STEPS, 100) * Fraction(10) ** (number // _STEPS)


def _grows(now: LimitLoad, later: LimitLoad | None, times: Fraction) -> bool:
    """Whether a load is `times` what it was, on the same limit."""
    return later is not None and later.load == now.load * times and later.most == now.most


def _loads(check: Check, estimate: Estimate) -> dict[Key, LimitLoad]:
    """The loads of a check, each with what tells it from the others whatever the traffic is."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found: dict[Key, LimitLoad] = {}
    for load in check.find(estimate):
        if isinstance(load, LimitLoad):
            # Which component is the largest of those that share a quota changes with the traffic,
            # and so may the rule: too little for the peak, or even for the mean.
            place = ("", "") if load.shared else (load.component, load.where)
            same = (*place, load.name)
            found[*same, seen[same]] = load
            seen[same] += 1
    return found


def _mean(now: Estimate) -> Estimate:
    """The mean traffic, on what is provided for the peak."""
    found = _unpriced(growth.level(now.topology))
    sizes = {
        name: tuple(_kept(now.capacity[name], size) for size in sizes)
        for name, sizes in found.capacity.items()
    }
    return replace(found, capacity=sizes)


def _kept(peak: tuple[Capacity, ...], size: Capacity) -> Capacity:
    kept = next((other.provided for other in peak if other.name == size.name), size.configured)
    return replace(size, configured=kept)


def _unpriced(topology: Topology) -> Estimate:
    sizes = {
        name: tuple(topology.service(name).capacity(traffic))
        for name, traffic in topology.traffic.items()
    }
    return Estimate(topology, (), sizes)
