"""The text of a price overlay to an Overlay; every problem at once, with line and column."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from msgspec.structs import replace

from archcode.errors import SpecError
from archcode.model import Finding, Severity
from archcode.overlay.model import Overlay
from archcode.overlay.targets import resolve
from archcode.regions import REGIONS
from archcode.spec.load import load
from archcode.spec.problems import suggestion
from archcode.units import EXACT, QuantityError, quoted, share

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from archcode.overlay.model import Key
    from archcode.spec.load import Document, Path, Value

SECTIONS = ("title", "discounts", "rates")
_RATE_KEYS = ("usd", "region")
_LONGEST_TITLE = 80
_DEAREST = 1_000_000
_MOST_DECIMALS = 20


def parse_overlay(text: str) -> Overlay:
    """An Overlay from YAML text; raises SpecError with every problem, in the order of the text."""
    try:
        document = load(text)
    except SpecError as error:
        raise SpecError(_worded(finding) for finding in error.findings) from None
    return _Parser(document).overlay()


def _worded(finding: Finding) -> Finding:
    """The problem of an empty file says what an overlay needs."""
    if finding.rule != "empty_file":
        return finding
    return replace(finding, message="the file is empty; a price overlay needs a title", hint="")


class _Parser:
    """Collects discounts and rates, and what is wrong with them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.problems = [*document.problems]

    def overlay(self) -> Overlay:
        top = self.document.value
        if not isinstance(top, dict):
            kinds = ", ".join(SECTIONS)
            self.note((), "wrong_type", f"is {quoted(top)}, not a mapping of {kinds}")
            raise self.failure()
        for key in top:
            if key not in SECTIONS:
                hint = suggestion(key, SECTIONS)
                self.note((key,), "unknown_key", f"has no key {quoted(key)}", hint, key=True)
        title = self.title(top)
        discounts = self.discounts(self.mapping(top, "discounts"))
        rates = self.rates(self.mapping(top, "rates"))
        if self.problems:
            raise self.failure()
        return Overlay(title, discounts, rates)

    def title(self, top: dict[str, Value]) -> str:
        if "title" not in top:
            self.note((), "missing_key", "needs title, which outputs show")
            return ""
        title = top["title"]
        if not isinstance(title, str):
            self.note(("title",), "wrong_type", f"is {quoted(title)}, not text")
            return ""
        if not title.strip():
            self.note(("title",), "empty_value", "is empty")
        elif len(title) > _LONGEST_TITLE:
            fact = f"has {len(title):,} characters, above the maximum of {_LONGEST_TITLE}"
            self.note(("title",), "too_long", fact)
        return title

    def mapping(self, top: dict[str, Value], section: str) -> dict[str, Value]:
        value = top.get(section)
        if value is None:
            return {}
        if isinstance(value, dict):
            return value
        self.note((section,), "wrong_type", f"is {quoted(value)}, not a mapping")
        return {}

    def discounts(self, found: dict[str, Value]) -> Mapping[Key, Decimal]:
        """Parts off by meter; those of a meter count before those of its type."""
        by_type: dict[Key, Decimal] = {}
        by_meter: dict[Key, Decimal] = {}
        for name, value in found.items():
            path = ("discounts", name)
            off = self.percent(path, value)
            level = by_meter if "/" in name else by_type
            for key in self.targets(path, name):
                if off is not None and level.setdefault(key, off) != off:
                    what = "/".join(filter(None, key))
                    fact = f"discounts {what} a second time, by another percentage"
                    self.note(path, "discounted_twice", fact, key=True)
        return by_type | by_meter

    def percent(self, path: Path, value: Value) -> Decimal | None:
        """A part of one, exact."""
        try:
            part = share(value)
        except QuantityError as error:
            self.note(path, error.rule, str(error), error.hint)
            return None
        return EXACT.divide(Decimal(part.numerator), Decimal(part.denominator))

    def rates(self, found: dict[str, Value]) -> Mapping[tuple[str, str, str], Decimal]:
        """Own rates by meter and region."""
        rates: dict[tuple[str, str, str], Decimal] = {}
        for name, value in found.items():
            keys = self.targets(("rates", name), name)
            if keys and "/" not in name:
                fact, hint = "needs one meter, such as sqs.queue/standard_requests", ""
                self.note(("rates", name), "missing_meter", fact, hint, key=True)
                continue
            for path, region, usd in self.entries(("rates", name), value):
                for file, meter in keys:
                    if (file, meter, region) in rates:
                        where = region or "all regions"
                        fact = f"is the second rate of {file}/{meter} in {where}"
                        self.note(path, "rated_twice", fact)
                    rates[file, meter, region] = usd
        return rates

    def entries(self, path: Path, value: Value) -> Iterator[tuple[Path, str, Decimal]]:
        """Region and rate of each entry: one mapping, or a list of them."""
        if isinstance(value, list):
            for index, item in enumerate(value):
                yield from self.entry((*path, index), item)
        else:
            yield from self.entry(path, value)

    def entry(self, path: Path, value: Value) -> Iterator[tuple[Path, str, Decimal]]:
        if not isinstance(value, dict):
            fact = f"is {quoted(value)}, not a rate such as {{usd: 0.0132, region: us-east-1}}"
            self.note(path, "wrong_type", fact)
            return
        for key in value:
            if key not in _RATE_KEYS:
                hint = suggestion(key, _RATE_KEYS)
                fact = f"has no key {quoted(key)}"
                self.note((*path, key), "unknown_key", fact, hint, key=True)
        region = self.region((*path, "region"), value.get("region", ""))
        if "usd" not in value:
            self.note(path, "missing_key", "needs usd, the price of one unit in US dollars")
            return
        usd = self.usd((*path, "usd"), value["usd"])
        if usd is not None and region is not None:
            yield path, region, usd

    def region(self, path: Path, value: Value) -> str | None:
        if value == "" or value in REGIONS:
            return str(value)
        hint = suggestion(str(value), REGIONS, "known")
        self.note(path, "unknown_region", f"is {quoted(value)}, which is no AWS region", hint)
        return None

    def usd(self, path: Path, value: Value) -> Decimal | None:
        if isinstance(value, bool) or not isinstance(value, int | Decimal):
            fact = f"is {quoted(value)}, not a number of US dollars such as 0.0132"
            self.note(path, "wrong_type", fact)
            return None
        usd = Decimal(value)
        if usd < 0:
            self.note(path, "out_of_range", f"is {quoted(value)}, below 0")
        elif usd > _DEAREST:
            self.note(path, "out_of_range", f"is {quoted(value)}, above {_DEAREST:,}")
        elif -int(usd.as_tuple().exponent) > _MOST_DECIMALS:
            fact = f"is {quoted(value)}, of more than {_MOST_DECIMALS} decimals"
            self.note(path, "out_of_range", fact)
        else:
            return usd
        return None

    def targets(self, path: Path, name: str) -> tuple[Key, ...]:
        try:
            return resolve(name)
        except QuantityError as error:
            self.note(path, error.rule, str(error), error.hint, key=True)
            return ()

    def note(
        self, path: Path, rule: str, message: str, hint: str = "", *, key: bool = False
    ) -> None:
        """A problem at a path: where it stands, in words and as line and column."""
        parent = path[:-1] if rule == "unknown_key" else path
        where = ".".join(str(part) for part in parent if isinstance(part, str)) or "the overlay"
        mark = self.document.mark(path, key=key)
        self.problems.append(Finding(rule, Severity.ERROR, where, message, hint, *mark))

    def failure(self) -> SpecError:
        return SpecError(sorted(self.problems, key=lambda f: (f.line, f.column)))
