"""What `archcode render` is asked for."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.cli import _io
from archcode.cli._choosing import NOTHING_ASKED, Asked
from archcode.errors import UsageError
from archcode.units import quoted

if TYPE_CHECKING:
    from archcode.draw.picture import Direction

DRAWN = ("svg", "png", "pdf", "pptx", "drawio", "dot", "mmd", "d2")
PAGE = "html"
WRITTEN = ("md", "json")
FORMATS = (*DRAWN, PAGE, *WRITTEN)
THEMES = ("light", "dark")
BOUND = ("pptx", "drawio")
"""Formats that hold several pages in one file."""
HEATS = ("cost", "headroom")


class Job(Struct, frozen=True):
    """What to make of every spec."""

    formats: tuple[str, ...] = ("svg", "png", "md", "json")
    output: Path = Path("out")
    basis: _io.Basis = _io.USUAL
    asked: Asked = NOTHING_ASKED
    anyway: bool = False
    themes: tuple[str, ...] = ("light",)
    checking: bool = False
    focus: str = ""
    hops: int = 1
    heat: str = ""
    views: tuple[str, ...] = ()
    direction: Direction | None = None
    scale: Decimal = Decimal(2)
    options: str = ""
    """How the command was called, to tell how outputs are made anew."""

    @property
    def drawn(self) -> tuple[str, ...]:
        """The formats that need a picture, each in its themes: `svg`, `dark/svg`."""
        formats = [name for name in self.formats if name in DRAWN]
        return tuple(
            name if theme == "light" else f"{theme}/{name}"
            for name in formats
            for theme in self.themes
        )

    @property
    def unbound(self) -> tuple[str, ...]:
        """The formats that need a file of each page."""
        return tuple(name for name in self.drawn if not name.endswith(BOUND))

    @property
    def paged(self) -> bool:
        """Whether a page is made, around a drawing of its own."""
        return PAGE in self.formats

    def check(self) -> None:
        """Raise UsageError for a format, theme or heat that there is not."""
        _check("format", self.formats, FORMATS)
        _check("theme", self.themes, THEMES)
        if self.heat:
            _check("heat", (self.heat,), HEATS)
        if self.focus and self.views:
            raise UsageError("--focus draws one component and --view others; ask for one of them")


def named_themes(text: str) -> tuple[str, ...]:
    """The themes of a list; raises UsageError for one that there is not."""
    names = names_of(text)
    _check("theme", names, THEMES)
    return names


def _check(option: str, names: tuple[str, ...], known: tuple[str, ...]) -> None:
    """Raise UsageError for a name that is not known, and where there is none."""
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        wrong = f"{quoted(unknown[0])} is no {option}" if unknown else f"no {option} is named"
        raise UsageError(f"--{option}: {wrong}; known: {', '.join(known)}")


def names_of(text: str) -> tuple[str, ...]:
    """The names of a list such as `svg,png`."""
    return tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))


def views_named(text: str) -> tuple[str, ...]:
    """The names after `--view`; raises UsageError for a list of none."""
    names = names_of(text)
    if text and not names:
        raise UsageError("--view: no view is named")
    return names


def scale_of(text: str) -> Decimal:
    """Pixels of a PNG in a point; raises UsageError outside 0.5 to 8."""
    scale = Decimal(text) if re.fullmatch(r"[0-9](\.[0-9]{1,3})?", text) else Decimal(0)
    if not Decimal("0.5") <= scale <= 8:
        raise UsageError(f"--scale is {quoted(text)}; it must be a number from 0.5 to 8")
    return scale
