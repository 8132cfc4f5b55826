"""An offer file in JSON, as a stream: a file of 450 MB needs no more memory than a small one.

Products stand before their prices, so the file is read twice: which products are wanted, then
their prices. Only those are held.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO

import ijson
from msgspec.structs import replace

from archcode.errors import PriceListError
from archcode.offers.model import Offer, Product, Rate, Term, head, in_force, normal, rate
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.offers.model import Wanted

_CURRENCY = "USD"
_TEXTS = ("string", "number")
_BEGINS = ("start_map", "start_array")
_ENDS = ("end_map", "end_array")
_SHOWN = 50
_DEEPEST = 9
"""Of an offer file's head; what nests deeper is none."""
_MOST_OPEN = 10_000
"""Brackets that are open or opened in one part of a file; each takes memory while it is open."""
_NO_BRACKETS = bytes({*range(256)} - {*b"{}[]"})
_SAMPLE, _SAMPLES_APART = 100, 2000
"""Bytes that are digits in a long number only: ijson ends the process over one of 4,301 digits,
which Python does not convert, and half of it is in one part of the file."""


class _Guarded:
    """A file from its begin, of which each part is looked at before ijson meets it."""

    def __init__(self, file: BinaryIO) -> None:
        file.seek(0)
        self._file = file
        self._open = 0

    def read(self, size: int) -> bytes:
        """The next part; raises PriceListError for what no offer file has."""
        part = self._file.read(size)
        # Deleting all other bytes is four times as fast as counting each bracket.
        brackets = part.translate(None, _NO_BRACKETS)
        opened = len(brackets.translate(None, b"}]"))
        if self._open + opened > _MOST_OPEN:
            raise PriceListError("is no offer file: it nests without end")
        self._open += 2 * opened - len(brackets)
        # A number so long covers one of these samples, which are read faster than every byte.
        if any(
            part[at : at + _SAMPLE].isdigit()
            for at in range(0, len(part) - _SAMPLE + 1, _SAMPLES_APART)
        ):
            raise PriceListError("is no offer file: it has a number of thousands of digits")
        return part


def read(file: BinaryIO, wanted: Wanted) -> Offer:
    """The wanted products of an offer file that can be read twice; raises PriceListError."""
    try:
        return _read(file, wanted)
    except (ijson.JSONError, UnicodeDecodeError, ArithmeticError):
        raise PriceListError(f"is no whole JSON; {_ends(file)}") from None


def _read(file: BinaryIO, wanted: Wanted) -> Offer:
    top = head(_fields(file))
    products = {product.sku: product for product in _products(file, wanted)}
    rates = {
        sku: in_force((_term(term, sku) for term in terms.values()), top)
        for sku, terms in _items(file, "terms.OnDemand")
        if sku in products
    }
    return Offer(
        top,
        tuple(replace(p, rates=rates[sku]) for sku, p in products.items() if rates.get(sku)),
    )


def _fields(file: BinaryIO) -> dict[str, str]:
    """What the file says of itself, before its products."""
    fields: dict[str, str] = {}
    name, depth = "", 0
    for event, value in ijson.basic_parse(_Guarded(file)):
        depth += event in _BEGINS
        depth -= event in _ENDS
        if depth == 1 and event == "map_key":
            name = value
        elif depth == 1 and event in _TEXTS:
            fields[normal(name)] = str(value)
        if name == "products" or depth > _DEEPEST:
            break
    return fields


def _items(file: BinaryIO, prefix: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The members of an object in the file, to the file's end."""
    for key, value in ijson.kvitems(_Guarded(file), prefix):
        yield key, _mapping(value, key)


def _products(file: BinaryIO, wanted: Wanted) -> Iterator[Product]:
    for sku, item in _items(file, "products"):
        attributes = _mapping(item.get("attributes"), sku)
        if wanted.perhaps(sku, _text(attributes, "usagetype")):
            product = _product(sku, item, attributes)
            if wanted.surely(product):
                yield product


def _product(sku: str, item: dict[str, Any], attributes: dict[str, Any]) -> Product:
    named = {normal(name): str(value) for name, value in attributes.items()}
    return Product(sku, _text(item, "productFamily"), named)


def _term(term: object, sku: str) -> Term:
    fields = _mapping(term, sku)
    dimensions = _mapping(fields.get("priceDimensions"), sku)
    rates = [_rate(code, _mapping(dimension, code)) for code, dimension in dimensions.items()]
    return Term(_text(fields, "effectiveDate"), tuple(rate for rate in rates if rate))


def _rate(code: str, dimension: dict[str, Any]) -> Rate | None:
    """A rate, or None where it has no price in dollars."""
    usd = _text(_mapping(dimension.get("pricePerUnit"), code), _CURRENCY)
    bounds = _text(dimension, "beginRange"), _text(dimension, "endRange")
    return rate(code, *bounds, usd) if usd else None


def _text(fields: dict[str, Any], name: str) -> str:
    return str(fields.get(name, ""))


def _mapping(value: object, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise PriceListError(f"is no offer file: {quoted(where)} holds {quoted(value)}")
    return value


def _ends(file: BinaryIO) -> str:
    """How the file begins and ends, which tells a page or a cut."""
    file.seek(0)
    first = file.read(_SHOWN)
    file.seek(max(len(first), file.seek(0, io.SEEK_END) - _SHOWN))
    texts = (part.decode("utf-8", "replace").split() for part in (first, file.read()))
    first_text, last_text = (quoted(" ".join(words)) for words in texts)
    return f"it begins {first_text} and ends {last_text}"
