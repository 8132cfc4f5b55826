"""Tables of the price commands as text, JSON or CSV, and the names that they take."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from archcode.cli import _io
from archcode.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archcode.services._service import AnyService


class Layout(StrEnum):
    """How a table is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


LayoutOption = Annotated[Layout, typer.Option("--format", "-f", help="How to print it.")]


def say_json(document: object) -> None:
    """A document as indented JSON."""
    import json

    _io.say(json.dumps(document, indent=2, ensure_ascii=False) + "\n")


def say_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Rows as CSV."""
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([head, *rows])
    _io.say(out.getvalue())


def say_table(
    head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()
) -> None:
    """Rows in aligned columns; the first one is left blank where it repeats."""
    from archcode.render.columns import aligned

    shown: list[Sequence[str]] = [head]
    previous = ""
    for first, *others in rows:
        shown.append(("" if first == previous else first, *others))
        previous = first
    _io.say("".join(f"{line}\n" for line in aligned(shown, right)))


def named(name: str) -> AnyService | str:
    """The service of a type, or a price file by its name; raises UsageError for neither."""
    from archcode.metering import price_files
    from archcode.services import known_types, lookup
    from archcode.spec.problems import suggestion
    from archcode.units import quoted

    service = lookup(name)
    if service is not None:
        return service
    files = tuple(price_files())
    if name in files:
        return name
    hint = suggestion(name, (*known_types(), *files), "known")
    raise UsageError(f"{quoted(name)} is no known type and no price file; {hint}")


def unpriced(service: AnyService) -> str:
    """Why a type has no prices at all, or an empty text."""
    if any(meter.price_file or service.price_file for meter in service.meters):
        return ""
    stated = "its price is stated in the spec" if service.meters else "it is outside AWS"
    return f"{service.type} has no price list: {stated}\n"
