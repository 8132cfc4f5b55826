"""What stands in a drawing already, and the labels that were placed among it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from archcode.draw.scene import Label, Rect

Segment = tuple[float, float, float, float]
_Edges = tuple[float, float, float, float, Rect]
"""A rectangle from its left and top to where its neighbourhood ends, for searches."""
_NEAR = 1.0
_BAND = 60.0


class Labels(Struct, dict=True):
    """Places labels one after the other; each knows what stands already."""

    walls: Iterable[Rect]
    lines: Iterable[Segment]
    borders: Iterable[Segment]
    placed: list[Label] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._solid = _Bands([*self.walls, *map(_thin, self.lines)])
        self._borders = _Bands(list(map(_thin, self.borders)))

    def near(self, band: Rect, *, cross_borders: bool) -> list[Rect]:
        """What stands in a band already; borders only if a label may not cross them."""
        blocked = list(self._solid.near(band))
        return blocked if cross_borders else [*blocked, *self._borders.near(band)]

    def add(self, label: Label) -> None:
        """Keep a label that stands where it must."""
        self.placed.append(label)
        self._solid.add(label.rect)


class _Bands(Struct, dict=True):
    """Rectangles by height, so that a search looks at its neighbourhood only."""

    rects: Iterable[Rect]
    bands: dict[int, list[_Edges]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for rect in self.rects:
            self.add(rect)

    def add(self, rect: Rect) -> None:
        edges = (rect.x, rect.y, rect.right + _NEAR, rect.bottom + _NEAR, rect)
        for band in range(int(rect.y // _BAND), int(rect.bottom // _BAND) + 1):
            self.bands[band].append(edges)

    def near(self, rect: Rect) -> Iterator[Rect]:
        left, top, far, low = rect.x, rect.y, rect.right + _NEAR, rect.bottom + _NEAR
        for band in range(int(rect.y // _BAND), int(rect.bottom // _BAND) + 1):
            yield from [
                other
                for x, y, right, bottom, other in self.bands.get(band, ())
                if x < far and left < right and y < low and top < bottom
            ]


def _thin(line: Segment) -> Rect:
    x1, y1, x2, y2 = line
    return Rect(min(x1, x2), min(y1, y2), abs(x2 - x1), abs(y2 - y1))
