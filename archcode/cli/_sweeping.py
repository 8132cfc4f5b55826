"""Sweeping: what `archcode sweep` does."""

from __future__ import annotations

import re
import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from archcode.cli import _io
from archcode.cli._charts import files_of
from archcode.cli._job import named_themes
from archcode.cli._today import is_sound
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from archcode.charts import Chart
    from archcode.compare import Basis
    from archcode.spec.model import Spec
    from archcode.sweep import Area, Sweep, Variable


class Format(StrEnum):
    """How a sweep is printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MD = "md"


class Range(NamedTuple):
    """A variable and its ends as they were written; "" where they were not."""

    name: str
    start: str
    end: str


USUAL = {"rate": ("x0.01", "x100"), "size": ("1 KB", "256 KB")}
"""From where to where, unless it is said: of the traffic of today, and what a message may be."""


class Asked(Struct, frozen=True):
    """The options of the command."""

    channel: str
    vary: Range
    second: Range
    options: tuple[str, ...]
    format: Format
    output: Path | None
    themes: str
    region: str
    hours_per_month: str
    free_tier: bool
    prices: Path | None

    @property
    def variable(self) -> Variable:
        """What is varied; raises UsageError."""
        return _variable(self.vary, ("--from", "--to"), "--vary")

    @property
    def other(self) -> Variable | None:
        """What is varied with it, if anything; raises UsageError."""
        if not self.second.name:
            if self.second.start or self.second.end:
                raise UsageError("--and-from and --and-to need --and")
            return None
        if self.second.name == self.vary.name:
            raise UsageError(f"--and is {self.second.name}, as --vary; name another variable")
        return _variable(self.second, ("--and-from", "--and-to"), "--and")


def _variable(asked: Range, ends: tuple[str, str], option: str) -> Variable:
    from archcode.sweep import variable_of

    start, end = asked.start, asked.end
    if asked.name in USUAL and not (start or end):
        start, end = USUAL[asked.name]
    return variable_of(asked.name, start, end, (*ends, option))


def tell(path: Path, asked: Asked) -> bool:
    """Print a sweep or a map, and write its files; whether the spec could be swept."""
    from archcode.compare import Basis

    variable, other, themes = asked.variable, asked.other, named_themes(asked.themes)
    hours = _io.hours_of(asked.hours_per_month)
    book, place = _io.price_book(asked.prices), _io.region_of(asked.region)
    basis = Basis(book, place, hours, asked.free_tier)
    try:
        spec = _io.load_spec(path)
        with _io.patience(f"sweeping {path}"):
            found = _found(spec, variable, other, asked, basis)
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    except UsageError as error:
        raise UsageError(f"{_io.shown(path)}: {error}") from None
    if asked.output:
        with _io.patience("drawing charts"):
            files = _files(found, path, asked.output, themes)
        _io.write_all(files)
        _io.tell("".join(f"{file}\n" for file in files))
    _io.say(_text(found, asked.format))
    today = basis.priced(basis.loaded(spec))
    return is_sound(today, path)


def _found(
    spec: Spec, variable: Variable, other: Variable | None, asked: Asked, basis: Basis
) -> Sweep | Area:
    from archcode.sweep import area, sweep

    if other:
        both = (variable, other)
        return area(spec, both, basis, channel=asked.channel, options=asked.options)
    return sweep(spec, variable, basis, channel=asked.channel, options=asked.options)


def _text(found: Sweep | Area, format: Format) -> str:
    from archcode.render import sweep_csv, sweep_json, sweep_markdown, sweep_table
    from archcode.sweep import Sweep

    if isinstance(found, Sweep):
        render = {
            Format.JSON: sweep_json.render,
            Format.CSV: sweep_csv.render,
            Format.MD: sweep_markdown.render,
        }.get(format)
        return render(found) if render else sweep_table.render(found, colour=_colour())
    render_area = {
        Format.JSON: sweep_json.render_area,
        Format.CSV: sweep_csv.render_area,
        Format.MD: sweep_markdown.render_area,
    }.get(format)
    return render_area(found) if render_area else sweep_table.render_area(found, colour=_colour())


def _colour() -> bool:
    return _io.colour(sys.stdout)


def _files(
    found: Sweep | Area, path: Path, folder: Path, themes: tuple[str, ...]
) -> dict[Path, bytes]:
    """The charts and the data of a sweep or a map, by their places."""
    from archcode.render import _sweep_chart
    from archcode.sweep import Sweep

    stem = "stdin" if path == _io.STDIN else path.stem
    chart: Chart
    if isinstance(found, Sweep):
        name, chart = f"{stem}-sweep-{_word(found.variable)}", _sweep_chart.line_chart(found)
    else:
        name = f"{stem}-map-{_word(found.across)}-{_word(found.up)}"
        chart = _sweep_chart.region_map(found)
    data = {folder / f"{name}.csv": _text(found, Format.CSV).encode()}
    return files_of({name: chart}, folder, themes) | data


def _word(variable: Variable) -> str:
    """The name of a variable in the name of a file: `orders-worker.batch`."""
    return re.sub(r"[^A-Za-z0-9_.]+", "-", variable.name)
