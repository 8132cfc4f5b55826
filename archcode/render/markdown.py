"""The estimate as Markdown for a README, a review or a slide's notes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archcode.failures import handoffs
from archcode.render import _budgets, _economics, _lines, _spread
from archcode.render._failures import sections
from archcode.render._markdown import backslashed, escape, table
from archcode.statement import statement
from archcode.units import bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archcode.estimate import Estimate
    from archcode.model import Finding

_BRACKETS = re.compile(r"([\\<>])")
_WORDS = re.compile(r"[\w./-]+")


def render(
    estimate: Estimate,
    findings: Sequence[Finding],
    *,
    pictures: Iterable[tuple[str, str]] = (),
) -> str:
    """Title, pictures, cost, sizes, unit costs, budgets, loads and findings.

    `pictures` are titles and file names; a picture of everything has no title of its own.
    """
    shown = statement(estimate)
    spec = estimate.topology.spec
    parts = [
        f"# {escape(spec.title)}",
        f"{escape(_lines.heading(estimate))}: **{shown.total_words}**",
    ]
    for title, file in pictures:
        parts += [f"## {escape(title)}"] if title else []
        parts.append(f"![{escape(title or spec.title)}]({_target(file)})")
    parts += [
        "## Monthly cost",
        table(_lines.cost_head(shown), _lines.cost_rows(shown), right=_lines.cost_numbers(shown)),
    ]
    if estimate.spread:
        inputs = table(
            _spread.INPUT_HEAD, _spread.input_rows(estimate), right=_spread.INPUT_NUMBERS
        )
        costs = table(_spread.HEAD, _spread.rows(estimate), right=_spread.NUMBERS)
        parts += ["## Ranges", costs, inputs]
    sizes = [*_lines.sizes(estimate)]
    if sizes:
        head = ("Component", "Size", "Needed", "Because")
        parts += ["## Sizes", table(head, sizes, right=(2,))]
    units = _economics.table_of(estimate)
    if units:
        columns = tuple(escape(cell) for cell in units[0])
        parts += ["## Unit costs", table(columns, units[1:], right=range(1, len(columns)))]
    budgets = [*_budgets.rows(estimate)]
    if budgets:
        parts += ["## Budgets", table(_budgets.HEAD, budgets, right=_budgets.NUMBERS)]
    parts += ["## Loads", table(_LOAD_HEAD, [*_loads(estimate)], right=(1, 2, 3, 4, 5))]
    parts += ["## Findings", _findings(findings, len(spec.components))]
    found = handoffs(estimate.topology)
    if found:
        parts += ["## Failure modes", *sections(found, level=3)]
    return "\n\n".join(parts) + "\n"


def _target(file: str) -> str:
    """A file name as the target of a link, in angle brackets where it holds more than words."""
    if _WORDS.fullmatch(file):
        return file
    return f"<{_BRACKETS.sub(backslashed, file)}>"


_LOAD_HEAD = (
    "Component",
    "Messages/s",
    "Peak",
    "Message size",
    "Messages a month",
    "Bytes a month",
)


def _loads(estimate: Estimate) -> Iterator[tuple[str, ...]]:
    for name, traffic in estimate.topology.traffic.items():
        load = traffic.received
        if not load.peak_messages_per_second:
            continue
        yield (
            name,
            grouped(load.messages_per_second),
            grouped(load.peak_messages_per_second),
            bytes_text(load.message_size_bytes),
            grouped(load.monthly_messages, 0),
            bytes_text(load.monthly_bytes),
        )


def _findings(findings: Sequence[Finding], components: int) -> str:
    lines = [f"{_lines.count(findings, components)}"]
    for finding in findings:
        where = f"`{finding.where}` " if finding.where else ""
        hint = f" ({escape(finding.hint)})" if finding.hint else ""
        place = f"line {finding.line}"
        lines.append(f"- **{finding.severity}** {place}: {where}{escape(finding.message)}{hint}")
    return "\n".join([lines[0], "", *lines[1:]]) if len(lines) > 1 else lines[0]
