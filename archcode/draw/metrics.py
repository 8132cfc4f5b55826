"""Width of text in our own font, so that a layout is the same on every machine."""

import unicodedata
from functools import cache, lru_cache

from archcode.draw.fonts.widths import ROWS

ELLIPSIS = "…"
_EM = 1000
_NOT_TEXT = {"Cc", "Cs", "Co", "Cn"}
_TURNING = {chr(code) for code in (0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))}
_BREAKS = " -_./:"
_TEXTS = 20_000
"""So many lines are remembered with their width, those of a page of several thousand boxes."""


@cache
def _advances(weight: str) -> dict[str, int]:
    """Advance per character in thousandths of an em."""
    return {
        chr(first + step): width
        for first, row in ROWS[weight].items()
        for step, width in enumerate(map(int, row.split()))
        if width >= 0
    }


def _stranger(character: str) -> int:
    """Advance assumed for a character our font lacks, wide rather than narrow."""
    if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn"}:
        return 0
    return _EM if unicodedata.east_asian_width(character) in "WF" else 700


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Width of a line of text in points."""
    return _thousandths(text, "semibold" if bold else "regular") * size / _EM


@lru_cache(_TEXTS)
def _thousandths(text: str, weight: str) -> int:
    """Width of a line in thousandths of an em; a layout asks for the same again and again."""
    table = _advances(weight)
    return sum(table[c] if c in table else _stranger(c) for c in text)


def covered(text: str) -> bool:
    """Whether our font has all characters of a text."""
    return all(character in _advances("regular") for character in text)


def clean(text: str) -> str:
    """The text on one line, without what is no character or turns the text around."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    kept = (" " if unicodedata.category(c) in _NOT_TEXT else c for c in text if c not in _TURNING)
    return " ".join("".join(kept).split())


def ellipsis(text: str, size: float, limit: float, *, bold: bool = False) -> str:
    """The text, cut to the limit; a cut text ends in an ellipsis."""
    if width(text, size, bold=bold) <= limit:
        return text
    room = limit - width(ELLIPSIS, size, bold=bold)
    end = len(text)
    while end and width(text[:end], size, bold=bold) > room:
        end -= 1
    return text[:end].rstrip(_BREAKS) + ELLIPSIS


def wrap(
    text: str, size: float, limit: float, *, rows: int = 2, bold: bool = False
) -> tuple[str, ...]:
    """The text in at most so many rows, broken after a space or a mark such as - or /."""
    found: list[str] = []
    rest = text
    while rest and len(found) < rows - 1 and width(rest, size, bold=bold) > limit:
        end = _break(rest, size, limit, bold=bold)
        found.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return (*found, ellipsis(rest, size, limit, bold=bold)) if rest else tuple(found)


def _break(text: str, size: float, limit: float, *, bold: bool) -> int:
    """Index after the last break that fits, or after the last character that fits."""
    end = len(text)
    while end > 1 and width(text[:end].rstrip(), size, bold=bold) > limit:
        end -= 1
    after = max(text.rfind(mark, 0, end) for mark in _BREAKS) + 1
    return after if after > end // 3 else end
