"""Names of a price overlay to prices: a type, a price file, or a meter of either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.metering import price_files, price_of
from archcode.services import known_types, lookup
from archcode.spec.problems import suggestion
from archcode.units import QuantityError, quoted

if TYPE_CHECKING:
    from archcode.overlay.model import Key


def resolve(name: str) -> tuple[Key, ...]:
    """The prices that a name means; raises QuantityError where it means none.

    A type means the meters of its own price file: keys, logs and data transfer that it may cause
    are services of their own, and have price files of their own.
    """
    head, slash, meter = name.partition("/")
    service = lookup(head)
    if service is None:
        return _of_file(head, meter, whole=not slash)
    every = {m.name: price_of(service, m) for m in service.meters}
    keys = {name: key for name, key in every.items() if key[0]}
    if not keys or (meter in every and meter not in keys):
        reason = "its price is stated in the spec" if every else "it is outside AWS"
        raise QuantityError("never_listed", f"has no price list: {reason}")
    if not slash:
        own = service.price_file or next(iter(keys.values()))[0]
        return tuple(dict.fromkeys(key for key in keys.values() if key[0] == own))
    if meter not in keys:
        raise _unknown_meter(meter, service.type, tuple(keys))
    return (keys[meter],)


def _of_file(file: str, meter: str, *, whole: bool) -> tuple[Key, ...]:
    files = price_files()
    if file not in files:
        hint = suggestion(file, (*known_types(), *files), "known")
        raise QuantityError("unknown_type", f"{quoted(file)} is no type and no price file", hint)
    if whole:
        return ((file, ""),)
    if meter not in files[file]:
        raise _unknown_meter(meter, file, files[file])
    return ((file, meter),)


def _unknown_meter(meter: str, owner: str, known: tuple[str, ...]) -> QuantityError:
    hint = suggestion(meter, known, "known")
    return QuantityError("unknown_meter", f"{quoted(meter)} is no meter of {owner}", hint)
