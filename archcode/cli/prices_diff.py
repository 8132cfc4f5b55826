"""`archcode prices diff`: two regions of one price book, or two price books."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from archcode.cli import _io, _tables
from archcode.cli._options import Prices
from archcode.cli._tables import Layout, LayoutOption
from archcode.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.offers.changes import Change, Report
    from archcode.pricebook import PriceBook
    from archcode.pricebook import Prices as Tiers

_SUFFIX = ".csv"


def diff(
    old: Annotated[str, typer.Argument(metavar="A", help="A region, or a price book or file.")],
    new: Annotated[str, typer.Argument(metavar="B", help="What to compare it with.")],
    service: Annotated[
        str, typer.Option("--service", metavar="TYPE", help="Only this type or price file.")
    ] = "",
    format: LayoutOption = Layout.TABLE,
    prices: Prices = None,
) -> None:
    """Compare the prices of two regions, or of two price books (folders or CSV files).

    A word that is a region's name is a region; write ./us-east-1 for a folder of that name.

    Examples:

      archcode prices diff us-east-1 eu-central-1

      archcode prices diff us-east-1 sa-east-1 --service kinesis.stream --format json
    """
    from archcode.offers.changes import report

    sides = [_is_region(old), _is_region(new)]
    if sides[0] != sides[1]:
        a, b = ("region", "price book") if sides[0] else ("price book", "region")
        raise UsageError(f"{old} is a {a} and {new} a {b}; both must be the same kind")
    wanted = _wanted(service)
    if sides[0]:
        found = report(_regions(old, new, wanted, _io.price_book(prices)))
    else:
        found = report(_books(Path(old), Path(new), wanted))
    if format is Layout.JSON:
        _tables.say_json(_document(old, new, found))
    elif format is Layout.CSV:
        _tables.say_csv(_FIELDS, [[_cell(v) for v in row.values()] for row in _rows(found)])
    else:
        from archcode.cli._update_text import changes

        _io.say(changes(found, with_regions=not sides[0]))


def _is_region(text: str) -> bool:
    """Whether a word is a region; raises UsageError where it is no path either."""
    from archcode.regions import REGIONS
    from archcode.spec.problems import suggestion
    from archcode.units import quoted

    if text in REGIONS:
        return True
    if Path(text).exists():
        return False
    if "/" in text or text.endswith(_SUFFIX):
        raise UsageError(f"{text}: no such file")
    hint = suggestion(text, REGIONS, "known")
    raise UsageError(f"{quoted(text)} is no AWS region, and no folder or file; {hint}")


def _wanted(service: str) -> dict[str, tuple[str, ...]]:
    """The price files to compare with their meters; empty for all, no meters for all of them."""
    from archcode.prices.listing import service_keys

    if not service:
        return {}
    target = _tables.named(service)
    if isinstance(target, str):
        return {target: ()}
    if _tables.unpriced(target):
        raise UsageError(f"--service: {_tables.unpriced(target).strip()}")
    found: dict[str, tuple[str, ...]] = {}
    for file, meter in service_keys(target):
        found[file] = (*found.get(file, ()), meter)
    return found


def _regions(
    old: str, new: str, wanted: dict[str, tuple[str, ...]], book: PriceBook
) -> Iterator[tuple[str, Change]]:
    """Each row of both regions."""
    from archcode.metering import price_files
    from archcode.offers.changes import compared

    for file, meters in (wanted or dict.fromkeys(price_files(), ())).items():
        before, after = (_only(book.prices(file, region), meters) for region in (old, new))
        yield from ((f"{old} → {new}", change) for change in compared(file, before, after))


def _books(
    old: Path, new: Path, wanted: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, Change]]:
    """Each row of both books, in every region and of the account."""
    from archcode.offers.changes import compared
    from archcode.pricebook import parse, places

    before, after = _texts(old, new)
    for file in sorted({*before, *after}):
        if wanted and file not in wanted:
            continue
        texts = before.get(file, ""), after.get(file, "")
        names = [f"{p / file}{_SUFFIX}" if p.is_dir() else f"{p}" for p in (old, new)]
        for region in sorted({*places(texts[0]), *places(texts[1])}):
            sides = [parse(text, region, name) for text, name in zip(texts, names, strict=True)]
            first, second = (_only(side, wanted.get(file, ())) for side in sides)
            yield from ((region, change) for change in compared(file, first, second))


def _only(prices: object, meters: tuple[str, ...]) -> Tiers:
    """The prices of these meters; of all where none is named."""
    found: Tiers = dict(prices)  # type: ignore[call-overload]
    return {meter: tiers for meter, tiers in found.items() if not meters or meter in meters}


def _texts(old: Path, new: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The price files of both books by name; a file is a book of one, named as the first."""
    if old.is_dir() != new.is_dir():
        raise UsageError(f"{old} and {new}: a folder and a file; both must be the same kind")
    if old.is_dir():
        return _folder(old), _folder(new)
    return {old.stem: _file(old)}, {old.stem: _file(new)}


def _folder(place: Path) -> dict[str, str]:
    return {name: _file(place / f"{name}{_SUFFIX}") for name in _io.price_files(place)}


def _file(path: Path) -> str:
    from archcode.pricebook import COLUMNS

    text = _io.read_prices(path.parent, path.stem) or "" if path.suffix == _SUFFIX else ""
    if text.partition("\n")[0].rstrip() != ",".join(COLUMNS):
        raise UsageError(f"{path}:1: the columns are not those of prices")
    return text


_FIELDS = (
    "price_file", "meter", "tier_from", "tier_to", "old_usd", "new_usd", "percent", "kind",
    "regions",
)  # fmt: skip


def _rows(found: Report) -> Iterator[dict[str, object]]:
    """Each change under the names of its fields, money as exact text."""
    from archcode.units import grouped, plain

    for change, regions in found.changes.items():
        values = (
            change.service,
            change.meter,
            plain(change.start),
            None if change.end is None else plain(change.end),
            None if change.old is None else plain(change.old),
            None if change.new is None else plain(change.new),
            None if change.percent is None else grouped(change.percent).replace(",", ""),
            change.kind,
            list(regions),
        )
        yield dict(zip(_FIELDS, values, strict=True))


def _cell(value: object) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)


def _document(old: str, new: str, found: Report) -> dict[str, object]:
    return {"old": old, "new": new, "counts": dict(found.counts), "changes": [*_rows(found)]}
