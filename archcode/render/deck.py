"""What the slides after the drawing say: text alone, so that it can go to the drawing process.

A page is a drawing of a file of several, made there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from archcode.draw.scene import Scene


class Table(Struct, frozen=True):
    """A table; `right` are the columns of numbers, `total` says that the last row adds up."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()
    total: bool = False


class Section(Struct, frozen=True):
    """A heading, a sentence and a table, each of which may be missing."""

    title: str = ""
    words: str = ""
    table: Table | None = None


class Chapter(Struct, frozen=True):
    """The sections under one title, on as many slides as they need."""

    title: str
    sections: tuple[Section, ...]


class Page(Struct, frozen=True):
    """One drawing of several in a file: its name, the line under it, and what it shows."""

    title: str
    subtitle: str
    scene: Scene
