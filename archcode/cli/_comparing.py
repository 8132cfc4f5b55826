"""Comparing: what `archcode compare` does."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from archcode.cli import _io
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archcode.compare import Basis, Comparison


class Format(StrEnum):
    """How a comparison is printed."""

    TEXT = "text"
    JSON = "json"
    MD = "md"


def tell(
    specs: Iterable[Path],
    *,
    channel: str,
    consumers: int,
    format: Format,
    region: str,
    hours_per_month: str,
    free_tier: bool,
    prices: Path | None,
) -> bool:
    """Print a comparison; whether the spec as it is has no error."""
    from archcode.compare import Basis

    place, hours = _io.region_of(region), _io.hours_of(hours_per_month)
    basis = Basis(_io.price_book(prices), place, hours, free_tier)
    paths = _io.spec_files(specs)
    if len(paths) != 1:
        raise UsageError("a channel is compared in one spec")
    return _one(paths[0], channel, consumers, format, basis)


def _one(path: Path, channel: str, consumers: int, format: Format, basis: Basis) -> bool:
    from archcode.compare import compare_channel
    from archcode.review import findings

    try:
        spec = _io.load_spec(path)
        with _io.patience(f"comparing {path}"):
            found = compare_channel(spec, channel, basis, consumers=consumers)
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    except UsageError as error:
        raise UsageError(f"{_io.shown(path)}: {error}") from None
    told = findings(found.today)
    _io.tell_findings([f for f in told if f.severity == "error"], path)
    _io.say(_text(found, format))
    return not _io.has_errors(told)


def _text(found: Comparison, format: Format) -> str:
    from archcode.render import comparison_json, comparison_markdown, comparison_table

    if format is Format.JSON:
        return comparison_json.render(found)
    if format is Format.MD:
        return comparison_markdown.render(found)
    return comparison_table.render(found, colour=_io.colour(sys.stdout))
