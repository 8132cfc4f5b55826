"""Marks of a drawing: the numbers of steps, badges on icons, and plates of heat under them."""

from collections.abc import Iterable

from archcode.draw.look import BADGES, TEXT, MarkRole
from archcode.draw.metrics import width
from archcode.draw.picture import BadgeKind
from archcode.draw.scene import Line, Mark, Rect

HEIGHT = 12.0
"""Height of a number: that of a row of a label, so that both fit between two arrows."""
LEVELS: tuple[MarkRole, ...] = ("heat-1", "heat-2", "heat-3", "heat-4", "heat-5")
OVER = 7.0
"""How far the badge of a FIFO queue or topic stands out over its icon."""
_GAP = 4.0
_HALO = 4.0
_CAPITAL = 0.66
"""Height of a capital or digit, as a part of the size of its type."""
_SIZES: dict[BadgeKind, tuple[float, float]] = {"fifo": (24, 11), "encrypted": (13, 13)}
_TEXTS: dict[BadgeKind, str] = {"fifo": "FIFO"}


def number_width(text: str) -> float:
    """Width of the mark around the number of a step; nothing without a number."""
    look = TEXT["step"]
    return max(HEIGHT, width(text, look.size, bold=look.bold) + 6) if text else 0


def beside(mark: float, words: float) -> float:
    """How far from the left edge of a mark the words beside it begin."""
    return mark + (_GAP if mark and words else 0)


def number(text: str, x: float, y: float) -> Mark:
    """The number of a step, from x on, its middle at the height y."""
    return _mark("step", text, Rect(x, y - HEIGHT / 2, number_width(text), HEIGHT))


def badge(kind: BadgeKind, x: float, y: float) -> Mark:
    """A badge with its upper left corner at x, y."""
    return _mark(kind, _TEXTS.get(kind, ""), Rect(x, y, *_SIZES[kind]))


def badges(kinds: Iterable[BadgeKind], icon: Rect) -> tuple[Mark, ...]:
    """The badges of an icon, on corners that neither arrows nor captions come near."""
    wanted = set(kinds)
    places = {"fifo": (icon.x - 8, icon.y - OVER), "encrypted": (icon.right - 9, icon.bottom - 9)}
    return tuple(badge(kind, *places[kind]) for kind in BADGES if kind in wanted)


def plate(level: int, icon: Rect) -> Mark | None:
    """The plate of heat behind an icon; none at level 0."""
    if not level:
        return None
    wide, high = icon.width + 2 * _HALO, icon.height + 2 * _HALO
    return Mark(Rect(icon.x - _HALO, icon.y - _HALO, wide, high), LEVELS[level - 1])


def _mark(role: MarkRole, text: str, rect: Rect) -> Mark:
    baseline = rect.y + (rect.height + _CAPITAL * TEXT["step"].size) / 2
    line = Line(text, rect.x + rect.width / 2, baseline, "step")
    return Mark(rect, role, (line,) if text else ())
