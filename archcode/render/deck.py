"""What the slides after the drawing say: text alone, so that it can go to the drawing process.

A page is a drawing of a file of several, made there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archcode.draw.scene import Scene


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `right` are the columns of numbers, `total` says that the last row adds up."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    total: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a sentence and a table, each of which may be missing."""

    title: str = ""
    words: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """The sections under one title, on as many slides as they need."""

    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """One drawing of several in a file: its name, the line under it, and what it shows."""

    title: str
    subtitle: str
    scene: Scene
