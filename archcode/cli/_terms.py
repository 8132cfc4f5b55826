"""The options about money that is shown: agreed prices and another currency."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from archcode.cli import _io
from archcode.cli._agreement import Terms
from archcode.currency import USD, Currency
from archcode.errors import SpecError, UsageError
from archcode.units import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from archcode.overlay.model import Overlay

_CODE = re.compile(r"[A-Z]{3}")
_RATE = re.compile(r"[0-9]{1,9}(\.[0-9]{1,12})?")


def terms_of(overlay: Path | None = None, currency: str = "", exchange_rate: str = "") -> Terms:
    """What the options say; ends the command with 1 where the overlay has errors.

    Raises UsageError for an option that cannot be read.
    """
    shown = _currency(currency, exchange_rate)
    return Terms(_overlay(overlay) if overlay else None, shown)


def _overlay(path: Path) -> Overlay:
    from archcode.overlay.parse import parse_overlay

    if not path.exists() and path != _io.STDIN:
        raise UsageError(f"--price-overlay {path}: no such file")
    try:
        return parse_overlay(_io.read_spec(path))
    except SpecError as error:
        _io.spec_errors(error, path)
        raise SystemExit(1) from None


def _currency(code: str, rate: str) -> Currency:
    if not code and not rate:
        return USD
    if not code or not rate:
        given, lacking = ("--currency", "--exchange-rate") if code else (
            "--exchange-rate", "--currency",
        )  # fmt: skip
        raise UsageError(f"{given} needs {lacking}: --currency EUR --exchange-rate 0.92")
    if not _CODE.fullmatch(code):
        raise UsageError(f"--currency is {quoted(code)}; it must be three capitals, such as EUR")
    value = Decimal(rate) if _RATE.fullmatch(rate) else Decimal(0)
    if value <= 0:
        message = f"--exchange-rate is {quoted(rate)}; it must be the price of 1 USD, such as 0.92"
        raise UsageError(message)
    if code == USD.code and value != 1:
        raise UsageError(f"--exchange-rate is {quoted(rate)}, but 1 USD is 1 USD")
    return Currency(code, value)


def amount_of(text: str, option: str) -> Decimal | None:
    """An amount of US dollars, None where the option is not given; raises UsageError."""
    if not text:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,2})?", text):
        raise UsageError(f"{option} is {quoted(text)}; it must be US dollars, such as 100")
    return Decimal(text)
