"""What formats that draw by themselves say of steps, badges and heat, in words and colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.draw.marks import LEVELS
from archcode.draw.metrics import clean

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archcode.draw.look import Theme
    from archcode.draw.picture import Arrow, BadgeKind, Box, Picture

BADGES: Mapping[BadgeKind, str] = {"fifo": "FIFO", "encrypted": "encrypted"}
_ENOUGH = 4.5
"""https://www.w3.org/TR/WCAG22/#contrast-minimum; black or white has it on every colour."""
_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722


def rows(box: Box) -> tuple[str, ...]:
    """Name, service and cost of a box, and badges that these do not mention."""
    shown = [box.title or box.name, *box.lines, box.cost]
    told = " ".join(shown).lower()
    words = [BADGES[badge] for badge in box.badges]
    missing = ", ".join(word for word in words if word.lower() not in told)
    return tuple(row for row in (*shown, missing) if row)


def label(arrow: Arrow) -> str:
    """`3. publish`, or what there is of it."""
    if not arrow.step:
        return arrow.label
    return f"{arrow.step}. {arrow.label}" if clean(arrow.label) else str(arrow.step)


def steps(picture: Picture) -> tuple[str, ...]:
    """The lines of the numbered legend, its heading first; nothing where there are no steps."""
    lines = tuple(f"{step.number}. {step.text}" for step in picture.steps)
    return ("Steps", *lines) if lines else ()


def levels(picture: Picture) -> Iterator[tuple[int, str]]:
    """The levels of heat with their words."""
    yield from enumerate(picture.scale.levels if picture.scale else (), 1)


def heat(level: int, theme: Theme) -> tuple[str, str]:
    """The colour of a level, and the first of text on it that can be read."""
    fill = theme.marks[LEVELS[level - 1]].fill
    inks = (theme.ink["name"], theme.page, "#000000", "#FFFFFF")
    return fill, next(ink for ink in inks if _contrast(ink, fill) >= _ENOUGH)


def _contrast(one: str, other: str) -> float:
    """https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[n : n + 2], 16) / 255) for n in (1, 3, 5))
    return red * _RED + green * _GREEN + blue * _BLUE


def _linear(part: float) -> float:
    low: float = part / 12.92
    return low if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)
