"""The scenario that `--scenario` names, and all of them: what `archcode scenarios` does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from archcode.cli import _carrying, _io
from archcode.cli._choosing import Asked
from archcode.errors import SpecError, UsageError
from archcode.scenarios import applied
from archcode.spec.problems import suggestion
from archcode.units import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from archcode.outlook import Prospect
    from archcode.spec.model import Spec


def in_scenario(spec: Spec, name: str, path: Path) -> Spec:
    """The spec as it is in a scenario; raises UsageError where it has none of that name."""
    known = {scenario.name: scenario for scenario in spec.scenarios}
    if name not in known:
        hint = suggestion(name, tuple(known), "known")
        raise UsageError(f"--scenario: {quoted(name)} is no scenario of {path}; {hint}")
    return applied(spec, known[name])


def show(path: Path, format: str, basis: _io.Basis, config: Path | None = None) -> bool:
    """Print all scenarios of a spec; whether it can be read, and carried in each of them."""
    from archcode.outlook import outlook

    pricing = _carrying.pricing(basis)
    try:
        spec = _io.load_spec(path)
        _some(spec, path)
        with _io.patience(f"measuring {path}"):
            found = outlook(spec, pricing, Asked(config=config).of(path).choice)
    except SpecError as error:
        _io.spec_errors(error, path)
        return False
    _io.say(_text(found, format))
    return True


def _some(spec: Spec, path: Path) -> None:
    """Raise UsageError for a spec without scenarios."""
    if not spec.scenarios:
        form = "scenarios: {black-friday: {scale: 8}}"
        raise UsageError(f"{path}: has no scenarios; write some at the top, such as {form}")


def _text(found: tuple[Prospect, ...], format: str) -> str:
    from archcode.render import scenarios_json, scenarios_markdown, scenarios_table

    if format == "json":
        return scenarios_json.render(found)
    if format == "md":
        return scenarios_markdown.render(found)
    return scenarios_table.render(found, colour=_io.colour(sys.stdout))
