"""Which meter a product is: filters on its usage type, anchored at both ends, and attributes."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

from msgspec import Struct, field

from archcode.pricebook import GLOBAL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archcode.offers.model import Product

PREFIX = r"(?:(?!IA-)[A-Z]{2,4}\d?-)?"
"""A region's code before a usage type, such as `EUC1-`; `IA-` is a class of storage."""
_PLACE = re.compile(r"\{(\w+)\}")
_AWS_REGION = "AWS Region"


class Match(Struct, frozen=True):
    """The products of one meter, or of a family of meters.

    `meter` may have places for groups of `usage_type` and for attributes:
    `broker_kafka_{size}`. `usage_type` is what follows the region's code, as a regular
    expression. `where` has the values that attributes must have, `|` between alternatives and
    an empty text for none. With a `unit`, products make meters that the book does not have yet.
    """

    meter: str
    usage_type: str = "[A-Za-z].*"
    where: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    account_wide: bool = False

    def meter_of(self, product: Product) -> str:
        """The meter that a product is, or an empty text."""
        attributes = product.attributes
        found = pattern(self.usage_type, self.account_wide).fullmatch(
            attributes.get("usagetype", "")
        )
        known = {"family": product.family, **attributes}
        if not found or any(
            known.get(name, "") not in value.split("|") for name, value in self.where.items()
        ):
            return ""
        named = {**attributes, **found.groupdict()}
        return _filled(self.meter, named)

    def covers(self, meter: str) -> bool:
        """Whether products of this filter can be that meter."""
        plain = re.escape(_PLACE.sub("\0", self.meter)).replace(re.escape("\0"), r"\w+")
        return re.fullmatch(plain, meter) is not None


@cache
def pattern(usage_type: str, account_wide: bool) -> re.Pattern[str]:  # noqa: FBT001 - a cache key
    """The whole usage type; free quantities of an account have no region's code."""
    return re.compile(f"{'' if account_wide else PREFIX}{usage_type}")


def matched(
    products: Iterable[Product], matches: Iterable[Match], offer: str, region: str
) -> dict[str, list[Product]]:
    """The products of a region by meter; of `global`, those of the whole account."""
    found: dict[str, list[Product]] = defaultdict(list)
    rules = [match for match in matches if match.account_wide == (region == GLOBAL)]
    for product in products:
        if not _belongs(product.attributes, offer, region):
            continue
        for meter in {match.meter_of(product) for match in rules} - {""}:
            found[meter].append(product)
    return found


def _belongs(attributes: Mapping[str, str], offer: str, region: str) -> bool:
    """Whether a product is the offer's own, in the region itself or of the whole account.

    Outposts, Local Zones and Wavelength Zones are listed beside their region, and other offers'
    data transfer beside an offer's products.
    """
    if attributes.get("servicecode", offer) != offer:
        return False
    if region == GLOBAL:
        return attributes.get("location") == "Any"
    kind = attributes.get("locationtype") or attributes.get("fromlocationtype")
    place = attributes.get("regioncode") or attributes.get("fromregioncode") or region
    return kind == _AWS_REGION and place == region


def _filled(meter: str, named: Mapping[str, str]) -> str:
    """The name of a meter with its places filled, or an empty text where one has no value."""
    values = {name: _word(named.get(name, "")) for name in _PLACE.findall(meter)}
    return meter.format(**values) if all(values.values()) else ""


def _word(text: str) -> str:
    """A part of a meter's name: `m5.2xl` and `m5.2xlarge` are both `m5_2xlarge`."""
    word = re.sub(r"[^a-z0-9]+", "_", text.lower())
    return f"{word}arge" if word.endswith("xl") else word
