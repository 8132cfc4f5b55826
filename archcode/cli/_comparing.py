"""Comparing: what `archcode compare` does."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING

from archcode.cli import _io
from archcode.cli._terms import amount_of
from archcode.cli._today import is_sound
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from archcode.cli._agreement import Terms
    from archcode.compare import Basis, Comparison
    from archcode.spec.model import Spec


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
    third_party_cost: str,
    format: Format,
    region: str,
    hours_per_month: str,
    free_tier: bool,
    prices: Path | None,
    terms: Terms,
) -> bool:
    """Print a comparison; whether the spec as it is has no error."""
    from archcode.compare import Basis

    place, hours = _io.region_of(region), _io.hours_of(hours_per_month)
    third = amount_of(third_party_cost, "--third-party-cost")
    book = _io.price_book(prices)
    basis = Basis(book, place, hours, free_tier, terms.overlay, terms.currency, third)
    # Specs of one name in different folders are what one compares: nothing is written.
    paths = list(dict.fromkeys(file for path in specs for file in _io.spec_files([path])))
    if len(paths) == 1:
        return _one(paths[0], channel, consumers, format, basis)
    if channel or consumers:
        raise UsageError(f"--channel takes one spec, not {len(paths)}")
    return _several(paths, format, basis)


def _several(paths: list[Path], format: Format, basis: Basis) -> bool:
    """Print whole specs side by side; whether none of them has an error."""
    from archcode.compare.specs import compare_specs
    from archcode.render import specs_json, specs_markdown, specs_table

    specs = [(path, spec) for path in paths if (spec := _readable(path, basis))]
    if len(specs) < len(paths):
        return False
    with _io.patience("comparing"):
        found = compare_specs([(_io.shown(path), spec) for path, spec in specs], basis)
    renderers = {Format.JSON: specs_json.render, Format.MD: specs_markdown.render}
    render = renderers.get(format)
    _io.say(render(found) if render else specs_table.render(found, colour=_io.colour(sys.stdout)))
    return not any(_io.has_errors(side.findings) for side in found.sides)


def _readable(path: Path, basis: Basis) -> Spec | None:
    """A spec whose traffic can be told; its problems are told else."""
    try:
        spec = _io.load_spec(path)
        basis.loaded(spec)
    except SpecError as error:
        _io.spec_errors(error, path)
        return None
    return spec


def _one(path: Path, channel: str, consumers: int, format: Format, basis: Basis) -> bool:
    try:
        with _io.patience(f"comparing {path}"):
            found = _compared(_io.load_spec(path), channel, consumers, basis)
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    except UsageError as error:
        raise UsageError(f"{_io.shown(path)}: {error}") from None
    sound = is_sound(found.today, path, consumers=consumers)
    _io.say(_text(found, format))
    return sound


def _compared(spec: Spec, channel: str, consumers: int, basis: Basis) -> Comparison:
    """A channel, or the alternatives of the spec where no channel is named."""
    from archcode.compare import compare_alternatives, compare_channel
    from archcode.compare.channel import channels_of

    if channel:
        return compare_channel(spec, channel, basis, consumers=consumers)
    if consumers:
        raise UsageError("--consumers needs --channel")
    if spec.alternatives:
        return compare_alternatives(spec, basis)
    known = ", ".join(channels_of(spec)) or "it has none"
    hint = f"name a channel with --channel ({known}), another spec, or write alternatives"
    raise UsageError(f"has no alternatives to compare; {hint}")


def _text(found: Comparison, format: Format) -> str:
    from archcode.render import comparison_json, comparison_markdown, comparison_table

    if format is Format.JSON:
        return comparison_json.render(found)
    if format is Format.MD:
        return comparison_markdown.render(found)
    return comparison_table.render(found, colour=_io.colour(sys.stdout))
