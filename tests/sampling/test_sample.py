"""The cost of a spec in many samples: its spread, its inputs, and what no sample may lose."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from support import PRICES, spec_text
from varied import agree, sampler

from archcode.errors import SpecError, UsageError
from archcode.sampling.draws import Input
from archcode.sampling.sample import sample
from archcode.sampling.subject import Terms
from archcode.spec.parse import parse

BROKER = "x: {type: broker, monthly_cost: 2500}"
COST = Input(("components", "x", "monthly_cost"), Fraction(1000), Fraction(2500), Fraction(7000))
STREAM = spec_text(
    """
    p: {type: client}
    s: {type: kinesis.stream, stream_mode_details: {stream_mode: PROVISIONED}}
    w: {type: lambda.function, duration: 10 ms}
    """,
    """
    - p -> s: {rate: 500/s, peak: 900/s, size: 1 KB}
    - s -> w: {batch: 100}
    """,
)
RATE = ("flows", 0, "p -> s", "rate")
PEAK = ("flows", 0, "p -> s", "peak")
SIZE = ("flows", 0, "p -> s", "size")


def uncertain(path, low, typical, high, **options):
    return Input(path, Fraction(low), Fraction(typical), Fraction(high), **options)


def sampled(text, inputs, samples=1000, seed=1, **terms):
    return sample(parse(text), inputs, Terms(PRICES, **terms), samples=samples, seed=seed)


class TestDistribution:
    """One input that is the cost: the cost is triangular."""

    found = sampled(spec_text(BROKER), [COST], 100_000)

    def test_mean(self):
        """(1,000 + 2,500 + 7,000) ÷ 3 = 3,500."""
        assert float(self.found.list_cost.mean) == pytest.approx(3500, abs=20)

    def test_percentiles_by_the_formula(self):
        """The mode lies at 1,500 ÷ 6,000 = 0.25.

        P10 = 1,000 + √(0.1 × 6,000 × 1,500); P50 = 7,000 − √(0.5 × 6,000 × 4,500); P90 likewise.
        """
        cost = self.found.list_cost
        assert float(cost.p10) == pytest.approx(1000 + 900_000**0.5, abs=25)
        assert float(cost.p50) == pytest.approx(7000 - 13_500_000**0.5, abs=25)
        assert float(cost.p90) == pytest.approx(7000 - 2_700_000**0.5, abs=25)

    def test_ends_and_histogram(self):
        cost = self.found.list_cost
        assert Decimal(1000) <= cost.least < Decimal(1050)
        assert Decimal(6900) < cost.most <= Decimal(7000)
        assert sum(cost.histogram.counts) == 100_000
        assert len(cost.histogram.edges) == len(cost.histogram.counts) + 1
        assert cost.histogram.edges[0] <= cost.least
        assert cost.histogram.edges[-1] >= cost.most
        assert all(one < other for one, other in pairwise(cost.histogram.edges))

    def test_influence(self):
        """The cost is the input: rank for rank, and the medians are P05 and P95."""
        (one,) = self.found.influences
        assert one.rank_correlation == 1
        assert float(one.low_cost) == pytest.approx(1000 + 450_000**0.5, abs=25)
        assert float(one.high_cost) == pytest.approx(7000 - 1_350_000**0.5, abs=25)
        assert one.swing == one.high_cost - one.low_cost

    def test_everything_is_accounted_for(self):
        found = self.found
        assert (found.evaluated, found.refused, found.not_evaluated) == (100_000, 0, 0)
        assert (found.paths, found.exact, found.listed, found.complete) == (1, 0, True, True)


def test_money_is_in_cents_and_numbers_are_plain():
    found = sampled(spec_text(BROKER), [COST], 10)
    money = (*vars_of(found.list_cost), *found.list_cost.histogram.edges)
    assert all(isinstance(value, Decimal) and value == round(value, 2) for value in money)
    assert {type(n) for n in found.list_cost.histogram.counts} == {int}
    assert type(found.influences[0].rank_correlation) is float


def vars_of(cost):
    return cost.mean, cost.p10, cost.p50, cost.p90, cost.least, cost.most


def test_one_sample_is_all_of_its_percentiles():
    cost = sampled(spec_text(BROKER), [COST], 1).list_cost
    assert len(set(vars_of(cost))) == 1
    assert cost.histogram.counts == (1,)


def test_nearest_rank():
    """Of ten costs P10 is the first, P50 the fifth, P90 the ninth."""
    from archcode.sampling.result import distribution

    cost = distribution(np.arange(10.0, 0, -1))
    assert (cost.p10, cost.p50, cost.p90, cost.mean) == (1, 5, 9, Decimal("5.50"))


def test_equal_ranks_share_their_mean():
    """Spearman of 1 1 2 and 1 2 3: ranks 1.5 1.5 3 and 1 2 3, that is √3 ÷ 2."""
    from archcode.sampling.result import influences

    column, costs = np.array([1.0, 1.0, 2.0]), np.array([1.0, 2.0, 3.0])
    (one,) = influences([COST], [column], costs)
    assert one.rank_correlation == pytest.approx(3**0.5 / 2, abs=1e-6)


class TestGuards:
    def test_a_shard_more_from_1000_records_a_second_on(self):
        """1,000 records/s at the peak fit one shard, 1,001 need two."""
        peaks = [900.0, 999.0, 1000.0, 1001.0, 2000.0, 2001.0, 7999.0]
        found = sampler(STREAM, [uncertain(PEAK, 0, 900, 9000)], columns=[peaks])
        assert agree(found, range(len(peaks))) == len(peaks)
        costs = found.listed.tolist()
        assert costs[0] == costs[1] == costs[2] < costs[3] == costs[4] < costs[5] < costs[6]

    def test_messages_of_one_chunk_and_of_two(self):
        sizes = [100.0, 25_599.0, 25_600.0, 25_601.0, 51_200.0, 51_201.0, 1_000_000.0]
        found = sampler(STREAM, [uncertain(SIZE, 0, 900, 2_000_000)], columns=[sizes])
        assert agree(found, range(len(sizes))) == len(sizes)

    def test_a_loop_of_failing_retries(self):
        """A queue without a redrive policy is read until it works: 1 ÷ (1 − failures) times."""
        text = spec_text(
            "p: {type: client}\nq: {type: sqs.queue}\nw: {type: lambda.function, duration: 1 s}",
            "- p -> q: {rate: 5/s, size: 2 KB}\n- q -> w: {batch: 10, failure_rate: 10%}",
        )
        rates = [0.0, 0.001, 0.5, 0.999, 1.0]
        path = ("flows", 1, "q -> w", "failure_rate")
        found = sampler(text, [uncertain(path, 0, "0.1", 1)], columns=[rates])
        assert agree(found, range(len(rates))) == len(rates)

    def test_a_loop_that_amplifies_is_refused_where_it_does(self):
        text = spec_text(
            """
            p: {type: client}
            a: {type: lambda.function, duration: 10 ms}
            q: {type: sqs.queue}
            """,
            """
            - p -> a: {rate: 5/s, size: 2 KB}
            - a -> q: {per_message: 0.5}
            - q -> a: {batch: 1}
            """,
        )
        path = ("flows", 1, "a -> q", "per_message")
        found = sampler(text, [uncertain(path, 0, "0.5", 2)], columns=[[0, 0.5, 0.99, 1, 1.5]])
        assert found.refused.tolist() == [False, False, False, True, True]
        assert agree(found, range(5)) == 3
        result = found.result(1)
        assert (result.evaluated, result.refused, result.not_evaluated) == (3, 2, 0)
        assert "feeds itself" in result.reasons[0]

    def test_nothing_flows(self):
        found = sampler(STREAM, [uncertain(RATE, 0, 5, 9)], columns=[[0.0, 5.0]])
        assert agree(found, range(2)) == 2


class TestPeaks:
    def test_a_stated_peak_is_raised_to_the_rate(self):
        found = sampler(STREAM, [uncertain(RATE, 0, 500, 9000)], columns=[[500, 900, 901, 5000]])
        peaks = [float(found.values(at)[PEAK]) for at in range(4)]
        assert peaks == [900, 900, 901, 5000]
        assert agree(found, range(4)) == 4

    def test_an_uncertain_peak_is_raised_to_an_uncertain_rate(self):
        inputs = [uncertain(PEAK, 0, 900, 5000), uncertain(RATE, 0, 500, 5000)]
        found = sampler(STREAM, inputs, columns=[[900, 100], [500, 4000]])
        assert [float(found.values(at)[PEAK]) for at in range(2)] == [900, 4000]
        assert agree(found, range(2)) == 2

    def test_an_uncertain_peak_is_raised_to_the_stated_rate(self):
        found = sampler(STREAM, [uncertain(PEAK, 0, 900, 5000)], columns=[[100, 800]])
        assert [float(found.values(at)[PEAK]) for at in range(2)] == [500, 800]
        assert agree(found, range(2)) == 2


class TestWholeSettings:
    memory = uncertain(("components", "w", "memory_size"), 128, 512, 1024, whole=True)

    def test_each_combination_has_runs_of_its_own(self):
        batch = uncertain(("flows", 1, "s -> w", "batch"), 1, 2, 3, whole=True)
        inputs = [self.memory, uncertain(RATE, 100, 500, 900), batch]
        found = sampler(STREAM, inputs, samples=400)
        assert 15 <= found.runs <= 2 * 7 * 3
        assert agree(found, range(0, 400, 20)) == 20

    def test_a_value_that_is_not_allowed_is_refused(self):
        """A function has 128 MB at least: the lowest of 100, 200 ... is not allowed."""
        memory = uncertain(("components", "w", "memory_size"), 100, 400, 700, whole=True)
        found = sampler(STREAM, [memory], samples=300)
        assert found.refused.tolist() == (found.columns[0] == 100).tolist()
        assert "128" in found.result(1).reasons[0]


class TestBounds:
    inputs = (
        uncertain(PEAK, 100, 900, 9000),
        uncertain(("components", "w", "memory_size"), 128, 500, 9000, whole=True),
    )

    def test_what_runs_leave_is_priced_one_by_one(self):
        found = sampler(STREAM, self.inputs, samples=120, most=2, exact=500)
        assert found.runs == 2
        assert 0 < found.exact < 120
        assert not np.isnan(found.listed).any()
        assert agree(found, range(0, 120, 12)) == 10

    def test_what_is_left_then_is_told(self):
        found = sampler(STREAM, self.inputs, samples=120, most=2, exact=5)
        result = found.result(1)
        assert result.exact == 5
        assert result.not_evaluated == int(np.isnan(found.listed).sum()) > 0
        assert result.evaluated + result.not_evaluated == 120
        assert sum(result.list_cost.histogram.counts) == result.evaluated


FAN_OUT = """\
region: us-east-1
components:
  {components}
flows:
  {flows}
"""
COMPONENTS = (
    "p: {type: client}",
    "t: {type: sns.topic}",
    "q: {type: sqs.queue, receive_message_wait_time_seconds: 20}",
    "r: {type: sqs.queue, receive_message_wait_time_seconds: 20}",
    "v: {type: lambda.function, duration: 20 ms}",
    "w: {type: lambda.function, duration: 90 ms}",
)
FLOWS = (
    "p -> t: {rate: 50/s, size: 9 KB}",
    "t -> q: {filter: 40%}",
    "t -> r",
    "q -> v: {batch: 10}",
    "r -> w: {batch: 10}",
)


def fan_out(components, flows):
    """The same topology in another order, and its inputs at their places."""
    text = FAN_OUT.format(
        components="\n  ".join(components), flows="\n  ".join(f"- {flow}" for flow in flows)
    )
    at = {flow.partition(":")[0]: place for place, flow in enumerate(flows)}
    return text, [
        uncertain(("flows", at["p -> t"], "p -> t", "rate"), 10, 50, 90),
        uncertain(("flows", at["t -> q"], "t -> q", "filter"), "0.1", "0.4", "0.5"),
        uncertain(("components", "w", "duration"), "0.01", "0.09", "0.2"),
    ]


def told(result):
    """All of a result but the places of its inputs."""
    of = [
        (i.input.name, i.rank_correlation, i.low, i.high, i.low_cost, i.high_cost)
        for i in result.influences
    ]
    return result.list_cost, result.contracted_cost, of, result.samples, result.evaluated


def test_the_order_of_components_and_flows_changes_nothing():
    text, inputs = fan_out(COMPONENTS, FLOWS)
    turned, other = fan_out(COMPONENTS[::-1], FLOWS[::-1])
    assert told(sampled(text, inputs)) == told(sampled(turned, other[::-1]))


def test_a_seed_says_it_all_and_another_says_something_else():
    text, inputs = fan_out(COMPONENTS, FLOWS)
    assert sampled(text, inputs) == sampled(text, inputs)
    assert sampled(text, inputs).list_cost != sampled(text, inputs, seed=2).list_cost


PROGRAM = """
from fractions import Fraction
from archcode import bundled_prices, parse
from archcode.sampling.draws import Input
from archcode.sampling.sample import sample
from archcode.sampling.subject import Terms
inputs = [
    Input(("flows", 0, "p -> s", key), Fraction(100), Fraction(500), Fraction(5000))
    for key in ("rate", "size")
]
print(sample(parse({text!r}), inputs, Terms(bundled_prices()), samples=2000))
"""


def test_another_hash_seed_changes_nothing():
    program = PROGRAM.replace("{text!r}", repr(STREAM))
    command = [sys.executable, "-c", program]
    outputs = {
        subprocess.run(
            command,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
    assert "Sampled(samples=2000" in outputs.pop()


def test_the_largest_swing_comes_first():
    text, inputs = fan_out(COMPONENTS, FLOWS)
    found = sampled(text, inputs).influences
    assert [i.swing for i in found] == sorted((i.swing for i in found), reverse=True)
    assert found[0].input.name == "p -> t.rate"
    assert found[0].rank_correlation > 0.5


def test_a_number_of_times_the_traffic():
    """All traffic twice is the rate twice, where no peak is stated."""
    text, _ = fan_out(COMPONENTS, FLOWS)
    path = ("flows", 0, "p -> t", "rate")
    once = sampled(text, [uncertain(path, 20, 100, 180, where="rate")])
    twice = sampled(text, [uncertain(path, 10, 50, 90, where="rate")], scale=Fraction(2))
    assert once.list_cost == twice.list_cost


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"inputs": []}, "needs an input"),
        ({"samples": 0}, "1 sample or more"),
        ({"seed": -1}, "a seed of 0 or more"),
        ({"inputs": [COST, COST]}, "x.monthly_cost varies twice"),
        ({"inputs": [uncertain(("components", "y", "rate"), 1, 2, 3)]}, "has no such place"),
        ({"inputs": [uncertain(("flows", 4, "size"), 1, 2, 3)]}, "has no such place"),
    ],
)
def test_bad_input(options, message):
    with pytest.raises(UsageError, match=message):
        sampled(spec_text(BROKER), **{"inputs": [COST], **options})


def test_no_sample_has_a_cost():
    memory = uncertain(("components", "w", "memory_size"), 1, 2, 3, whole=True)
    with pytest.raises(SpecError, match="128"):
        sampled(STREAM, [memory])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (("components", "w", "memory_size"), True),
        (("components", "w", "ephemeral_storage", "size"), True),
        (("flows", 1, "s -> w", "batch"), True),
        (("components", "w", "duration"), False),
        (("flows", 0, "p -> s", "rate"), False),
        (("components", "w", "nothing"), False),
        (("flows", 9, "p -> s", "batch"), False),
        (("components", "y", "memory_size"), False),
        (("groups", "g", "label"), False),
    ],
)
def test_whole_settings_are_told_from_quantities(path, expected):
    from archcode.sampling.subject import is_whole

    assert is_whole(parse(STREAM), path) is expected
