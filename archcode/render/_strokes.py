"""Lines and shapes of a page of PDF, written in its own operators: a library's writing is slower.

Operators and their order: ISO 32000-1, table 51 and following.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cache

from archcode.draw.look import BoxLook
from archcode.draw.pen import Step
from archcode.draw.scene import Point, Rect

_OPERATORS = {"M": "m", "L": "l", "C": "c"}
_ROUND = 0.4472
"""Where the controls of a corner stand, in parts of its radius."""


class Strokes:
    """Writes operators with y down, and colours, widths and dashes only where they change."""

    def __init__(self, write: Callable[[str], None], height: float) -> None:
        self._write = write
        self._height = height
        self._known: dict[str, str] = {}

    def ink(self, colour: str) -> None:
        """The colour of what is filled next, text too."""
        self._set("rg", _parts(colour))

    def line(self, steps: Iterable[Step], colour: str, width: float, dash: Sequence[float]) -> None:
        """A line of the pen, stroked."""
        self._stroke(colour, width, dash)
        self._write(" ".join((*self._steps(steps), "S")))

    def shape(self, corners: Sequence[Point], colour: str) -> None:
        """A shape with these corners, filled."""
        self.ink(colour)
        steps: list[Step] = [("M", (corners[0],)), *(("L", (corner,)) for corner in corners[1:])]
        self._write(" ".join((*self._steps(steps), "h f")))

    def box(self, rect: Rect, look: BoxLook) -> None:
        """A rectangle with round corners, filled or stroked or both."""
        if look.colour:
            self._stroke(look.colour, look.stroke, look.dash)
        if look.fill != "none":
            self.ink(look.fill)
        paint = {(True, True): "B", (True, False): "S", (False, True): "f", (False, False): "n"}
        end = paint[bool(look.colour), look.fill != "none"]
        self._write(" ".join((*self._steps(_outline(rect, look.radius)), "h", end)))

    def begin(self, x: float, y: float, wide: float = 1, high: float = 1) -> None:
        """Draw from another origin, and wider and higher, until `end`."""
        self._write(f"q {_number(wide)} 0 0 {_number(high)} {self._point((x, y))} cm")

    def end(self) -> None:
        """Draw from the corner of the page again."""
        self._write("Q")

    def _stroke(self, colour: str, width: float, dash: Sequence[float]) -> None:
        self._set("RG", _parts(colour))
        self._set("w", _number(width))
        self._set("d", f"[{' '.join(map(_number, dash))}] 0")

    def _set(self, operator: str, value: str) -> None:
        if self._known.get(operator) != value:
            self._known[operator] = value
            self._write(f"{value} {operator}")

    def _steps(self, steps: Iterable[Step]) -> Iterable[str]:
        for letter, ends in steps:
            yield from map(self._point, ends)
            yield _OPERATORS[letter]

    def _point(self, point: Point) -> str:
        return f"{_number(point[0])} {_number(self._height - point[1])}"


def _outline(rect: Rect, radius: float) -> list[Step]:
    """The way around a rectangle with round corners, from the left end of its lower edge."""
    x, y, right, bottom = rect.x, rect.y, rect.right, rect.bottom
    control = radius * _ROUND
    corners = (
        ((right, bottom), (-1, 0), (0, -1)),
        ((right, y), (0, 1), (-1, 0)),
        ((x, y), (1, 0), (0, 1)),
        ((x, bottom), (0, -1), (1, 0)),
    )
    steps: list[Step] = [("M", ((x + radius, bottom),))]
    for corner, before, after in corners:
        start, end = _beside(corner, before, radius), _beside(corner, after, radius)
        bend = _beside(corner, before, control), _beside(corner, after, control)
        steps += [("L", (start,)), ("C", (*bend, end))]
    return steps


def _beside(corner: Point, way: Point, distance: float) -> Point:
    return corner[0] + way[0] * distance, corner[1] + way[1] * distance


@cache
def _parts(colour: str) -> str:
    """A colour such as #FFFFFF, as numbers from 0 to 1."""
    return " ".join(_number(int(colour[at : at + 2], 16) / 255, 4) for at in (1, 3, 5))


def _number(value: float, digits: int = 3) -> str:
    """A number without an exponent, which PDF does not know."""
    return str(round(value, digits))
