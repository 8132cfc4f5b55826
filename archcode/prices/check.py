"""Whether a price file is sound: each row by itself, then the rows of a meter, then the file.

Days are ISO texts, which compare like days; the caller knows which day it is.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.model import Finding, Severity
from archcode.pricebook import COLUMNS, EXACT_DECIMAL, GLOBAL
from archcode.regions import REGIONS
from archcode.spec.problems import suggestion
from archcode.units import grouped, plain, quoted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_SKU = r"[A-Z0-9]{16}"
# Where AWS lists several products of one price and does not say which is which, all are named.
RATE_CODE = re.compile(rf"{_SKU}\.[A-Z0-9]{{10}}\.[A-Z0-9]{{10}}|one_of\[{_SKU}(\|{_SKU})+\]")
ENTRY = re.compile(
    r'(github:[\w.-]+/[\w.-]+@[0-9a-f]{7,40}:[\w./-]+|https://[\w./-]+)(\["[^"]+"\]){1,2}'
)
"""A file of a commit or a page, and the key of the one entry in it."""
_METER = re.compile(r"[a-z][a-z0-9_]*")
_DAY = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_FIELD = re.compile(r'("(?:[^"]|"")*"|[^,]*)(,|$)')
CONFIDENCE = ("high", "medium", "low")
ENDLESS = "Inf"


class Problem(Struct, frozen=True):
    """What is wrong with a row, and the column where it stands."""

    rule: str
    column: str
    message: str
    hint: str = ""


class Row(Struct, frozen=True):
    """One line of a price file: its number, its text, and its cells by column."""

    line: int
    text: str
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    @property
    def where(self) -> str:
        """The meter and the region."""
        return f"{self['meter']} in {self['region']}"

    @property
    def start(self) -> Decimal:
        """The lower bound of the tier."""
        return Decimal(self["tier_from"])

    def finding(self, problem: Problem, severity: Severity = Severity.ERROR) -> Finding:
        """What is wrong, at the column where it stands."""
        place = self.line, self.column(problem.column)
        return Finding(problem.rule, severity, self.where, problem.message, problem.hint, *place)

    def column(self, name: str) -> int:
        """Where a cell begins in the line, from 1."""
        index = COLUMNS.index(name)
        places = [match.start() + 1 for match in _FIELD.finditer(self.text)]
        return places[index]


class Days(Struct, frozen=True):
    """The day on which rows are judged, and the one before which they are old."""

    today: str
    oldest: str


def check(text: str, days: Days) -> tuple[Finding, ...]:
    """What is wrong with a price file, in the order of its lines."""
    head, *lines = text.splitlines() or [""]
    if head != ",".join(COLUMNS):
        message = f"the columns are {quoted(head)}"
        hint = f"they must be {','.join(COLUMNS)}"
        return (Finding("wrong_columns", Severity.ERROR, "", message, hint, 1, 1),)
    rows: list[Row] = []
    found: list[Finding] = []
    for number, line in enumerate(lines, 2):
        cells = _cells(line)
        if not line.isprintable():
            place = number, next(at for at, c in enumerate(line, 1) if not c.isprintable())
            message = "the row holds a character that cannot be shown"
            found.append(Finding("control_character", Severity.ERROR, "", message, "", *place))
        elif len(cells) == len(COLUMNS):
            rows.append(Row(number, line, dict(zip(COLUMNS, cells, strict=True))))
        else:
            message = f"the row has {len(cells)} columns, not {len(COLUMNS)}"
            found.append(Finding("wrong_columns", Severity.ERROR, "", message, "", number, 1))
    sound: list[Row] = []
    broken: set[str] = set()
    for row in rows:
        problems = [problem for judge in _JUDGES for problem in judge(row, days)]
        found += [row.finding(problem) for problem in problems]
        if any(problem.rule in _UNCOUNTABLE for problem in problems):
            broken.add(row.where)
        else:
            sound.append(row)
    whole = [row for row in sound if row.where not in broken]
    found += [*_order(sound), *_codes(rows), *_tiers(whole), *_age(rows, days)]
    return tuple(sorted(found, key=lambda f: (f.line, f.column, f.rule)))


def _cells(line: str) -> list[str]:
    """The cells of a line; none where they cannot be told."""
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def _region(row: Row, _days: Days) -> Iterator[Problem]:
    # Rows are found by how they begin: a region in quotes is none.
    region = row.text.partition(",")[0]
    if region not in (*REGIONS, GLOBAL):
        hint = suggestion(region, (*REGIONS, GLOBAL), "known")
        yield Problem("unknown_region", "region", f"{quoted(region)} is no AWS region", hint)


def _words(row: Row, _days: Days) -> Iterator[Problem]:
    if not _METER.fullmatch(row["meter"]):
        fact = f"{quoted(row['meter'])} is no name of small letters, digits and _"
        yield Problem("bad_meter", "meter", fact)
    if not row["unit"].strip():
        yield Problem("missing_unit", "unit", "does not say what one price is for")
    if row["confidence"] not in CONFIDENCE:
        fact = f"confidence is {quoted(row['confidence'])}; allowed: {', '.join(CONFIDENCE)}"
        yield Problem("unknown_confidence", "confidence", fact)


def _numbers(row: Row, _days: Days) -> Iterator[Problem]:
    for column in ("tier_from", "tier_to", "usd"):
        text = row[column]
        if column == "tier_to" and text == ENDLESS:
            continue
        if EXACT_DECIMAL.fullmatch(text):
            continue
        fact = f"{column} is {quoted(text)}, which is no exact decimal"
        hint = "write all digits, without an exponent"
        if column != "usd":
            yield Problem("bad_tier_bound", column, fact, hint)
        elif EXACT_DECIMAL.fullmatch(text.removeprefix("-")):
            yield Problem("negative_price", column, f"usd is {text}, below 0")
        else:
            yield Problem("price_not_exact", column, fact, hint)


def _origin(row: Row, days: Days) -> Iterator[Problem]:
    code, source, day = row["rate_code"], row["source"], row["source_date"]
    if code and not RATE_CODE.fullmatch(code):
        hint = "it reads SKU.term.rate, or one_of[SKU|SKU]"
        yield Problem("bad_rate_code", "rate_code", f"{quoted(code)} is no rate code of AWS", hint)
    if not source.strip():
        yield Problem("row_without_source", "source", "does not say where the price was read")
    elif not code and not ENTRY.fullmatch(source):
        hint = 'name the entry: https://example.com/list.json["Name of the entry"]'
        fact = "has neither a rate code nor the key of an entry"
        yield Problem("row_without_source", "source", fact, hint)
    if not _DAY.fullmatch(day):
        fact = f"source_date is {quoted(day)}, no day such as 2026-01-31"
        yield Problem("bad_date", "source_date", fact)
    elif day > days.today:
        yield Problem("date_in_future", "source_date", f"source_date is {day}, after {days.today}")


_JUDGES: tuple[Callable[[Row, Days], Iterator[Problem]], ...] = (
    _region,
    _words,
    _numbers,
    _origin,
)
_UNCOUNTABLE = ("bad_tier_bound",)
"""Rows with these cannot be put into an order."""


def _order(rows: Sequence[Row]) -> Iterator[Finding]:
    """Rows stand in the order in which a refresh shows as a small change, and once."""
    last: tuple[str, str, Decimal] | None = None
    seen: dict[tuple[str, str, Decimal], int] = {}
    for row in rows:
        key = (row["region"], row["meter"], row.start)
        if key in seen:
            fact = f"has a tier from {plain(row.start)} on line {seen[key]}, too"
            yield row.finding(Problem("duplicate_row", "tier_from", fact))
        elif last is not None and key < last:
            hint = "rows are sorted by region, meter and tier_from"
            yield row.finding(Problem("unsorted_row", "region", "stands behind a later row", hint))
        seen.setdefault(key, row.line)
        last = key


def _codes(rows: Sequence[Row]) -> Iterator[Finding]:
    """A rate code is the key of one price."""
    seen: dict[str, Row] = {}
    for row in rows:
        code = row["rate_code"]
        if not code or code.startswith("one_of"):
            continue
        first = seen.setdefault(code, row)
        if first is not row:
            fact = f"has the rate code of {first.where} on line {first.line}"
            yield row.finding(Problem("duplicate_rate_code", "rate_code", fact))


def _tiers(rows: Sequence[Row]) -> Iterator[Finding]:
    """Tiers of a meter begin at 0, follow each other in one unit, and end as they must."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        groups[row["region"], row["meter"]].append(row)
    for group in groups.values():
        tiers = sorted(group, key=lambda row: row.start)
        yield from _steps(tiers)
        yield from _end(tiers[-1])


def _steps(tiers: Sequence[Row]) -> Iterator[Finding]:
    edge = Decimal(0)
    unit = tiers[0]["unit"]
    for row in tiers:
        start = row.start
        if start > edge:
            fact = f"has no price from {plain(edge)} to {plain(start)}"
            yield row.finding(Problem("tier_gap", "tier_from", fact))
        elif start < edge:
            until = "the end" if edge == Decimal(ENDLESS) else plain(edge)
            fact = f"begins at {plain(start)}, where another tier reaches to {until}"
            yield row.finding(Problem("tier_overlap", "tier_from", fact))
        edge = Decimal(row["tier_to"])
        if edge <= start:
            fact = f"ends at {plain(edge)}, not after its begin at {plain(start)}"
            yield row.finding(Problem("empty_tier", "tier_to", fact))
        if row["unit"] != unit:
            fact = f"counts in {quoted(row['unit'])}, its first tier in {quoted(unit)}"
            yield row.finding(Problem("unit_changes", "unit", fact))


def _end(last: Row) -> Iterator[Finding]:
    """A price has no end, a free quantity of the account has one."""
    endless = last["tier_to"] == ENDLESS
    if last["region"] == GLOBAL and endless:
        fact = "is free without an end"
        yield last.finding(Problem("free_tier_without_end", "tier_to", fact))
    elif last["region"] != GLOBAL and not endless:
        fact = f"has no price above {last['tier_to']}"
        yield last.finding(Problem("tier_gap", "tier_to", fact, "the last tier ends at Inf"))


def _age(rows: Sequence[Row], days: Days) -> Iterator[Finding]:
    """One warning for all old rows of a file, at the oldest."""
    dated = [row for row in rows if _DAY.fullmatch(row["source_date"])]
    old = [row for row in dated if row["source_date"] < days.oldest]
    if old:
        first = min(old, key=lambda row: row["source_date"])
        noun = "row is" if len(old) == 1 else "rows are"
        fact = (
            f"{grouped(len(old))} of {grouped(len(rows))} {noun} from before {days.oldest},"
            f" this one of {first['source_date']}"
        )
        hint = "archcode prices update refreshes them"
        yield first.finding(Problem("old_price", "source_date", fact, hint), Severity.WARNING)
