"""`archcode prices regions`: what is priced where, and which types are sold where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from archcode.cli import _io, _tables
from archcode.cli._options import Prices
from archcode.cli._tables import Layout, LayoutOption

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archcode.prices.listing import Cover

_MOST_NAMED = 4


def regions(
    type: Annotated[
        str, typer.Argument(metavar="[TYPE]", help="Such as sqs.queue; or a price file.")
    ] = "",
    format: LayoutOption = Layout.TABLE,
    prices: Prices = None,
) -> None:
    """Show how many meters of each price file are priced in each region, and what is sold where.

    Examples:

      archcode prices regions

      archcode prices regions msk.cluster

      archcode prices regions --format csv
    """
    from archcode.metering import price_files
    from archcode.prices.listing import all_keys, covers, service_keys, sold

    target = _tables.named(type) if type else ""
    book = _io.price_book(prices)
    if not isinstance(target, str):
        if format is Layout.TABLE and _tables.unpriced(target):
            _io.say(_tables.unpriced(target))
            return
        keys, where = service_keys(target), {target.type: sold(book).get(target.type, ())}
    elif target:
        keys, where = tuple((target, meter) for meter in price_files()[target]), {}
    else:
        keys, where = all_keys(), sold(book)
    found = covers(keys, book)
    if format is Layout.JSON:
        _tables.say_json(_document(found, where))
    elif format is Layout.CSV:
        head = ("region_id", "price_file", "priced", "meters", "missing")
        rows = [(c.region_id, c.price_file, str(c.priced), str(c.meters), " ".join(c.missing))
                for c in found]  # fmt: skip
        _tables.say_csv(head, rows)
    else:
        _tables.say_table(("REGION", "PLACE", "PRICED", "MISSING"), _rows(found), (2,))
        if where:
            _io.say("\n")
            _tables.say_table(("TYPE", "REGIONS", "NOT SOLD IN"), _sold(where), (1,))


def _rows(found: Sequence[Cover]) -> Iterator[tuple[str, ...]]:
    """One row for each region: how much of all files is priced, and what is missing in which."""
    from archcode.prices.places import PLACES

    places: dict[str, list[Cover]] = {}
    for cover in found:
        places.setdefault(cover.region_id, []).append(cover)
    for region, covers in places.items():
        priced, meters = sum(c.priced for c in covers), sum(c.meters for c in covers)
        missing = "; ".join(_missing(cover) for cover in covers if cover.missing)
        yield region, PLACES[region][0], f"{priced} of {meters}", missing


def _missing(cover: Cover) -> str:
    if not cover.priced:
        return f"{cover.price_file}: all"
    if len(cover.missing) > _MOST_NAMED:
        return f"{cover.price_file}: {len(cover.missing)} of {cover.meters}"
    return f"{cover.price_file}: {', '.join(cover.missing)}"


def _sold(where: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    from archcode.regions import PRICED

    for kind, places in where.items():
        missing = [region for region in PRICED if region not in places]
        yield kind, str(len(places)), ", ".join(missing) or "-"


def _document(found: Sequence[Cover], where: Mapping[str, Sequence[str]]) -> dict[str, object]:
    from msgspec.structs import asdict

    return {"covers": [asdict(cover) for cover in found], "sold": where}
