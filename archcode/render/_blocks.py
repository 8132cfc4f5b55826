"""The parts that a written page is made of, whether it becomes Markdown or HTML."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text, with the words that stand in bold before it."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """A point of a list, and what is under it."""

    text: str
    lead: str = ""
    under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; the columns of `right` hold numbers."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart by its name, and what it shows for those who cannot see it."""

    name: str
    alt: str


Block = Heading | Paragraph | Items | Grid | Figure
