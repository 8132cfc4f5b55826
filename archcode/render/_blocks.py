"""The parts that a written page is made of, whether it becomes Markdown or HTML."""

from __future__ import annotations

from msgspec import Struct


class Heading(Struct, frozen=True):
    """A heading of level 1 to 3."""

    level: int
    text: str


class Paragraph(Struct, frozen=True):
    """Text, with the words that stand in bold before it."""

    text: str
    lead: str = ""


class Item(Struct, frozen=True):
    """A point of a list, and what is under it."""

    text: str
    lead: str = ""
    under: tuple[str, ...] = ()


class Items(Struct, frozen=True):
    """A list."""

    items: tuple[Item, ...]


class Grid(Struct, frozen=True):
    """A table; the columns of `right` hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()


class Figure(Struct, frozen=True):
    """A chart by its name, and what it shows for those who cannot see it."""

    name: str
    alt: str


Block = Heading | Paragraph | Items | Grid | Figure
