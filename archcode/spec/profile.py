"""How traffic is spread over the hours of a week: what the busiest hour is of the mean one.

Some profiles have names; they are conventions of ours to begin with, not measurements. A profile
repeats every week, so that what scales on demand has met its peak before: a data stream on demand
takes twice the peak of the last 30 days
(https://docs.aws.amazon.com/streams/latest/dev/how-do-i-size-a-stream.html).
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Self

from msgspec import Struct

from archcode.fields import Share
from archcode.shape import Field, Shape
from archcode.spec.model import Label

if TYPE_CHECKING:
    from collections.abc import Mapping

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HOURS = 24
_HOURS = re.compile(r"([0-9]{1,2})(?:-([0-9]{1,2}))?")
_DAYS = re.compile(rf"({'|'.join(DAYS)})(?:-({'|'.join(DAYS)}))?")


class ProfileText(Shape, title="Profile"):
    """Traffic of every hour as a share of the busiest one; days multiply it."""

    label: Label | None = Field(None, description="What it is called in texts.")
    hours: dict[str, Share] = Field(
        {}, description="Share of the busiest hour, by hours such as 9-17 or 22-6."
    )
    otherwise: Share = Field(Fraction(0), description="The share of all other hours; 0% if unsaid.")
    days: dict[str, Share] = Field(
        {}, description="Share by which days such as sat-sun multiply it; 100% for the others."
    )


class Profile(Struct, frozen=True):
    """A week of traffic: 168 weights, the first that of Monday from 0 to 1 o'clock.

    `own` are those that the author of a spec wrote.
    """

    name: str
    label: str
    text: ProfileText
    own: bool
    weights: tuple[Fraction, ...]

    @classmethod
    def read(cls, name: str, text: ProfileText, *, own: bool = True) -> Self:
        """A profile from its text, whose hours and days can be read."""
        hours = {hour: share for word, share in text.hours.items() for hour in hours_in(word)}
        days = {day: share for word, share in text.days.items() for day in days_in(word)}
        weights = tuple(
            hours.get(hour, text.otherwise) * days.get(day, Fraction(1))
            for day in range(len(DAYS))
            for hour in range(HOURS)
        )
        return cls(name, text.label or name, text, own, weights)

    @property
    def peak_to_mean(self) -> Fraction:
        """How many times the mean of all hours the busiest one is."""
        return max(self.weights) * len(self.weights) / sum(self.weights)

    def values(self) -> dict[str, object]:
        """The keys that it is read from."""
        said = self.text.model_fields_set
        return {key: getattr(self.text, key) for key in ProfileText.keys if key in said}


def hours_in(word: str) -> tuple[int, ...]:
    """The hours of the day that a word such as 9-17, 22-6 or 3 stands for; none where it is odd."""
    match = _HOURS.fullmatch(word.strip())
    if match is None:
        return ()
    first = int(match[1])
    last = first + 1 if match[2] is None else int(match[2])
    if first >= HOURS or last > HOURS or first == last:
        return ()
    return (*range(first, last),) if first < last else (*range(first, HOURS), *range(last))


def days_in(word: str) -> tuple[int, ...]:
    """The days that a word such as mon-fri or sun stands for, from 0; none where it is odd."""
    match = _DAYS.fullmatch(word.strip().lower())
    if match is None:
        return ()
    first = DAYS.index(match[1])
    last = first if match[2] is None else DAYS.index(match[2])
    every = len(DAYS)
    return tuple((first + n) % every for n in range((last - first) % every + 1))


_WRITTEN: Mapping[str, dict[str, object]] = {
    "steady": {"otherwise": "100%"},
    "business-hours": {
        "hours": {"8-18": "100%"},
        "otherwise": "10%",
        "days": {"sat-sun": "10%"},
    },
    "evenings": {"hours": {"18-23": "100%", "8-18": "40%"}, "otherwise": "10%"},
    "nightly": {"hours": {"1-3": "100%"}},
}
BUILT_IN: Mapping[str, Profile] = {
    name: Profile.read(name, ProfileText.model_validate(written), own=False)
    for name, written in _WRITTEN.items()
}
