"""`archcode explain`: what a finding means, what goes wrong, and how to mend or ignore it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from archcode.cli import _io
from archcode.cli._options import complete_rule
from archcode.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archcode.catalogue import Entry


class Format(StrEnum):
    """How rules are printed."""

    TEXT = "text"
    JSON = "json"


def explain(
    rule: Annotated[
        str,
        typer.Argument(
            metavar="[RULE]",
            help="The name in brackets behind a finding; without one, a list of all.",
            autocompletion=complete_rule,
        ),
    ] = "",
    format: Annotated[Format, typer.Option("--format", "-f", help="How to print it.")] = (
        Format.TEXT
    ),
) -> None:
    """Say what a finding means: the harm, a line with it and one without, sources and remedy.

    Examples:

      archcode explain

      archcode explain fifo_batch_above_10

      archcode explain in_flight_messages_exceeded --format json
    """
    from archcode.catalogue import entries

    known = entries()
    if rule and rule not in known:
        from archcode.spec.problems import nearest
        from archcode.units import quoted

        near = nearest(rule, known)
        hint = f"did you mean {near}?" if near else "archcode explain lists them"
        raise UsageError(f"{quoted(rule)} is no rule; {hint}")
    chosen = [known[rule]] if rule else [*known.values()]
    if format is Format.JSON:
        from archcode.render import rule_json

        _io.say(rule_json.render(chosen))
    elif rule:
        from archcode.render import rule_text

        _io.say(rule_text.render(chosen[0]))
    else:
        _io.say("".join(_table(chosen)))


def _table(entries: Iterable[Entry]) -> Iterator[str]:
    from archcode.render.columns import aligned

    rows = [("RULE", "SEVERITY", "WHAT GOES WRONG")]
    rows += [(entry.name, str(entry.severity), entry.harm) for entry in entries]
    yield from (f"{line}\n" for line in aligned(rows))
