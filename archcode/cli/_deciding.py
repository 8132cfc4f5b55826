"""Deciding: what `archcode decide` does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.cli import _io
from archcode.cli._terms import amount_of
from archcode.cli._today import is_sound
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from decimal import Decimal

    from archcode.decision import Decision
    from archcode.spec.model import Spec


class Asked(Struct, frozen=True):
    """What is to be decided, and where the record goes."""

    channel: str
    consumers: int
    material: str
    third_party_cost: str
    output: Path
    region: str
    hours_per_month: str
    free_tier: bool
    prices: Path | None


def record(path: Path, asked: Asked) -> bool:
    """Write the decision record of a spec; whether the spec as it is has no error."""
    material = amount_of(asked.material, "--material")
    try:
        with _io.patience(f"deciding {path}"):
            found = _decided(_io.load_spec(path), asked, material)
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    except UsageError as error:
        raise UsageError(f"{_io.shown(path)}: {error}") from None
    with _io.patience("drawing charts"):
        files = _files(found, "stdin" if path == _io.STDIN else path.stem, asked.output)
    _io.write_all(files)
    _io.say(_proposal(found))
    _io.tell("".join(f"{file}\n" for file in files))
    return is_sound(found.comparison.today, path, consumers=asked.consumers)


def _decided(spec: Spec, asked: Asked, material: Decimal | None) -> Decision:
    from archcode.compare import Basis
    from archcode.decision import MATERIAL, decide

    place, hours = _io.region_of(asked.region), _io.hours_of(asked.hours_per_month)
    third = amount_of(asked.third_party_cost, "--third-party-cost")
    basis = Basis(
        _io.price_book(asked.prices), place, hours, asked.free_tier, third_party_cost=third
    )
    least = MATERIAL if material is None else material
    channel = asked.channel or _channel(spec)
    if asked.consumers and not channel:
        raise UsageError("--consumers needs --channel")
    return decide(spec, basis, channel=channel, consumers=asked.consumers, material=least)


def _channel(spec: Spec) -> str:
    """The only channel of a spec without alternatives; "" where it has alternatives."""
    from archcode.compare.channel import channels_of

    if spec.alternatives:
        return ""
    dead = {c.settings.dead_letter_target() for c in spec.components.values()}
    known = [name for name in channels_of(spec) if name not in dead]
    if len(known) == 1:
        return known[0]
    listed = ", ".join(known) or "it has none"
    raise UsageError(f"name a channel with --channel ({listed}), or write alternatives")


def _files(found: Decision, stem: str, folder: Path) -> dict[Path, bytes]:
    """The record as Markdown and HTML, and its charts."""
    from archcode.draw.look import DARK
    from archcode.render import _record, chart_svg, decision_html, decision_markdown

    name = f"{stem}-decision"
    drawn = {
        key: (chart_svg.render(chart), chart_svg.render(chart, theme=DARK))
        for key, chart in _record.charts(found).items()
    }
    beside = {key: f"{name}-{key}.svg" for key in drawn}
    files = {
        folder / f"{name}.md": decision_markdown.render(found, beside).encode(),
        folder / f"{name}.html": decision_html.render(found, drawn).encode(),
    }
    return files | {folder / beside[key]: light.encode() for key, (light, _) in drawn.items()}


def _proposal(found: Decision) -> str:
    from archcode.render._record_words import certainty

    return f"{certainty(found)}\n"
