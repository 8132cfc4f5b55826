"""From `step` and `description` of a flow to the numbered legend."""

from __future__ import annotations

import pytest
from support import found, priced

from archcode import dump, parse
from archcode.draw.part import part
from archcode.errors import SpecError
from archcode.render import picture

BOXES = "a: {type: client, label: Shop}\nb: {type: sqs.queue}\nc: {type: server}"
LOAD = "rate: 1/s, size: 1 KB"


def steps(*flows: str) -> list[tuple[int, str]]:
    drawn = picture.render(priced(BOXES, "\n".join(f"- {flow}" for flow in flows)))
    return [(step.number, step.text) for step in drawn.steps]


def test_the_words_are_the_description_or_the_label_or_both_ends():
    assert steps(
        f"a -> b: {{{LOAD}, step: 2, label: order, description: The shop sends an order.}}"
    ) == [(2, "The shop sends an order.")]
    assert steps(f"a -> b: {{{LOAD}, step: 1, label: order}}") == [(1, "order")]
    assert steps(f"a -> b: {{{LOAD}, step: 1}}") == [(1, "Shop to b")]
    assert steps(f"a -> b: {{{LOAD}, step: 1, label: ' ', description: ' '}}") == [(1, "Shop to b")]


def test_steps_are_in_the_order_of_their_numbers():
    assert steps(f"a -> b: {{{LOAD}, step: 9}}", "b -> c: {step: 4, label: x}") == [
        (4, "x"),
        (9, "Shop to b"),
    ]


def test_flows_with_one_number_are_one_step():
    one, two = f"a -> b: {{{LOAD}, step: 1, label: x", "b -> c: {step: 1, label: y"

    assert steps(f"{one}}}", f"{two}}}") == [(1, "x; y")]
    assert steps(f"{one}, description: First.}}", f"{two}, description: Then.}}") == [
        (1, "First. Then.")
    ]
    assert steps(f"{one}, description: First.}}", f"{two}}}") == [(1, "First.")]


def test_a_flow_without_number_is_no_step():
    assert steps(f"a -> b: {{{LOAD}, description: Nothing to see.}}") == []


def test_arrows_carry_numbers_and_descriptions():
    drawn = picture.render(priced(BOXES, f"- a -> b: {{{LOAD}, step: 7, description: It goes.}}"))

    assert [(arrow.step, arrow.description) for arrow in drawn.arrows] == [(7, "It goes.")]


def test_a_part_of_a_picture_has_its_own_steps_only():
    flows = f"- a -> b: {{{LOAD}, step: 1}}\n- b -> c: {{step: 2}}"
    shown = part(picture.render(priced(BOXES, flows)), ("a", "b"))

    assert [step.number for step in shown.steps] == [1]


def test_a_spec_is_written_with_its_steps():
    text = "region: us-east-1\ncomponents:\n  a: {type: client}\n  b: {type: sqs.queue}\n"
    spec = parse(f"{text}flows:\n  - a -> b: {{step: 3, description: 'It: goes'}}\n")

    assert parse(dump(spec)) == spec
    assert "step: 3" in dump(spec)


@pytest.mark.parametrize(
    ("options", "rule", "fact"),
    [
        ("step: 0", "out_of_range", "a -> b.step"),
        ("step: 100", "out_of_range", "a -> b.step"),
        ("step: one", "wrong_type", "a -> b.step"),
        ("step: true", "wrong_type", "a -> b.step"),
        (f"description: {'x' * 301}", "too_long", "a -> b.description"),
        ("stop: 1", "unknown_key", "a -> b"),
    ],
)
def test_what_is_no_step_is_refused_at_its_place(options, rule, fact):
    with pytest.raises(SpecError) as raised:
        priced(BOXES, f"- a -> b: {{{options}}}")
    (finding,) = raised.value.findings

    assert (finding.rule, finding.where) == (rule, fact)
    assert finding.line == 7


def test_a_misspelt_step_is_corrected():
    with pytest.raises(SpecError) as raised:
        priced(BOXES, "- a -> b: {stpe: 1}")

    assert "step" in raised.value.findings[0].hint


def test_a_description_outside_the_font_is_told_where_it_is_drawn():
    flow = f"- a -> b: {{{LOAD}, step: 1, description: 注文}}\n- b -> c"
    told = [f for f in found(BOXES, flow) if f.rule == "label_outside_font"]

    assert [finding.where for finding in told] == ["a -> b.description"]
    assert not [
        f for f in found(BOXES, flow.replace("step: 1, ", "")) if f.rule == "label_outside_font"
    ]
