"""What an offer file says: products, each with its rates, under a head with version and date."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from archcode.errors import PriceListError
from archcode.offers import AWS
from archcode.pricebook import EXACT_DECIMAL
from archcode.units import plain, quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WRITTEN = re.compile(r"[0-9]{1,40}(\.[0-9]{1,40})?([Ee][-+]?[0-9]{1,2})?")
_RATE_CODE = re.compile(r"[A-Za-z0-9.]+")


class Head(Struct, frozen=True):
    """Which offer a file holds, its version and the moment it was published."""

    offer: str
    version: str
    published: str

    @property
    def date(self) -> str:
        """The day of publication."""
        return self.published[:10]

    def address(self, region: str) -> str:
        """Where AWS keeps this version of the offer for a region, for good."""
        return f"{AWS}/offers/v1.0/aws/{self.offer}/{self.version}/{region}/index.json"


class Rate(Struct, frozen=True):
    """The price of a unit between two quantities; `end` None means no end."""

    code: str
    start: Decimal
    end: Decimal | None
    usd: Decimal


class Product(Struct, frozen=True):
    """A product with its on-demand rates, lowest first.

    Names of attributes are in lower case, letters and digits only, so that those of the JSON
    (`usagetype`) and of the CSV (`usageType`) are one.
    """

    sku: str
    family: str
    attributes: Mapping[str, str]
    rates: tuple[Rate, ...] = ()


class Wanted(Protocol):
    """Which products to hold: one that is not wanted costs no memory."""

    def perhaps(self, sku: str, usage_type: str) -> bool:
        """Whether a product is worth a closer look."""

    def surely(self, product: Product) -> bool:
        """Whether it is one to hold."""


class Offer(Struct, frozen=True):
    """The products of an offer file that were wanted."""

    head: Head
    products: tuple[Product, ...]


class Term(Struct, frozen=True):
    """The rates of a product from a day on."""

    since: str
    rates: tuple[Rate, ...]


def head(fields: Mapping[str, str]) -> Head:
    """The head of an offer file; raises PriceListError where it is none."""
    offer, version = fields.get("offercode", ""), fields.get("version", "")
    published = fields.get("publicationdate", "")
    if not offer:
        raise PriceListError("is no offer file: it names no offerCode")
    if not re.fullmatch(r"\w+", version) or not re.match(r"\d{4}-\d\d-\d\d", published):
        raise PriceListError(f"is no offer file: {quoted(version)}, {quoted(published)} date it")
    return Head(offer, version, published)


def normal(name: str) -> str:
    """The name of an attribute without its case, blanks and signs."""
    return "".join(letter for letter in name.lower() if letter.isalnum())


def rate(code: str, start: str, end: str, usd: str) -> Rate:
    """A rate from the texts of the list; raises PriceListError."""
    if not _RATE_CODE.fullmatch(code):
        raise PriceListError(f"{quoted(code)} is no rate code")
    return Rate(
        code,
        _number(start, code),
        None if end == "Inf" else _number(end, code),
        _number(usd, code),
    )


def in_force(terms: Iterable[Term], head: Head) -> tuple[Rate, ...]:
    """The rates of the latest term that had begun when the list was published."""
    begun = [term for term in terms if term.since[:10] <= head.date]
    latest = max((term.since for term in begun), default="")
    rates = [rate for term in begun if term.since == latest for rate in term.rates]
    return tuple(sorted(rates, key=lambda rate: rate.start))


def _number(text: str, code: str) -> Decimal:
    """A number that the price book can hold, with or without an exponent."""
    number = Decimal(text) if _WRITTEN.fullmatch(text) else None
    if number is None or not EXACT_DECIMAL.fullmatch(plain(number)):
        fact = "is no number from 0 of at most 20 digits and 20 decimals"
        raise PriceListError(f"{quoted(text)} at {quoted(code)} {fact}")
    return number
