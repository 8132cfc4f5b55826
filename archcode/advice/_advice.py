"""One piece of advice, and what becomes of it here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advice:
    """What is advised under a number, in our words, and the names of the findings that tell it.

    `because` says why no finding can, or what a finding leaves out.
    """

    number: str
    says: str
    names: tuple[str, ...] = ()
    because: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """A text that advises, with its place and date as far as they are known."""

    title: str
    advice: tuple[Advice, ...]
    url: str = ""
    date: str = ""
