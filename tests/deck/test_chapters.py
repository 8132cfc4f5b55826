"""The slides after the drawing say what the report says."""

from __future__ import annotations

from support import PRICES, found, priced, spec_text

from archcode.estimate import price
from archcode.headroom import headroom_of
from archcode.model import Finding, Severity
from archcode.overlay.parse import parse_overlay
from archcode.render import _lines, slides
from archcode.spec.parse import parse
from archcode.statement import statement
from archcode.topology import propagate

QUEUE = "c: {type: client}\nq: {type: sqs.queue}"
FLOW = "- c -> q: {rate: 1/s, size: 1 KB}"


def test_cost_then_findings_headroom_and_sizes():
    result = priced(
        """
c: {type: client}
q: {type: sqs.queue, visibility_timeout: 60}
f: {type: lambda.function, memory_size: 128, timeout: 10, duration: 1 s}
""",
        "- c -> q: {rate: 1/s, size: 1 KB}\n- q -> f: {batch: 1}",
    )
    cost, verdict = slides.render(result, (), headroom_of(result))
    findings, headroom, sizes = verdict.sections

    assert (cost.title, verdict.title) == ("Monthly cost", "Findings and headroom")
    assert cost.sections[0].table.rows == tuple(_lines.cost_rows(statement(result)))
    assert cost.sections[0].table.total
    assert cost.sections[0].words.endswith(f": {statement(result).total_text}")
    assert (findings.words, findings.table) == ("no findings in 3 components", None)
    # 1 message/s of 1 s each: 1 of 120,000 in flight, 1 of 1,250 batches at a time
    assert [row[:4] for row in headroom.table.rows] == [
        ("q", "in_flight_messages (default quota)", "1", "120,000 messages"),
        ("f", "queue_mapping_concurrency", "1", "1,250 batches at a time"),
    ]
    # 1 message/s of 1 s each keep one execution busy
    assert sizes.table.rows[0][:3] == ("f", "concurrent executions", "1")


def test_nothing_to_size_is_not_said():
    result = priced("c: {type: client}\ns: {type: server}", "- c -> s: {rate: 1/s, size: 1 KB}")
    _, verdict = slides.render(result, (), headroom_of(result))

    assert verdict.title == "Findings"
    assert len(verdict.sections) == 1


def test_findings_are_counted_and_told_with_their_hints():
    problems = found("q: {type: sqs.queue}")
    _, verdict = slides.render(
        priced("q: {type: sqs.queue}"), problems, headroom_of(priced("q: {type: sqs.queue}"))
    )
    (section,) = verdict.sections
    (problem,) = problems

    assert section.words == "1 warning in 1 component"
    assert section.table.head == ("Severity", "Place", "Finding", "Hint")
    assert section.table.rows == (("warning", "line 3: q", problem.message, problem.hint),)


def test_a_finding_of_no_component_has_its_line():
    finding = Finding("some_rule", Severity.INFO, "", "a fact", line=7, column=1)
    _, verdict = slides.render(priced(QUEUE, FLOW), [finding], headroom_of(priced(QUEUE, FLOW)))

    assert verdict.sections[0].table.rows == (("info", "line 7", "a fact", ""),)


def test_agreed_prices_stand_beside_the_listed():
    agreed = parse_overlay("title: Agreement\ndiscounts: {sqs: 10%}\n")
    result = price(propagate(parse(spec_text(QUEUE, FLOW))), PRICES, overlay=agreed)
    cost, _ = slides.render(result, (), headroom_of(result))

    assert cost.sections[0].table.head == _lines.cost_head(statement(result))
    assert "Terms" in cost.sections[0].table.head
    assert cost.sections[0].table.right == (2, 3, 4, 5, 6, 7)


def test_unit_costs_stand_below_the_cost():
    event = "- c -> q: {rate: 1/s, size: 1 KB, business_event: order}"
    cost, _ = slides.render(priced(QUEUE, event), (), headroom_of(priced(QUEUE, event)))
    _, section = cost.sections

    # Nobody receives: 2,628,000 sends at $0.40 a million are all that is charged. A million of
    # 1 KB are 0.95367 GB, so that a GB is $0.40 / 0.95367 = $0.4194.
    unit = ("2,628,000", "$0.40", "$0.4194", "$0.0000004")
    assert section.title == "Unit costs"
    assert section.table.head[1:] == (
        "Messages a month", "Per million messages", "Per GB", "Per order",
    )  # fmt: skip
    assert section.table.rows == (("q", *unit), ("End to end", *unit))
    assert section.table.right == (1, 2, 3, 4)


def test_without_charges_there_are_no_unit_costs():
    result = priced("c: {type: client}\ns: {type: server}", "- c -> s: {rate: 1/s, size: 1 KB}")
    cost, _ = slides.render(result, (), headroom_of(result))

    assert [section.title for section in cost.sections] == [""]
