"""Text of a drawing made as large as there is room for, where the drawing is small."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise

from msgspec.structs import replace

from archcode.draw import lettering
from archcode.draw.lettering import Align, Side, Sizes
from archcode.draw.scene import Border, Cell, Point, Rect, Route
from archcode.draw.sheet import Sheet

WANTED = 0.9
"""So large, against its size in a drawing of its own, text is readable on a slide."""
SLACK = 1.16
"""Text may be so much wider in a font that takes the place of ours."""
_MANY = 200
"""More boxes than these leave no room, and would take long to find that out."""
_STEPS = 7
_CRAMPED, _WORTH = 0.75, 1.1
"""Below this factor captions have fewer lines, if they are so much larger then."""
_LOUDER = 1.25
"""Labels are at most so much larger than what stands under icons."""
_SIDE = 12.0
"""Points by which text may reach over the room to its sides."""
_DROP = 10.0
"""Length that the line down to a dead-letter queue keeps."""
_GAP, _AIR = 0.5, 1.5
"""Points between text and other things, and between text and the lines of frames."""

Shape = Callable[[float], Rect]


def enlarged(sheet: Sheet, room: Rect, factor: float, sides: Sequence[Side]) -> tuple[Sheet, Sizes]:
    """Everything with its text written; where labels stand is given."""
    sheet = _written(sheet, Sizes(factor, factor, factor), sides)
    if factor >= WANTED or len(sheet.cells) > _MANY:
        return sheet, Sizes(factor, factor, factor)
    outside = list(_outside(room))
    sheet, caption = _captions(sheet, outside, factor)
    sheet, label = _labels(sheet, outside, factor, sides, min(WANTED, caption * _LOUDER))
    sheet, frame = _titles(sheet, outside, factor)
    return sheet, Sizes(caption, label, frame)


def _written(sheet: Sheet, sizes: Sizes, sides: Sequence[Side]) -> Sheet:
    cells = tuple(lettering.caption(cell, sizes.caption) for cell in sheet.cells)
    return Sheet(
        tuple(lettering.title(frame, sizes.frame) for frame in sheet.frames),
        cells,
        _hung(sheet.routes, cells),
        tuple(
            lettering.label(one, sizes.label, side)
            for one, side in zip(sheet.labels, sides, strict=True)
        ),
    )


def _captions(sheet: Sheet, outside: list[Rect], factor: float) -> tuple[Sheet, float]:
    """Captions as large as they fit, with fewer lines if they are much larger then."""
    walls = [*outside, *_borders(sheet.frames), *(frame.plate for frame in sheet.frames)]
    walls += [one.rect for one in sheet.labels]
    around = [[*walls, *_others(cell, sheet)] for cell in sheet.cells]

    def reached(*, joined: bool) -> float:
        shapes = [
            lambda t, cell=cell: _slack(lettering.caption(cell, t, joined=joined).caption)
            for cell in sheet.cells
        ]
        return _largest(factor, shapes, around)

    best, joined = reached(joined=False), False
    if best < _CRAMPED and (other := reached(joined=True)) > best * _WORTH:
        best, joined = other, True
    cells = tuple(lettering.caption(cell, best, joined=joined) for cell in sheet.cells)
    return replace(sheet, cells=cells, routes=_hung(sheet.routes, cells)), best


def _others(cell: Cell, sheet: Sheet) -> Iterator[Rect]:
    """What a caption must not touch, but for text; arrows that hang from it stay so long."""
    below = {
        route.target
        for route in sheet.routes
        if len(route.points) == 2 and route.source == cell.name and _hangs(route.points[0], cell)
    }
    for other in sheet.cells:
        if other.name in below:
            icon = other.picture
            yield Rect(icon.x, icon.y - _DROP, icon.width, icon.height + _DROP)
        elif other.name != cell.name:
            yield other.picture
            yield from (badge.rect for badge in other.badges)
    for route in sheet.routes:
        yield from _rest(route, cell)


def _rest(route: Route, cell: Cell) -> Iterator[Rect]:
    """The pieces of an arrow but for one that hangs from a caption, with a gap before the next."""
    pieces = list(_segments(route))
    own, after = set(), set()
    if route.source == cell.name and _hangs(route.points[0], cell):
        own, after = {0}, {1}
    if route.target == cell.name and _hangs(route.points[-1], cell):
        own, after = own | {len(pieces) - 1}, after | {len(pieces) - 2}
    for number, piece in enumerate(pieces):
        if number not in own:
            gap = min(_DROP, max(piece.y - cell.caption.bottom, 0) / 2) if number in after else 0
            yield Rect(piece.x, piece.y - gap, piece.width, piece.height + gap)


def _labels(
    sheet: Sheet, outside: list[Rect], factor: float, sides: Sequence[Side], most: float
) -> tuple[Sheet, float]:
    """Labels as large as they fit above their lines."""
    walls = [*outside, *_solid(sheet), *(frame.plate for frame in sheet.frames)]
    shapes = [
        lambda t, one=one, side=side: _slack(
            lettering.label(one, t, side).rect, lettering.aligned(one, side)
        )
        for one, side in zip(sheet.labels, sides, strict=True)
    ]
    best = _largest(factor, shapes, [walls] * len(shapes), most)
    labels = tuple(
        lettering.label(one, best, side) for one, side in zip(sheet.labels, sides, strict=True)
    )
    return replace(sheet, labels=labels), best


def _titles(sheet: Sheet, outside: list[Rect], factor: float) -> tuple[Sheet, float]:
    """Titles of frames as large as they fit over what stands in the frames."""
    walls = [*outside, *_solid(sheet), *(_slack(one.rect) for one in sheet.labels)]
    titled = [frame for frame in sheet.frames if frame.lines]
    shapes = [
        lambda t, frame=frame: _slack(lettering.title(frame, t).plate, "left") for frame in titled
    ]
    best = _largest(factor, shapes, [walls] * len(shapes))
    frames = tuple(lettering.title(frame, best) for frame in sheet.frames)
    return replace(sheet, frames=frames), best


def _solid(sheet: Sheet) -> Iterator[Rect]:
    """Boxes, arrows and the lines of frames."""
    for cell in sheet.cells:
        yield cell.picture
        yield from (badge.rect for badge in cell.badges)
        yield _slack(cell.caption)
    for route in sheet.routes:
        yield from _segments(route)
    yield from _borders(sheet.frames)


def _largest(
    low: float, shapes: Sequence[Shape], walls: Sequence[Sequence[Rect]], high: float = WANTED
) -> float:
    """The largest factor at which no shape comes upon a wall or another shape.

    What already touches at the lowest factor was accepted by the layout.
    """
    least, most = [shape(low) for shape in shapes], [shape(high) for shape in shapes]
    near = [
        [w for w in around if w.overlaps(large, _GAP) and not w.overlaps(small, -_GAP)]
        for small, large, around in zip(least, most, walls, strict=True)
    ]
    pairs = [
        (one, two)
        for one, two in combinations(range(len(shapes)), 2)
        if most[one].overlaps(most[two], _GAP) and not least[one].overlaps(least[two], -_GAP)
    ]

    def fits(factor: float) -> bool:
        rects = [shape(factor) for shape in shapes]
        return not any(
            rect.overlaps(wall, _GAP)
            for rect, around in zip(rects, near, strict=True)
            for wall in around
        ) and not any(rects[one].overlaps(rects[two], _GAP) for one, two in pairs)

    if fits(high):
        return high
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if fits(middle) else (low, middle)
    return low


def _hung(routes: Iterable[Route], cells: Iterable[Cell]) -> tuple[Route, ...]:
    """Arrows that begin or end under a caption do so where it ends."""
    named = {cell.name: cell for cell in cells}
    return tuple(_from(route, named[route.source], named[route.target]) for route in routes)


def _from(route: Route, source: Cell, target: Cell) -> Route:
    first, *between, last = route.points
    return replace(route, points=(_under(first, source), *between, _under(last, target)))


def _under(point: Point, cell: Cell) -> Point:
    return (point[0], cell.caption.bottom) if _hangs(point, cell) else point


def _hangs(point: Point, cell: Cell) -> bool:
    return point[1] > cell.picture.bottom


def _outside(room: Rect) -> Iterator[Rect]:
    """Walls around a room; to its sides the margins of the slide have place for text."""
    x, y, far = room.x - _SIDE, room.y, 9999.0
    right, bottom = room.right + _SIDE, room.bottom
    yield Rect(x - far, y - far, far, 3 * far)
    yield Rect(right, y - far, far, 3 * far)
    yield Rect(x - far, y - far, 3 * far, far)
    yield Rect(x - far, bottom, 3 * far, far)


def _borders(frames: Iterable[Border]) -> Iterator[Rect]:
    """The lines of frames, with some air at both sides."""
    wide = 2 * _AIR
    for frame in frames:
        x, y = frame.rect.x - _AIR, frame.rect.y - _AIR
        high, across = frame.rect.height + wide, frame.rect.width + wide
        yield Rect(x, y, across, wide)
        yield Rect(x, y + frame.rect.height, across, wide)
        yield Rect(x, y, wide, high)
        yield Rect(x + frame.rect.width, y, wide, high)


def _segments(route: Route) -> Iterator[Rect]:
    for (x1, y1), (x2, y2) in pairwise(route.points):
        yield Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))


def _slack(rect: Rect, align: Align = "middle") -> Rect:
    """The place of a text in a wider font, which is longer at the end that is not aligned."""
    more = rect.width * (SLACK - 1)
    before = {"left": 0.0, "middle": more / 2, "right": more}[align]
    return Rect(rect.x - before, rect.y, rect.width + more, rect.height)
