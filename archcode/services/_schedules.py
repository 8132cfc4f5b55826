"""Schedule expressions: `rate(5 minutes)`, `cron(0 12 * * ? *)` and `at(2026-12-01T12:00:00)`.

https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html. How often a cron
expression fires is counted day by day over the 400 years after which the calendar repeats, or
over the years that it names; the mean second of those years is exact. Daylight saving time, which
skips the times that a day in spring lacks, is not counted.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from archcode.fields import refuse
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Kind = Literal["rate", "cron", "at"]

FORMS = "rate(5 minutes), cron(0 12 * * ? *), at(2026-12-01T12:00:00)"
_SECONDS = {"minute": 60, "hour": 3600, "day": 86_400}
_DAY = _SECONDS["day"]
_CYCLE = range(2000, 2400)
"""After 400 years dates fall on the same days of the week again."""
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_DAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_WHOLE = re.compile(r"(rate|cron|at)\((.*)\)", re.DOTALL)
_RATE = re.compile(r"\s*(\d{1,9})\s+(minute|hour|day)(s?)\s*")
_AT = re.compile(r"(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)")
_FIELDS = 6
_SATURDAY = 7


class ExpressionError(ValueError):
    """An expression that AWS does not take; the message is the fact."""


class Schedule(Struct, frozen=True):
    """When a schedule fires: its kind, and fires per second of the years in which it runs."""

    kind: Kind
    per_second: Fraction


class _Field(Struct, frozen=True):
    """One field of a cron expression: its name, its bounds and the names of its values."""

    name: str
    first: int
    last: int
    names: tuple[str, ...] = ()
    steps: bool = True

    def values(self, text: str) -> frozenset[int]:
        """The values that a list of numbers, names, ranges and steps stands for."""
        return frozenset(value for item in text.split(",") for value in self._item(item))

    def number(self, text: str) -> int:
        """One number or name within the bounds."""
        if text.upper() in self.names:
            return self.first + self.names.index(text.upper())
        if not re.fullmatch(r"[0-9]{1,4}", text) or not self.first <= int(text) <= self.last:
            raise self.wrong(text)
        return int(text)

    def wrong(self, text: str) -> ExpressionError:
        """What is said of a value that the field does not take."""
        named = f" or {self.names[0]} to {self.names[-1]}" if self.names else ""
        return ExpressionError(
            f"has {quoted(text)} in its {self.name}, which run from {self.first} to"
            f" {self.last}{named}"
        )

    def _item(self, text: str) -> Iterable[int]:
        span, slash, step = text.partition("/")
        if slash and (not self.steps or not re.fullmatch(r"[0-9]{1,4}", step) or int(step) == 0):
            raise self.wrong(text)
        low, dash, high = span.partition("-")
        first, last = self.first, self.last
        if span != "*":
            first = self.number(low)
            last = self.number(high) if dash else last if slash else first
        if first > last:
            raise ExpressionError(
                f"has {quoted(text)} in its {self.name}, a range that goes down; write two ranges"
            )
        return range(first, last + 1, int(step or 1))


_MINUTES, _HOURS = _Field("minutes", 0, 59), _Field("hours", 0, 23)
_DATE, _MONTH = _Field("days of the month", 1, 31), _Field("months", 1, 12, _MONTHS)
_WEEKDAY = _Field("days of the week", 1, 7, _DAYS, steps=False)
_YEAR = _Field("years", _FIRST_YEAR, _LAST_YEAR)


class _Month(Struct, frozen=True):
    """A month as a calendar has it: how many days, and the weekday of the first (1 is Sunday)."""

    days: int
    first: int

    def weekday(self, day: int) -> int:
        """1 for a Sunday to 7 for a Saturday."""
        return (self.first + day - 2) % 7 + 1

    def nearest_workday(self, day: int) -> int:
        """The day from Monday to Friday that is closest to a day, in the same month."""
        if self.weekday(day) == _SATURDAY:
            return day - 1 if day > 1 else day + 2
        if self.weekday(day) == 1:
            return day + 1 if day < self.days else day - 2
        return day


@cache
def read(text: str) -> Schedule:
    """The schedule of an expression; raises ExpressionError."""
    match = _WHOLE.fullmatch(text.strip())
    if not match:
        raise ExpressionError(f"is {quoted(text)}, not an expression such as {FORMS}")
    kind, inside = match.groups()
    if kind == "rate":
        return Schedule("rate", _rate(inside))
    if kind == "cron":
        return Schedule("cron", _cron(inside))
    _check_time(inside)
    return Schedule("at", Fraction(0))


def readable(text: str) -> str:
    """An expression that a schedule takes, for a validator: what is wrong ends it."""
    _kind(text)
    return text


def recurring(text: str) -> str:
    """One that a rule takes: none for once, and `rate(1 hour)`, but `rate(2 hours)`.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rate-expressions.html
    """
    if _kind(text) == "at":
        once = "is a time for once, which only EventBridge Scheduler takes"
        refuse("schedule_expression_unreadable", once)
    match = _RATE.fullmatch(text.strip().removeprefix("rate(").removesuffix(")"))
    if match and (int(match[1]) == 1) is bool(match[3]):
        meant = f"rate({match[1]} {match[2]}{'' if match[3] else 's'})"
        refuse("schedule_expression_unreadable", f"is {quoted(text)}; a rule takes {meant}")
    return text


def _kind(text: str) -> Kind:
    try:
        return read(text).kind
    except ExpressionError as error:
        refuse("schedule_expression_unreadable", str(error))


def _rate(text: str) -> Fraction:
    match = _RATE.fullmatch(text)
    if not match or int(match[1]) == 0:
        raise ExpressionError(
            f"has the rate {quoted(text)}, not a number above 0 of minutes, hours or days"
        )
    return Fraction(1, int(match[1]) * _SECONDS[match[2]])


def _check_time(text: str) -> None:
    match = _AT.fullmatch(text)
    if match:
        year, month, day, hour, minute, second = (int(part) for part in match.groups())
        dated = year and month in range(1, 13) and day in range(1, _length(year, month) + 1)
        if dated and hour in range(24) and {minute, second} <= set(range(60)):
            return
    raise ExpressionError(f"is at {quoted(text)}, not a time such as 2026-12-01T12:00:00")


def _monthrange(year: int, month: int) -> tuple[int, int]:
    """The weekday of the first of a month, 0 for a Monday, and its days."""
    # Every spec of events loads this module, and few have an expression to count.
    from calendar import monthrange

    return monthrange(year, month)


def _length(year: int, month: int) -> int:
    """Days of a month."""
    return _monthrange(year, month)[1]


def _cron(text: str) -> Fraction:
    """Fires per second, over the whole cycle of the calendar or the years that are named."""
    fields = text.split()
    if len(fields) != _FIELDS:
        raise ExpressionError(
            f"has {len(fields)} fields, not 6: minutes, hours, day of month, month, day of week,"
            " year"
        )
    minutes, hours, dates, month, weekdays, year = fields
    times = len(_MINUTES.values(minutes)) * len(_HOURS.values(hours))
    days, months = _days(dates, weekdays), _MONTH.values(month)
    years = _CYCLE if year == "*" else sorted(_YEAR.values(year))
    from calendar import isleap

    fires = sum(_in_year(y, months, days) for y in years) * times
    return Fraction(fires, sum(365 + isleap(y) for y in years) * _DAY)


def _in_year(year: int, months: Iterable[int], days: Callable[[_Month], Iterable[int]]) -> int:
    """Days of a year on which an expression fires."""
    return sum(_count(days, *_monthrange(year, month)) for month in months)


@cache
def _count(days: Callable[[_Month], Iterable[int]], first: int, length: int) -> int:
    # calendar counts from 0 for a Monday, cron from 1 for a Sunday
    return len(set(days(_Month(length, (first + 1) % 7 + 1))))


def _days(dates: str, weekdays: str) -> Callable[[_Month], Iterable[int]]:
    """Which days of a month are meant; exactly one of the two fields is left open by a `?`."""
    if (dates == "?") is (weekdays == "?"):
        raise ExpressionError(
            f"has {quoted(dates)} as day of the month and {quoted(weekdays)} as day of the week;"
            " exactly one of them is ?"
        )
    return _by_weekday(weekdays) if dates == "?" else _by_date(dates)


def _by_date(text: str) -> Callable[[_Month], Iterable[int]]:
    """Days by number: `15`, `1-7`, `*/2`, `L`, `15W`, `LW`; a month without the day has no fire."""
    parts = [_date(item) for item in text.split(",")]
    return lambda month: {day for part in parts for day in part(month)}


def _date(item: str) -> Callable[[_Month], Iterable[int]]:
    upper = item.upper()
    if upper == "L":
        return lambda month: (month.days,)
    if upper == "LW":
        return lambda month: (month.nearest_workday(month.days),)
    if upper.endswith("W"):
        day = _DATE.number(item[:-1])
        return lambda month: (month.nearest_workday(day),) if day <= month.days else ()
    days = _DATE.values(item)
    return lambda month: (day for day in days if day <= month.days)


def _by_weekday(text: str) -> Callable[[_Month], Iterable[int]]:
    """Days by weekday: `MON-FRI`, `2,4`, `L` (Saturday), `6L` (the last Friday), `3#2`."""
    if "#" in text and "," in text:
        raise ExpressionError(f"has {quoted(text)} as days of the week; # stands alone")
    parts = [_weekday(item) for item in text.split(",")]
    return lambda month: {day for part in parts for day in part(month)}


def _weekday(item: str) -> Callable[[_Month], Iterable[int]]:
    weekday, hash_, place = item.partition("#")
    if hash_:
        if place not in tuple("12345"):
            raise ExpressionError(f"has {quoted(item)}; # stands before a number from 1 to 5")
        wanted, nth = _WEEKDAY.number(weekday), int(place)
        return lambda month: list(_on(month, {wanted}))[nth - 1 : nth]
    if item.upper() == "L":
        return lambda month: _on(month, {_SATURDAY})
    if item.upper().endswith("L"):
        last = _WEEKDAY.number(item[:-1])
        return lambda month: list(_on(month, {last}))[-1:]
    values = _WEEKDAY.values(item)
    return lambda month: _on(month, values)


def _on(month: _Month, weekdays: Iterable[int]) -> Iterator[int]:
    """The days of a month that are one of these weekdays."""
    return (day for day in range(1, month.days + 1) if month.weekday(day) in weekdays)
