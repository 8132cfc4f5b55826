from fractions import Fraction

import pytest
from support import priced, spec_text

from archcode.errors import SpecError
from archcode.model import LimitLoad
from archcode.rules import verdicts
from archcode.spec.dump import dump
from archcode.spec.parse import parse


@pytest.mark.parametrize("kind", ["client", "device", "partner", "server"])
def test_boxes_outside_aws_are_drawn_and_never_priced(kind):
    result = priced(
        f"a: {{type: {kind}}}\nb: {{type: server}}", "- a -> b: {rate: 1000/s, size: 1 MB}"
    )

    assert result.charges == ()
    assert result.complete
    assert result.list_cost == 0


def test_a_box_says_what_it_takes():
    spec = parse(spec_text("p: {type: partner, rate_limit: 90/min, concurrency_limit: 20}"))
    settings = spec.components["p"].settings

    assert (settings.rate_limit, settings.concurrency_limit) == (Fraction(3, 2), 20)
    assert parse(dump(spec)) == spec


@pytest.mark.parametrize(
    ("setting", "rule"),
    [
        ("rate_limit: 50", "missing_unit"),
        ("concurrency_limit: 0", "out_of_range"),
        ("concurrency_limit: 1000001", "out_of_range"),
        ("concurrency_limit: 2.5", "wrong_type"),
    ],
)
def test_refuses_what_is_no_limit(setting, rule):
    with pytest.raises(SpecError) as caught:
        parse(spec_text(f"p: {{type: server, {setting}}}"))

    assert [finding.rule for finding in caught.value.findings] == [rule]


def _loads(components, flows):
    """The loads on the limits of a box by the names of the limits."""
    every = verdicts(priced(components, flows))
    return {v.name: (v.load, v.most) for v in every if isinstance(v, LimitLoad)}


def test_its_limits_bear_a_load_also_where_that_fits():
    loads = _loads(
        """
c: {type: client}
q: {type: sqs.queue}
w: {type: lambda.function, duration: 500 ms}
p: {type: partner, rate_limit: 100/s, concurrency_limit: 20}
""",
        "- c -> q: {rate: 10/s, size: 1 KB}\n- w -> p\n"
        "- q -> w: {batch: 5, maximum_concurrency: 4}",
    )

    # four executions make 4 calls at a time; each does a batch of 5 in 0.5 s: 4 × 5 ÷ 0.5 s = 40/s
    assert loads["concurrency_limit"] == (4, 20)
    assert loads["rate_limit"] == (40, 100)


def test_calls_in_batches_are_fewer():
    loads = _loads(
        """
c: {type: client}
q: {type: sqs.queue}
w: {type: lambda.function, duration: 500 ms}
p: {type: partner, rate_limit: 100/s}
""",
        "- c -> q: {rate: 10/s, size: 1 KB}\n- q -> w: {batch: 5, maximum_concurrency: 4}\n"
        "- w -> p: {batch: 5}",
    )

    assert loads["rate_limit"] == (8, 100)


def test_a_box_without_limits_bears_none():
    assert (
        _loads("c: {type: client}\np: {type: partner}", "- c -> p: {rate: 9/s, size: 1 KB}") == {}
    )
