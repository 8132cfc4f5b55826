"""What ranges do to a cost: what `archcode sensitivity` does."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.cli import _io
from archcode.cli._charts import files_of
from archcode.cli._job import named_themes
from archcode.errors import SpecError, UsageError

if TYPE_CHECKING:
    from archcode.estimate import Estimate
    from archcode.sampling.result import Sampled


class Format(StrEnum):
    """How it is printed."""

    TABLE = "table"
    JSON = "json"
    MD = "md"


class Asked(Struct, frozen=True):
    """How many samples of which seed, how it is printed, and where charts go."""

    samples: int
    seed: int
    format: Format
    output: Path | None
    themes: str = "light"


def tell(path: Path, asked: Asked, basis: _io.Basis) -> bool:
    """Print what the ranges of a spec do to its cost; whether it can be read and priced."""
    named_themes(asked.themes)
    try:
        estimate = _io.price_text(_io.read_spec(path), path, basis)
        if estimate.spread is None:
            form = "rate: {low: 200/s, typical: 350/s, high: 900/s}"
            raise UsageError(f"{_io.shown(path)}: has no ranges; write some, such as {form}")
        sampled = _sampled(path, estimate, asked, basis) if asked.samples else None
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    if asked.output:
        with _io.patience("drawing charts"):
            files = _files(estimate, sampled, "stdin" if path == _io.STDIN else path.stem, asked)
        _io.write_all(files)
        _io.tell("".join(f"{file}\n" for file in files))
    _io.say(_text(estimate, sampled, asked.format))
    return True


def _sampled(path: Path, estimate: Estimate, asked: Asked, basis: _io.Basis) -> Sampled:
    """The costs of samples of the spec that was priced, at the same prices."""
    from archcode.growth import times_of
    from archcode.sampling.inputs import inputs_of
    from archcode.sampling.sample import sample
    from archcode.sampling.subject import Terms

    spec = estimate.topology.spec
    terms = Terms(
        _io.price_book(basis.prices),
        _io.region_of(basis.region),
        _io.hours_of(basis.hours_per_month),
        basis.free_tier,
        estimate.overlay,
        times_of(spec),
    )
    with _io.patience(f"sampling {path}"):
        return sample(spec, inputs_of(spec), terms, samples=asked.samples, seed=asked.seed)


def _files(
    estimate: Estimate, sampled: Sampled | None, stem: str, asked: Asked
) -> dict[Path, bytes]:
    """The tornado chart, and the distribution of samples."""
    from archcode.charts import Chart
    from archcode.render import _samples, _spread_chart

    charts: dict[str, Chart] = {f"{stem}-ranges": _spread_chart.tornado(estimate)}
    if sampled:
        charts[f"{stem}-samples"] = _samples.histogram(sampled, estimate)
    return files_of(charts, asked.output or Path(), named_themes(asked.themes))


def _text(estimate: Estimate, sampled: Sampled | None, format: Format) -> str:
    from archcode.render import sensitivity_json, sensitivity_markdown, sensitivity_table

    if format is Format.JSON:
        return sensitivity_json.render(estimate, sampled)
    if format is Format.MD:
        return sensitivity_markdown.render(estimate, sampled)
    return sensitivity_table.render(estimate, sampled, colour=_io.colour(sys.stdout))
