"""Small pictures made of lines: the lock of a box that is encrypted with a key of its own."""

from msgspec import Struct

from archcode.draw.pen import Step
from archcode.draw.scene import Rect

_ARC = 0.552
"""Where the controls of a Bezier curve stand that is nearly a quarter of a circle."""


class Lock(Struct, frozen=True):
    """A lock inside a square: a filled body under a bow, stroked without fill."""

    body: Rect
    bow: tuple[Step, ...]
    stroke: float


def lock(square: Rect) -> Lock:
    """The lock in the middle of a square, of six tenths of its height."""
    side = square.width
    x, y = square.x + side / 2, square.y + side / 2
    body = Rect(x - side * 0.21, y - side * 0.05, side * 0.42, side * 0.32)
    reach, over, stroke = side * 0.13, y - side * 0.13, side * 0.09
    round_ = reach * _ARC
    bow: tuple[Step, ...] = (
        ("M", ((x - reach, body.y),)),
        ("L", ((x - reach, over),)),
        ("C", ((x - reach, over - round_), (x - round_, over - reach), (x, over - reach))),
        ("C", ((x + round_, over - reach), (x + reach, over - round_), (x + reach, over))),
        ("L", ((x + reach, body.y),)),
    )
    return Lock(body, bow, stroke)
