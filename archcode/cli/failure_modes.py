"""`archcode failure-modes`: what each asynchronous handoff does when something fails."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from archcode.cli import _io
from archcode.cli._options import OneSpec
from archcode.errors import SpecError, UsageError
from archcode.units import quoted


class Format(StrEnum):
    """How failure modes are printed."""

    MD = "md"
    JSON = "json"


def failure_modes(
    spec: OneSpec,
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print them.")] = (
        Format.MD
    ),
    component: Annotated[
        str, typer.Option(metavar="COMPONENT", help="Only the handoffs from and to this one.")
    ] = "",
) -> None:
    """Say what duplicates, poison messages and timeouts do on each asynchronous handoff.

    The paragraphs follow from the settings of the spec, and are ready for a review.

    Examples:

      archcode failure-modes specs/order-fanout.yaml

      archcode failure-modes specs/order-fanout.yaml --component billing

      archcode failure-modes specs/order-fanout.yaml --format json
    """
    try:
        text = _text(spec, format, component)
    except SpecError as error:
        _io.spec_errors(error, spec)
        raise typer.Exit(1) from None
    _io.say(text)


def _text(spec: OneSpec, format: Format, component: str) -> str:
    from archcode.failures import handoffs
    from archcode.render import failures_json, failures_markdown
    from archcode.topology import propagate

    topology = propagate(_io.load_spec(spec))
    found = handoffs(topology)
    if component:
        _known(component, tuple(topology.traffic))
        found = tuple(h for h in found if component in h.where.split(" -> "))
    render = failures_json.render if format is Format.JSON else failures_markdown.render
    return render(topology.spec.title, found)


def _known(component: str, names: tuple[str, ...]) -> None:
    from archcode.spec.problems import suggestion

    if component not in names:
        hint = suggestion(component, names, "known")
        raise UsageError(f"--component: {quoted(component)} is no component; {hint}")
