"""One piece of advice, and what becomes of it here."""

from __future__ import annotations

from msgspec import Struct


class Advice(Struct, frozen=True):
    """What is advised under a number, in our words, and the names of the findings that tell it.

    `because` says why no finding can, or what a finding leaves out.
    """

    number: str
    says: str
    names: tuple[str, ...] = ()
    because: str = ""


class Article(Struct, frozen=True):
    """A text that advises, with its place and date as far as they are known."""

    title: str
    advice: tuple[Advice, ...]
    url: str = ""
    date: str = ""
