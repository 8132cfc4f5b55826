"""The half of a layout along its arrows: x of columns, borders and vertical lines.

Where arrows run down, columns are rows, and each x is a y.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from archcode.draw.graph import EMPTY, PAD, TITLE
from archcode.draw.levels import Hop
from archcode.draw.look import HEAD_LENGTH, ICON, TEXT
from archcode.draw.metrics import width
from archcode.draw.rows import Rows
from archcode.draw.tracks import Net, Route, Slot, depth
from archcode.draw.trips import Trip

PITCH = 10.0
_GAP = 20.0
_OVER = 12.0
"""Room over and under a label beside a line."""
_WIDEST_TITLE = 230.0
_SIDE = 26.0
"""Room beside an icon, inside its cell, that a label may use."""


class Across(Struct, frozen=True):
    """Where things are from left to right."""

    centre: dict[int, float]
    """Centre of the icons of each column."""
    edges: dict[str, tuple[float, float]]
    """Beginning and end of each frame."""
    hops: dict[tuple[int, int], float]
    """The x of each change of height, by number of arrow and hop."""


def across(rows: Rows, routes: Sequence[Route], tracks: Mapping[Slot, list[list[Net]]]) -> Across:
    """Give every column and channel the width that its contents need."""
    sides = [(name, side) for name in rows.plan.frames for side in (-1, 1)]
    depths = {(name, side): depth(rows, name, side) for name, side in sides}
    room = _Room(rows, routes, _labelled(routes), tracks, depths)
    centre: dict[int, float] = {}
    hops: dict[tuple[int, int], float] = {}
    borders: dict[tuple[int, int, int], float] = {}
    x = 0.0
    for channel in range(rows.columns + 1):
        x = room.pass_channel(channel, x, hops, borders)
        if channel < rows.columns:
            before, after = room.column(channel)
            centre[channel] = x + before
            x += before + after
    edges = {}
    for name, (first, last) in rows.reach.items():
        if name in rows.plan.frames:
            edges[name] = (
                borders[first, 1, depths[name, 1]],
                borders[last + 1, -1, depths[name, -1]],
            )
    return Across(centre, edges, hops)


class _Room(Struct, frozen=True):
    """Widths of columns and channels."""

    rows: Rows
    routes: Sequence[Route]
    labelled: Mapping[int, list[Route]]
    """By channel, the arrows with a label that begin or end there."""
    tracks: Mapping[Slot, list[list[Net]]]
    depths: Mapping[tuple[str, int], int]

    def column(self, column: int) -> tuple[float, float]:
        """The room before and after the centres of a column's icons."""
        members = self.rows.members(column)
        if self.rows.plan.down:
            sides = [_over_and_under(self.rows, name) for name in members]
            return max(over for over, _ in sides), max(under for _, under in sides)
        widths = [_cell_width(self.rows, name) for name in members]
        half = max(*widths, *self._titles(column), 0) / 2
        return half, half

    def _titles(self, column: int) -> Iterator[float]:
        """What the titles of frames need that have this column only."""
        for name, frame in self.rows.plan.frames.items():
            if self.rows.reach[name] == (column, column):
                look = TEXT["frame"]
                title = width(frame.label, look.size, bold=look.bold) + 30
                inset = 2 * PAD * min(self.depths[name, -1], self.depths[name, 1])
                yield min(title, _WIDEST_TITLE) - inset

    @property
    def _head(self) -> float:
        """Room for the title between the beginning of a frame and what it holds."""
        return TITLE if self.rows.plan.down else 0

    def pass_channel(
        self,
        channel: int,
        x: float,
        hops: dict[tuple[int, int], float],
        borders: dict[tuple[int, int, int], float],
    ) -> float:
        """Place borders and lines of a channel that begins at x; returns where it ends."""
        left = x
        for level in range(1, self._borders(channel, -1) + 1):
            slot = Slot(channel, -1, level)
            x = self._lines(slot, x + self._label(slot), hops) + PAD
            borders[channel, -1, level] = x
        closing = x - left
        opening = self._borders(channel, 1)
        inset = sum(
            PAD + self._head + PITCH * len(self.tracks.get(Slot(channel, 1, level), ()))
            for level in range(1, opening + 1)
        )
        x = self._middle(channel, x, (closing, inset), hops)
        for level in range(opening, 0, -1):
            borders[channel, 1, level] = x
            x = self._lines(Slot(channel, 1, level), x + self._head, hops) + PAD
        return x

    def _borders(self, channel: int, side: int) -> int:
        """How many borders stand between this channel's middle and the column beside it."""
        column = channel - 1 if side < 0 else channel
        return max(
            (
                self.depths[name, side]
                for name in self.rows.plan.frames
                if self.rows.reach[name][side < 0] == column
            ),
            default=0,
        )

    def _label(self, slot: Slot) -> float:
        """Room for the labels of arrows that turn between two borders, right after they left."""
        turning = [self.routes[n][0] for n, step in self._hops(slot) if not step]
        return max((self._long(trip) for trip in turning if trip.spot == "first"), default=0)

    def _hops(self, slot: Slot) -> Iterator[tuple[int, int]]:
        for line in self.tracks.get(slot, ()):
            for net in line:
                yield from net.hops

    def _long(self, trip: Trip) -> float:
        """How much of its arrow a label takes."""
        if not trip.edge.words:
            return 0
        return trip.edge.text_height + _OVER if self.rows.plan.down else trip.edge.text_width + 10

    def _lines(self, slot: Slot, x: float, hops: dict[tuple[int, int], float]) -> float:
        for line in self.tracks.get(slot, ()):
            x += PITCH
            hops.update((hop, x) for net in line for hop in net.hops)
        return x

    def _middle(
        self,
        channel: int,
        x: float,
        insets: tuple[float, float],
        hops: dict[tuple[int, int], float],
    ) -> float:
        before, after, whole = self._needs(channel, insets)
        lines = self.tracks.get(Slot(channel, 0, 0), ())
        end = self._lines(Slot(channel, 0, 0), x + before, hops)
        used = end + (PITCH if lines else 0) + after - x
        least = _GAP if 0 < channel < self.rows.columns else 0
        return x + max(used, whole, least)

    def _needs(self, channel: int, insets: tuple[float, float]) -> tuple[float, float, float]:
        """Room for labels before the lines, after the lines, and of arrows without a bend."""
        before = after = whole = 0.0
        nets = self._nets(channel)
        for trip, hops in self.labelled.get(channel, ()):
            wide = self._long(trip)
            left, right = self._beside(trip, channel, insets)
            if hops[0].channel == channel and trip.back:
                before = max(before, wide + HEAD_LENGTH - left)
            elif hops[0].channel == channel and _bends_first(trip, hops[0], nets):
                before = max(before, wide - left)
            elif hops[-1].channel != channel:
                continue
            elif not hops[-1].level or any(_in_the_way(net, hops[-1].end) for net in nets):
                after = max(after, wide + HEAD_LENGTH - right)
            else:
                whole = max(whole, wide + HEAD_LENGTH - left - right)
        return before, after, whole

    def _nets(self, channel: int) -> list[Net]:
        lines = [
            line for slot, found in self.tracks.items() if slot.channel == channel for line in found
        ]
        return [net for line in lines for net in line]

    def _beside(self, trip: Trip, channel: int, insets: tuple[float, float]) -> tuple[float, float]:
        """Room for a label next to the icons, where no border is in the way."""
        side = 0 if self.rows.plan.down else _SIDE
        left = insets[0] + side if self._shares(trip.edge.source, -1, channel) else 0.0
        right = insets[1] + side if self._shares(trip.edge.target, 1, channel) else 0.0
        return left, right

    def _shares(self, name: str, side: int, channel: int) -> bool:
        """Whether no border stands between a box and the middle of this channel."""
        column = channel - 1 if side < 0 else channel
        return self.rows.column[name] == column and not any(
            self.rows.reach[frame][side < 0] == column for frame in self.rows.plan.around(name)
        )


def _labelled(routes: Sequence[Route]) -> dict[int, list[Route]]:
    found: dict[int, list[Route]] = defaultdict(list)
    for trip, hops in routes:
        if hops and trip.edge.words:
            for channel in {hops[0].channel, hops[-1].channel}:
                found[channel].append((trip, hops))
    return found


def _bends_first(trip: Trip, hop: Hop, nets: Iterable[Net]) -> bool:
    """Whether a label at the start of an arrow ends before the first line of its channel."""
    bends = not hop.level or any(_in_the_way(net, trip.leave) for net in nets)
    return trip.spot == "first" and bends


def _in_the_way(net: Net, y: float) -> bool:
    """Whether a vertical line would cross a label at this height."""
    return net.top < y + 2 and y - 30 < net.bottom


def _over_and_under(rows: Rows, name: str) -> tuple[float, float]:
    if name in rows.plan.frames:
        return EMPTY[1] / 2, EMPTY[1] / 2
    measured = rows.plan.boxes[name]
    return measured.above + ICON / 2, ICON / 2 + measured.caption


def _cell_width(rows: Rows, name: str) -> float:
    return EMPTY[0] if name in rows.plan.frames else rows.plan.boxes[name].width
