"""The heights at which an arrow passes the columns between its ends."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property

from msgspec import Struct, field

from archcode.draw.graph import TITLE
from archcode.draw.marks import OVER
from archcode.draw.rows import Rows
from archcode.draw.trips import Trip

_CLEAR = 5.0
_NEAR = 8.0
_NEAREST = 14
_BETWEEN = 10.0
"""From a frame to a line between it and the next one."""
_CARRIED = 5
_BLOCKED = 100_000.0


class Hop(Struct, frozen=True):
    """A change of height between two columns; channel n is left of column n."""

    channel: int
    start: float
    end: float
    start_left: bool
    end_left: bool

    @property
    def level(self) -> bool:
        """Whether the arrow passes straight on."""
        return self.start == self.end and self.start_left != self.end_left


class Levels(Struct, dict=True):
    """Finds a free height in each column, and remembers which ones are taken."""

    rows: Rows
    taken: dict[int, list[tuple[float, Trip]]] = field(default_factory=lambda: defaultdict(list))

    def hops(self, trip: Trip) -> tuple[Hop, ...]:
        """The changes of height of an arrow, from its source to its target."""
        source = self.rows.column[trip.edge.source]
        target = self.rows.column[trip.edge.target]
        if trip.back:
            return (Hop(source + 1, trip.leave, trip.arrive, start_left=True, end_left=True),)
        if target > source:
            columns = list(range(source + 1, target))
            channels = [*(column for column in columns), target]
            return self._hops(trip, columns, channels, forward=True)
        columns = list(range(source, target - 1, -1))
        channels = [*(column + 1 for column in columns), target]
        return self._hops(trip, columns, channels, forward=False)

    def _hops(
        self, trip: Trip, columns: list[int], channels: list[int], *, forward: bool
    ) -> tuple[Hop, ...]:
        passes = self._cheapest(trip, columns)
        for column, y in zip(columns, passes, strict=True):
            self.taken[column].append((y, trip))
        ys = [trip.leave, *passes, trip.arrive]
        last = len(channels) - 1
        return tuple(
            Hop(
                channel,
                ys[number],
                ys[number + 1],
                start_left=forward or number == 0,
                end_left=not forward and number < last,
            )
            for number, channel in enumerate(channels)
        )

    def _cheapest(self, trip: Trip, columns: list[int]) -> list[float]:
        """The cheapest chain of heights, one per column, by dynamic programming."""
        best: dict[float, tuple[float, list[float]]] = {trip.leave: (0, [])}
        for column in columns:
            here: dict[float, tuple[float, list[float]]] = {}
            for y in (*self._candidates(trip, column), *_cheap(best)):
                price = self._price(trip, column, y)
                cost, path = min(
                    (known + _climb(before, y), way) for before, (known, way) in best.items()
                )
                here[y] = (cost + price, [*path, y])
            best = here
        ends = ((cost + _climb(y, trip.arrive), path) for y, (cost, path) in best.items())
        return self._smooth(trip, columns, min(ends)[1])

    def _smooth(self, trip: Trip, columns: list[int], path: list[float]) -> list[float]:
        """The chain without a jog that a height of the next column would have spared."""
        for at in reversed(range(len(path))):
            before, now, after = [trip.leave, *path, trip.arrive][at : at + 3]
            priced = {
                y: self._price(trip, columns[at], y) + _climb(before, y) + _climb(y, after)
                for y in (now, before, after)
            }
            path[at] = min(priced, key=priced.__getitem__)
        return path

    def _candidates(self, trip: Trip, column: int) -> list[float]:
        """Both ends' heights, those of its kin, and lines above and below every box around."""
        near = sorted(
            self._gaps[column],
            key=lambda y: abs(y - trip.leave) + abs(y - trip.arrive),
        )
        beaten = [y for y, rival in self.taken[column] if _together(trip, rival)]
        return [trip.leave, trip.arrive, *dict.fromkeys(beaten), *near[:_NEAREST]]

    @cached_property
    def _gaps(self) -> dict[int, list[float]]:
        found = {
            column: [
                y
                for top, bottom in walls
                for y in (top - 7, bottom + 6, top - 37, bottom + 20, top - 47, bottom + 30)
            ]
            for column, walls in self._walls.items()
        }
        for column, frames in self._frames.items():
            found[column] += [y for _, top, low in frames for y in (top - _BETWEEN, low + _BETWEEN)]
        return {
            column: [y for y in dict.fromkeys(ys) if not self._blocked(column, y)]
            for column, ys in found.items()
        }

    def _blocked(self, column: int, y: float) -> bool:
        return any(top - _CLEAR < y < bottom + _CLEAR for top, bottom in self._walls[column])

    @cached_property
    def _walls(self) -> dict[int, list[tuple[float, float]]]:
        return {
            column: sorted(self._wall(name) for name in self.rows.members(column))
            for column in range(self.rows.columns)
        }

    def _wall(self, name: str) -> tuple[float, float]:
        """A box from top to bottom, with its badge and the line from the queue over it."""
        plan, (top, bottom) = self.rows.plan, self.rows.span[name]
        over, measured = plan.under.get(name), plan.boxes.get(name)
        if over:
            return self.rows.span[over][1], bottom
        badged = measured and "fifo" in measured.box.badges and not plan.down
        return (top - OVER if badged else top), bottom

    @cached_property
    def _frames(self) -> dict[int, list[tuple[str, float, float]]]:
        found: dict[int, list[tuple[str, float, float]]] = defaultdict(list)
        for name in self.rows.plan.frames:
            first, last = self.rows.reach[name]
            for column in range(first, last + 1):
                found[column].append((name, *self.rows.span[name]))
        return found

    @cached_property
    def _heights(self) -> dict[int, list[float]]:
        """Heights of the icons in a column, where lines leave and arrive."""
        return {
            column: sorted(self.rows.y[name] for name in self.rows.members(column))
            for column in range(-1, self.rows.columns + 1)
        }

    def _price(self, trip: Trip, column: int, y: float) -> float:
        price = _BLOCKED if self._blocked(column, y) else 0.0
        leaving = set(self.rows.plan.around(trip.edge.source))
        entering = set(self.rows.plan.around(trip.edge.target))
        for name, top, bottom in self._frames[column]:
            own = name in leaving | entering
            price += _trespass(y, top, bottom, own=own, titled=not self.rows.plan.down)
            shared = name in leaving & entering and self.rows.reach[name][0] == column
            if shared and not self.rows.plan.down:
                price += _behind_title(y, top)
        price += sum(60 for other, rival in self.taken[column] if _clash(trip, y, rival, other))
        return price + 40 * sum(1 for _ in self._crowd(trip, column, y))

    def _crowd(self, trip: Trip, column: int, y: float) -> Iterator[float]:
        """Icons in the next columns whose line, with its label, is too close."""
        ends = {self.rows.y[trip.edge.source], self.rows.y[trip.edge.target]}
        for beside in (column - 1, column + 1):
            heights = self._heights.get(beside, [])
            for height in heights[bisect_left(heights, y - 4) :]:
                if height > y + 18:
                    break
                if height not in ends:
                    yield height


def _cheap(best: Mapping[float, tuple[float, list[float]]]) -> list[float]:
    """Heights of the column before at which it may pay to go straight on."""
    return sorted(best, key=lambda y: best[y][0])[:_CARRIED]


def _climb(start: float, end: float) -> float:
    return 0.0 if start == end else 30 + 0.3 * abs(end - start)


def _trespass(y: float, top: float, bottom: float, *, own: bool, titled: bool) -> float:
    """Cost of passing through a frame's title, along its border, or through a foreign one."""
    if titled and top + 2 < y < top + TITLE:
        return 50
    if min(abs(y - top), abs(y - bottom)) < _CLEAR:
        return 80
    return 15 if not own and top < y < bottom else 0


def _behind_title(y: float, top: float) -> float:
    """Cost of coming down to the first box of a frame: through its title, which is there."""
    return 60 if y < top + TITLE else 0


def _together(trip: Trip, rival: Trip) -> bool:
    """Whether two arrows may share a line."""
    kin = trip.edge.source == rival.edge.source or trip.edge.target == rival.edge.target
    return kin and trip.edge.kind == rival.edge.kind


def _clash(trip: Trip, y: float, rival: Trip, other: float) -> bool:
    return abs(y - other) < _NEAR and (y != other or not _together(trip, rival))
