"""A decision as the parts of a page: what is decided and why, then what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.render import _options as options
from archcode.render import _spread, _sweeps
from archcode.render._blocks import Figure, Grid, Heading, Item, Items, Paragraph
from archcode.render._record_basis import assumptions, context
from archcode.render._record_words import certainty, reason_of, title

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.charts import Chart
    from archcode.decision import Decision
    from archcode.render._blocks import Block

COSTS, RANGES = "costs", "ranges"
"""The names of the charts of a decision."""


def charts(found: Decision) -> dict[str, Chart]:
    """Where costs meet, and which range matters most, as far as there is anything to see."""
    from archcode.render._spread_chart import tornado
    from archcode.render._sweep_chart import line_chart

    made: dict[str, Chart] = {}
    if found.sweep:
        made[COSTS] = line_chart(found.sweep)
    if found.today.spread:
        made[RANGES] = tornado(found.today)
    return made


def blocks(found: Decision) -> Iterator[Block]:
    """All parts in their order."""
    yield Heading(1, title(found))
    yield Paragraph(certainty(found), "Proposed." if found.recommended else "Open.")
    yield from _because(found)
    yield from context(found)
    yield from _options(found)
    yield from _failures(found)
    yield from _meeting(found)
    yield from _changes(found)
    yield from assumptions(found)


def _because(found: Decision) -> Iterator[Block]:
    if found.because:
        yield Heading(2, "Why")
        yield Items(tuple(reason_of(reason) for reason in found.because))
    if found.doubts:
        yield Heading(2, "What speaks against it" if found.recommended else "Why not")
        yield Items(tuple(Item(doubt) for doubt in found.doubts))


def _options(found: Decision) -> Iterator[Block]:
    """Cost and headroom of every option, and what each promises."""
    told = found.comparison
    yield Heading(2, "Options")
    yield Grid(options.cost_head(told), tuple(options.cost_rows(told)), options.cost_right(told))
    yield Heading(2, "What they promise")
    yield Grid(options.WORDS_HEAD, tuple(options.words_rows(told)))
    conditions = [*options.conditions(told)]
    if conditions:
        yield Paragraph("Exactly once holds under conditions:")
        yield Items(tuple(Item("; ".join(facts), f"{name}:") for name, facts in conditions))
    ruled_out = [*options.reasons(told)]
    if ruled_out:
        yield Heading(2, "Ruled out")
        yield Items(tuple(Item("", name, facts) for name, facts in ruled_out))


def _failures(found: Decision) -> Iterator[Block]:
    """What happens at the handoffs around the channel when something fails."""
    told = [(name, handoffs) for name, handoffs in found.handoffs if handoffs]
    if told:
        yield Heading(2, "When something fails")
    for name, handoffs in told:
        for handoff in handoffs:
            where = handoff.where.replace("->", "→")
            yield Heading(3, f"{name}: {where}")
            yield Items(tuple(Item(text, f"{answer}.") for answer, text in handoff.answers))


def _meeting(found: Decision) -> Iterator[Block]:
    """The cost of options over the traffic."""
    line = found.sweep
    if line is None:
        return
    yield Heading(2, "Where costs meet")
    yield Figure(COSTS, charts(found)[COSTS].description)
    yield Paragraph(_sweeps.verdict(line))
    if line.break_evens:
        rows = tuple(_sweeps.break_rows(line))
        yield Grid(_sweeps.BREAK_HEAD, rows, _sweeps.BREAK_RIGHT)
    facts = [*_sweeps.facts(line)]
    if facts:
        yield Items(tuple(Item("; ".join(told), f"{at}:") for at, told in facts))


def _changes(found: Decision) -> Iterator[Block]:
    if found.changes:
        yield Heading(2, "What would change the decision")
        yield Items(tuple(Item(change.text) for change in found.changes))
    if found.today.spread:
        yield Heading(2, "What to find out first")
        yield Figure(RANGES, charts(found)[RANGES].description)
        rows = tuple(_spread.input_rows(found.today))
        yield Grid(_spread.INPUT_HEAD, rows, _spread.INPUT_NUMBERS)
