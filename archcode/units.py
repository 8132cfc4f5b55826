"""Quantities: constants, exact parsing of `350/s`, `2 KB`, `250 ms`, `40%`, and plain text.

All quantities are exact rationals (`Fraction`), so a sum of thirds is a whole and no ceiling is
crossed by a rounding error. Money is `Decimal`. AWS meters in binary units: KB, MB and GB are
1,024, 1,024² and 1,024³ bytes here, as in every AWS bill (https://calculator.aws).
"""

from __future__ import annotations

import re
from decimal import ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from archcode.rationals import followed, told

if TYPE_CHECKING:
    from collections.abc import Iterable

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB
SECONDS_PER_HOUR = 3600
HOURS_PER_MONTH = 730
"""AWS's own month: https://docs.aws.amazon.com/pricing-calculator/latest/userguide/faq.html."""

EXACT = Context(prec=120, rounding=ROUND_HALF_EVEN)
"""Wide enough that price × quantity and their sums are never rounded."""


def exact_sum(values: Iterable[Decimal]) -> Decimal:
    """The sum of decimals, never rounded."""
    return reduce(EXACT.add, values, Decimal(0))


QUANTITY_DIGITS = Decimal("1e-12")

RATE_UNITS = {
    "s": 1,
    "sec": 1,
    "min": 60,
    "h": 3600,
    "hour": 3600,
    "d": 86_400,
    "day": 86_400,
    "month": HOURS_PER_MONTH * SECONDS_PER_HOUR,
}
TIME_UNITS = {
    "us": Fraction(1, 1_000_000),
    "ms": Fraction(1, 1000),
    "s": Fraction(1),
    "sec": Fraction(1),
    "min": Fraction(60),
    "h": Fraction(3600),
    "d": Fraction(86_400),
    "day": Fraction(86_400),
    "days": Fraction(86_400),
}
SIZE_UNITS = {
    "B": 1,
    "KB": KIB,
    "KiB": KIB,
    "MB": MIB,
    "MiB": MIB,
    "GB": GIB,
    "GiB": GIB,
    "TB": 1024 * GIB,
    "TiB": 1024 * GIB,
}
MULTIPLES = {"": 1, "k": 1000, "K": 1000, "M": 1_000_000, "G": 1_000_000_000, "B": 1_000_000_000}

RATE_FORMS = "350/s, 20k/min, 5M/day"
TIME_FORMS = "250 ms, 30 s, 6 min, 4 h, 7 d"
SIZE_FORMS = "500 B, 2 KB, 1 MB, 3 GB"
SHARE_FORMS = "40%, 0.1%"
COUNT_FORMS = "10, 2_000_000, 5k, 2M"
AMOUNT_FORMS = "2500, 99.50, 5k"


def _pattern(ends: Iterable[str]) -> str:
    """A quantity with one of these ends, as a regular expression of JSON Schema."""
    return rf"^\s*\+?[0-9][0-9_]*(\.[0-9]+)?\s*({'|'.join(ends)})\s*$"


RATE_PATTERN = _pattern([rf"[kKMGB]?\s*/\s*{unit}" for unit in RATE_UNITS])
TIME_PATTERN = _pattern(TIME_UNITS)
SIZE_PATTERN = _pattern(SIZE_UNITS)
SHARE_PATTERN = r"^\s*\+?0*(100(\.0+)?|[0-9]{1,2}(\.[0-9]+)?)\s*%\s*$"
COUNT_PATTERN = _pattern(["[kKMGB]?"])
ABOVE_ZERO = "(?=[^1-9]*[1-9])"
"""Begins a pattern, after its `^`, for quantities that cannot be 0."""

_NUMBER = re.compile(r"\s*([+-]?)([0-9][0-9_]*(?:\.[0-9]+)?)\s*(.*?)\s*", re.DOTALL)
LARGEST = Fraction(10**18)
_MOST_DIGITS = 60
"""Bounded digits keep a hostile "1e999999999" from becoming a number of gigabytes."""


class QuantityError(ValueError):
    """A quantity that cannot be read: the rule it breaks, the fact, and what may be meant."""

    def __init__(self, rule: str, message: str, hint: str = "") -> None:
        self.rule, self.hint = rule, hint
        super().__init__(message)


def rate(value: object) -> Fraction:
    """Messages per second of a text such as `350/s` or `5M/day`.

    Raises QuantityError when the unit is missing or unknown, or the rate is negative.
    """
    if followed(value):
        return _bounded(value, _not_negative(value, value))
    number, rest = _split(value, "rate", RATE_FORMS)
    multiple, slash, per = rest.partition("/")
    multiple = multiple.strip()
    if not slash or multiple not in MULTIPLES or per.strip() not in RATE_UNITS:
        meant = _near_rate_unit(multiple, per.strip()) if slash else ""
        raise _wrong_unit(value, rest, "rate", RATE_FORMS, meant)
    return _bounded(value, number * MULTIPLES[multiple] / RATE_UNITS[per.strip()])


def seconds(value: object) -> Fraction:
    """Seconds of a text such as `250 ms` or `7 d`; raises QuantityError."""
    if followed(value):
        return _bounded(value, _not_negative(value, value))
    number, rest = _split(value, "duration", TIME_FORMS)
    if rest not in TIME_UNITS:
        raise _wrong_unit(value, rest, "duration", TIME_FORMS, _near(rest, TIME_UNITS))
    return _bounded(value, number * TIME_UNITS[rest])


def size(value: object) -> Fraction:
    """Bytes of a text such as `2 KB` (1 KB = 1,024 bytes, as AWS bills); raises QuantityError."""
    if followed(value):
        return _bounded(value, _not_negative(value, value))
    number, rest = _split(value, "size", SIZE_FORMS)
    if rest not in SIZE_UNITS:
        raise _wrong_unit(value, rest, "size", SIZE_FORMS, _near(rest, SIZE_UNITS))
    return _bounded(value, number * SIZE_UNITS[rest])


def share(value: object) -> Fraction:
    """A part of one, from a percentage such as `40%`; raises QuantityError."""
    if followed(value):
        number, rest = _not_negative(value, value) * 100, "%"
    else:
        number, rest = _split(value, "share", SHARE_FORMS)
    if rest != "%":
        raise _wrong_unit(value, rest, "share", SHARE_FORMS)
    if number > 100:
        raise QuantityError("out_of_range", f"is {quoted(value)}, above 100%")
    return number / 100


def count(value: object) -> Fraction:
    """A plain number such as `10`, `2_000_000` or `5M`; raises QuantityError."""
    if followed(value):
        return _bounded(value, _not_negative(value, value))
    number, rest = _split(value, "count", COUNT_FORMS)
    if rest not in MULTIPLES:
        raise _wrong_unit(value, rest, "count", COUNT_FORMS)
    return _bounded(value, number * MULTIPLES[rest])


def amount(value: object) -> Fraction:
    """An amount of money such as `2500`, `99.50` or `5k`; raises QuantityError."""
    if followed(value):
        return _bounded(value, _not_negative(value, value))
    number, rest = _split(value, "budget", AMOUNT_FORMS)
    if rest not in MULTIPLES:
        raise _wrong_unit(value, rest, "budget", AMOUNT_FORMS)
    return _bounded(value, number * MULTIPLES[rest])


def _split(value: object, noun: str, forms: str) -> tuple[Fraction, str]:
    """The number of a quantity and what stands behind it."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal | Fraction):
        raise QuantityError("wrong_type", f"is {quoted(value)}, not a {noun} such as {forms}")
    if not isinstance(value, str):
        return _not_negative(value, Fraction(_bounded_number(value))), ""
    match = _NUMBER.fullmatch(value)
    if match is None:
        raise QuantityError("wrong_type", f"is {quoted(value)}, not a {noun} such as {forms}")
    sign, digits, rest = match.groups()
    if len(digits) > _MOST_DIGITS:
        raise QuantityError("out_of_range", f"is {quoted(value)}, of more than 60 digits")
    return _not_negative(value, Fraction(sign + digits.replace("_", ""))), rest


def _bounded_number(value: Decimal | Fraction | int) -> Decimal | Fraction | int:
    """A number of a size that can be counted with."""
    if isinstance(value, Decimal) and abs(value.adjusted()) > _MOST_DIGITS:
        end = "above 10^18" if value.adjusted() > 0 else "of more than 60 digits"
        raise QuantityError("out_of_range", f"is {quoted(value)}, {end}")
    return value


def _not_negative(value: object, number: Fraction) -> Fraction:
    if number < 0:
        raise QuantityError("negative_quantity", f"is {quoted(value)}, below 0")
    return number


def _bounded(value: object, number: Fraction) -> Fraction:
    if number > LARGEST:
        raise QuantityError("out_of_range", f"is {quoted(value)}, above 10^18")
    return number


def _wrong_unit(value: object, unit: str, noun: str, forms: str, meant: str = "") -> QuantityError:
    if unit.strip() in MULTIPLES:
        message = f"is {quoted(value)}, a {noun} without a unit; write it like {forms}"
        return QuantityError("missing_unit", message)
    message = (
        f"is {quoted(value)}, and {quoted(unit)} is no unit of a {noun}; write it like {forms}"
    )
    return QuantityError("unknown_unit", message, f"did you mean {meant}?" if meant else "")


def _near(unit: str, units: Iterable[str]) -> str:
    """The unit that another spelling means: `kb` for KB, `minutes` for min."""
    from difflib import get_close_matches

    known = [*units]
    same = [name for name in known if name.lower() == unit.lower()]
    longer = [name for name in known if len(name) > 1 and unit.lower().startswith(name.lower())]
    alike = get_close_matches(unit[:20], known, n=1)
    return next(iter([*same, *longer, *alike]), "")


def _near_rate_unit(multiple: str, per: str) -> str:
    """The same for `350 messages/sek`: the multiple is left out where it is none."""
    near = per if per in RATE_UNITS else _near(per, RATE_UNITS)
    kept = multiple if multiple in MULTIPLES else ""
    return f"{kept}/{near}" if near else ""


def quoted(value: object) -> str:
    """What the author wrote, in double quotes when it is text, cut at 60 characters."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "empty"
    if isinstance(value, str):
        printable = "".join(c if c.isprintable() else "·" for c in value[:61])
        return f'"{printable[:60]}…"' if len(value) > 60 else f'"{printable}"'
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, Decimal) and abs(value.adjusted()) > _MOST_DIGITS:
        return f"{value:.3e}"
    text = plain(value) if isinstance(value, Decimal | Fraction | int) else f"{value}"
    return f"{text[:60]}…" if len(text) > 60 else text


def to_decimal(value: Fraction | int) -> Decimal:
    """A rational as a decimal, rounded half-even at 12 places (exact for whole numbers)."""
    exact = EXACT.divide(Decimal(value.numerator), Decimal(value.denominator))
    return exact.quantize(QUANTITY_DIGITS, context=EXACT).normalize(EXACT)


def plain(value: Decimal | Fraction | int) -> str:
    """A number as plain digits, never in scientific notation, without trailing zeros."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Fraction):
        value = to_decimal(told(value))
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


_QUANTA = tuple(Decimal(1).scaleb(-digits) for digits in range(10))
_THREE_DIGITS = Context(prec=3)
_AT_MOST = Context(prec=3, rounding=ROUND_DOWN)


def grouped(value: Decimal | Fraction | int, digits: int = 2) -> str:
    """A number for a reader: thousands separated, at most `digits` decimals."""
    if followed(value):
        value = value.told()
    if not isinstance(value, Decimal) and value.denominator == 1:
        return f"{value.numerator:,}"
    number = to_decimal(value) if isinstance(value, Fraction) else Decimal(value)
    if number != 0 and abs(number) < _QUANTA[digits]:
        return plain(number.normalize(_THREE_DIGITS))
    rounded = number.quantize(_QUANTA[digits], ROUND_HALF_EVEN, EXACT)
    text = f"{rounded:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def at_most(value: Fraction) -> Decimal:
    """A number above zero in three digits, rounded down: what can be promised."""
    value = Fraction(told(value))
    return _AT_MOST.divide(Decimal(value.numerator), Decimal(value.denominator))


def bytes_text(value: Fraction | int) -> str:
    """A size for a reader, in the largest binary unit that keeps it above one."""
    return _bytes_text(told(value))


@lru_cache(maxsize=4096)
def _bytes_text(value: Fraction | int) -> str:
    for unit, factor in (("GB", GIB), ("MB", MIB), ("KB", KIB)):
        if value >= factor:
            return f"{grouped(Fraction(value) / factor)} {unit}"
    return f"{grouped(value)} B"


_TIMES = ((172_800, 86_400, "d"), (3_600, 3_600, "h"), (120, 60, "min"))
"""From how many seconds on a time is told in which unit, and the seconds of that."""


def time_text(seconds: Fraction | int) -> str:
    """A time for a reader in the largest unit that needs two decimals at most: 90 s, 24 h, 14 d."""
    value = Fraction(told(seconds))
    if value < 1:
        return f"{grouped(value * 1000)} ms" if value else "0 s"
    units = [(size, unit) for least, size, unit in _TIMES if value >= least]
    if value == 60:
        units = [(60, "min")]
    exact = [(n, u) for n, u in [*units, (1, "s")] if (value * 100 / n).denominator == 1]
    size, unit = (exact or units or [(1, "s")])[0]
    return f"{grouped(value / size)} {unit}"


def ceil(value: Fraction | int) -> int:
    """The smallest whole number that is not below a rational."""
    if followed(value):
        return value.ceiling()
    return -(-value.numerator // value.denominator)


def cents(values: list[Decimal], digits: int = 2) -> list[Decimal]:
    """Values rounded so that they add up to the rounded sum (largest remainder)."""
    cent = _QUANTA[digits]
    total = exact_sum(values).quantize(cent, ROUND_HALF_EVEN, EXACT)
    floors = [value.quantize(cent, ROUND_FLOOR, EXACT) for value in values]
    missing = int((total - sum(floors, Decimal(0))) / cent)
    by_remainder = sorted(range(len(values)), key=lambda i: (floors[i] - values[i], i))
    raised = set(by_remainder[:missing])
    return [floor + cent if i in raised else floor for i, floor in enumerate(floors)]
