"""An offer file in CSV: five lines of metadata, the names of the columns, a row for each rate."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO

from archcode.errors import PriceListError
from archcode.offers.model import Head, Offer, Product, Rate, Term, head, in_force, normal, rate
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archcode.offers.model import Wanted

_METADATA = 5
_NEEDED = (
    "sku",
    "usagetype",
    "termtype",
    "ratecode",
    "effectivedate",
    "startingrange",
    "endingrange",
    "priceperunit",
    "currency",
)
_RATE = frozenset({*_NEEDED, "offertermcode", "pricedescription", "unit"} - {"usagetype"})
"""The columns of a rate; all others are attributes of its product."""
_Rates = dict[str, dict[str, list[Rate]]]


def read(file: BinaryIO, wanted: Wanted) -> Offer:
    """The wanted products of an offer file; raises PriceListError."""
    text = io.TextIOWrapper(file, "utf-8", newline="")
    try:
        return _read(csv.reader(text, strict=True), wanted)
    except (csv.Error, UnicodeDecodeError) as error:
        raise PriceListError(f"is no whole CSV: {error}") from None
    finally:
        # The file belongs to the caller, who closes it.
        text.detach()


def _read(lines: Iterator[list[str]], wanted: Wanted) -> Offer:
    top = _head(lines)
    names = [normal(name) for name in next(lines, ())]
    if not {*_NEEDED} <= {*names}:
        raise PriceListError(f"is no offer file: its columns are {quoted(', '.join(names))}")
    sku_at, usage_at, kind_at = (names.index(name) for name in ("sku", "usagetype", "termtype"))
    products: dict[str, Product] = {}
    rates: _Rates = defaultdict(lambda: defaultdict(list))
    for number, line in enumerate(lines, _METADATA + 2):
        if len(line) != len(names):
            raise PriceListError(f"row {number} has {len(line)} columns, not {len(names)}")
        sku = line[sku_at]
        if line[kind_at] != "OnDemand" or not wanted.perhaps(sku, line[usage_at]):
            continue
        row = _row(names, line)
        product = products.get(sku) or _product(row)
        if wanted.surely(product) and row["currency"] == "USD":
            products[sku] = product
            rates[sku][row["effectivedate"]].append(_rate(row))
    complete = (_complete(product, rates, top) for product in products.values())
    return Offer(top, tuple(product for product in complete if product.rates))


def _head(lines: Iterator[list[str]]) -> Head:
    pairs = [line for line in islice(lines, _METADATA) if len(line) == 2]
    return head({normal(name): value for name, value in pairs})


def _row(names: Sequence[str], line: Sequence[str]) -> dict[str, str]:
    """The cells by column; of two columns alike, the first that says something."""
    row: dict[str, str] = {}
    for name, cell in zip(names, line, strict=True):
        if not row.get(name):
            row[name] = cell
    return row


def _product(row: dict[str, str]) -> Product:
    named = {name: cell for name, cell in row.items() if cell and name not in _RATE}
    return Product(row["sku"], named.pop("productfamily", ""), named)


def _rate(row: dict[str, str]) -> Rate:
    return rate(row["ratecode"], row["startingrange"], row["endingrange"], row["priceperunit"])


def _complete(product: Product, rates: _Rates, top: Head) -> Product:
    terms = [Term(since, tuple(found)) for since, found in rates[product.sku].items()]
    return Product(product.sku, product.family, product.attributes, in_force(terms, top))
