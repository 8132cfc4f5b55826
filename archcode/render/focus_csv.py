"""One row per charge under FOCUS 1.2 column names: https://focus.finops.org/focus-specification/.

The names are FOCUS's; the file is no conformant FOCUS data set, which needs an invoice's columns.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from archcode.currency import MONEY, PRICING_CURRENCY
from archcode.units import plain

if TYPE_CHECKING:
    from decimal import Decimal

    from archcode.currency import Currency
    from archcode.estimate import Estimate
    from archcode.model import Charge

COLUMNS = {
    "ResourceName": "resource_name",
    "ResourceType": "resource_type",
    "RegionId": "region_id",
    "ChargeDescription": "charge_description",
    "SkuId": "sku_id",
    "PricingQuantity": "pricing_quantity",
    "PricingUnit": "pricing_unit",
    "ListUnitPrice": "list_unit_price",
    "ListCost": "list_cost",
    "ContractedUnitPrice": "contracted_unit_price",
    "ContractedCost": "contracted_cost",
    "ChargeFrequency": "charge_frequency",
}
"""Columns and the field of a charge that fills each."""
_CURRENCY = ("BillingCurrency", "PricingCurrency", "x_ExchangeRate")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(estimate: Estimate) -> str:
    """The charges as CSV; an unknown figure is an empty cell."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    currency = estimate.currency
    rows.writerow([*COLUMNS, *_CURRENCY])
    rate = plain(currency.exchange_rate)
    for charge in estimate.charges:
        cells = [_cell(charge, field, currency) for field in COLUMNS.values()]
        rows.writerow([*cells, currency.code, PRICING_CURRENCY, rate])
    return out.getvalue()


def _cell(charge: Charge, field: str, currency: Currency) -> str:
    value: str | Decimal | None = getattr(charge, field)
    if value is None:
        return ""
    if not isinstance(value, str):
        return plain(currency.of(value) if field in MONEY else value)
    # A spreadsheet runs text that begins like a formula.
    return f"'{value}" if value.startswith(_FORMULA_STARTS) else value
