"""The currency in which amounts are shown: list prices are US dollars, converted once, exactly."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal

from msgspec import Struct

from archcode.units import EXACT, grouped, plain

_SIGNS = {
    "AUD": "A$",
    "BRL": "R$",
    "CAD": "CA$",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "INR": "₹",
    "JPY": "¥",
    "KRW": "₩",
    "MXN": "MX$",
    "NZD": "NZ$",
    "SGD": "S$",
    "USD": "$",
}
"""Signs that are known everywhere and in the bundled font; any other currency shows its code."""
_WITHOUT_CENTS = (
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "VND", "VUV",
    "XAF", "XOF", "XPF",
)  # fmt: skip
_THREE_DIGITS = ("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND")
"""Digits of the minor unit where they are not two: https://www.iso.org/iso-4217-currency-codes.html"""
DIGITS = dict.fromkeys(_WITHOUT_CENTS, 0) | dict.fromkeys(_THREE_DIGITS, 3)


class Currency(Struct, frozen=True):
    """An ISO 4217 code and how much of it one US dollar is."""

    code: str = "USD"
    exchange_rate: Decimal = Decimal(1)

    @property
    def digits(self) -> int:
        """Decimals of an amount: 2 for cents, 0 for yen."""
        return DIGITS.get(self.code, 2)

    def of(self, usd: Decimal) -> Decimal:
        """An amount of US dollars in this currency, exact."""
        return usd if self.exchange_rate == 1 else EXACT.multiply(usd, self.exchange_rate)

    def shown(self, amount: Decimal, exact: Decimal = Decimal(0)) -> str:
        """An amount of this currency, rounded before; `<€0.01` is not nothing."""
        least = Decimal(1).scaleb(-self.digits)
        if amount == 0 < exact:
            return f"<{self.sign}{least}"
        number = abs(amount).quantize(least, ROUND_HALF_EVEN, EXACT)
        return f"{'-' if amount < 0 else ''}{self.sign}{number:,}"

    def amount(self, amount: Decimal, *, fine: bool = False) -> str:
        """An exact amount of this currency, to the cent; two digits more where it is `fine`."""
        if not fine:
            return self.shown(amount)
        whole, _, part = grouped(abs(amount), self.digits + 2).partition(".")
        number = f"{whole}.{part.ljust(self.digits, '0')}" if part or self.digits else whole
        return f"{'-' if amount < 0 else ''}{self.sign}{number}"

    def unit_price(self, usd: Decimal) -> str:
        """The price of one unit with all its digits."""
        return f"{self.sign}{plain(self.of(usd))}"

    def precise(self, usd: Decimal) -> str:
        """An amount with two digits more than a cent has."""
        return f"{self.sign}{grouped(self.of(usd), self.digits + 2)}"

    @property
    def words(self) -> str:
        """The code, and the rate of the conversion where there was one."""
        if self == USD:
            return self.code
        return f"{self.code} at {plain(self.exchange_rate)} for 1 USD"

    @property
    def factor(self) -> str:
        """The conversion at the end of a formula in US dollars; nothing where there is none."""
        return "" if self == USD else f" × {plain(self.exchange_rate)} {self.code}/USD"

    @property
    def sign(self) -> str:
        """What stands before an amount: a sign, or the code and a space."""
        return _SIGNS.get(self.code, f"{self.code} ")


USD = Currency()
PRICING_CURRENCY = USD.code
"""The currency of AWS's price list."""
MONEY = ("list_unit_price", "list_cost", "contracted_unit_price", "contracted_cost")
"""The fields of a charge that are amounts of US dollars."""


def dollars(amount: Decimal | None) -> str:
    """US dollars to the cent, or `unknown`."""
    return "unknown" if amount is None else USD.shown(amount, amount)
