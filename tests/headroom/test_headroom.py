"""Hand-worked headroom: what is left of a limit, and how many times today's traffic it holds."""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import priced

from archcode import headroom
from archcode.headroom import binding, headroom_of
from archcode.model import LimitLoad, Severity
from archcode.rules import Check

STREAM = """
app: {type: client}
clicks: {type: kinesis.stream, shard_count: 4}
"""
FIFO = """
app: {type: client}
orders: {type: sqs.queue, fifo_queue: true}
"""


def of(components, flows="", **options):
    return headroom_of(priced(components, flows, **options))


def margin(found, component, name):
    """The margin of a limit, the first to break where there are several."""
    return binding(m for m in found.components[component] if m.load.name == name)


def load_on(component, name, load, most, **others):
    """A load as a service would tell it."""
    return LimitLoad(
        f"{name}_exceeded",
        Severity.ERROR,
        component,
        component,
        name,
        Fraction(load),
        Fraction(most),
        "calls/s",
        "words",
        **others,
    )


@pytest.fixture
def told(monkeypatch):
    """Let a topology be asked by these functions only: one for each load on `orders`."""

    def tell(*finders):
        asked = [Check(("orders",), lambda e, find=find: [find(e)]) for find in finders]
        monkeypatch.setattr(headroom, "checks", lambda _topology: asked)

    return tell


def peak(estimate):
    return estimate.topology.traffic["orders"].received.peak_messages_per_second


def calls(estimate):
    """SendMessage on a FIFO queue without high throughput: 300 calls/s.

    https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-messages.html
    """
    return load_on("orders", "fifo_throughput", peak(estimate), 300)


class TestLinear:
    def test_a_third_of_the_limit_holds_three_times(self, told):
        told(calls)
        found = of(FIFO, "- app -> orders: {rate: 10/s, peak: 100/s, size: 1 KB}")
        calls_per_second = margin(found, "orders", "fifo_throughput")

        assert calls_per_second.mean == 10
        assert calls_per_second.load.load == 100
        assert calls_per_second.load.headroom == Fraction(200, 300)  # 66.67%
        assert calls_per_second.multiple == 3  # 300 / 100
        assert not calls_per_second.fixed
        assert found.binding == calls_per_second

    def test_a_broken_limit_holds_less_than_today(self):
        # 400 calls/s of SendMessage: 1 - 400/300 = -33.33%, and 300/400 = 0.75
        found = of(FIFO, "- app -> orders: {rate: 400/s, size: 1 KB}")
        calls_per_second = margin(found, "orders", "fifo_throughput")

        assert calls_per_second.load.exceeded
        assert calls_per_second.load.headroom == Fraction(-100, 300)
        assert calls_per_second.mean == 400
        assert calls_per_second.multiple == Fraction(3, 4)

    def test_at_the_limit_it_holds_once(self, told):
        told(calls)
        found = of(FIFO, "- app -> orders: {rate: 300/s, size: 1 KB}")

        assert margin(found, "orders", "fifo_throughput").load.headroom == 0
        assert margin(found, "orders", "fifo_throughput").multiple == 1

    @pytest.mark.parametrize(("rate", "multiple", "beyond"), [(3, 1000, False), (2, 1500, True)])
    def test_far_limits_only_count_as_far(self, rate, multiple, beyond, told):
        # 3,000 / 3 and 3,000 / 2
        told(lambda e: load_on("orders", "far", peak(e), 3000))
        far = margin(of(FIFO, f"- app -> orders: {{rate: {rate}/s, size: 1 B}}"), "orders", "far")

        assert (far.multiple, far.beyond) == (multiple, beyond)


class TestSteps:
    def test_shards_that_are_configured(self):
        # 1,500 records/s need 2 shards of 1,000 records/s each, 500/s need 1:
        # https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html
        # 2.66 x 1,500 = 3,990 fit into 4 shards, 2.67 x 1,500 = 4,005 need a fifth
        found = of(STREAM, "- app -> clicks: {rate: 500/s, peak: 1500/s, size: 100 B}")
        shards = margin(found, "clicks", "shards")

        assert (shards.load.load, shards.load.most, shards.mean) == (2, 4, 1)
        assert shards.load.headroom == Fraction(1, 2)
        assert shards.load.kind == "configured"
        assert shards.multiple == Fraction("2.66")

    def test_one_shard_is_the_least_and_does_not_hide_growth(self):
        # 0.04 of a shard are 1 shard now, with twice and with 20 times as much
        # 100 x 40 = 4,000 records/s fit into 4 shards, 101 x 40 = 4,040 do not
        found = of(STREAM, "- app -> clicks: {rate: 40/s, size: 100 B}")
        shards = margin(found, "clicks", "shards")

        assert shards.load.load == 1
        assert shards.multiple == 100

    def test_too_few_shards_hold_a_part_of_today(self):
        # 6,000 records/s need 6 of 4 shards; 0.666 x 6,000 = 3,996, 0.667 x 6,000 = 4,002
        found = of(STREAM, "- app -> clicks: {rate: 6000/s, size: 100 B}")
        shards = margin(found, "clicks", "shards")

        assert shards.load.headroom == Fraction(-1, 2)
        assert shards.multiple == Fraction("0.666")

    def test_what_no_traffic_mends_has_no_multiple(self, told):
        told(lambda e: load_on("orders", "zones", max(3, peak(e) / 1000), 2))
        zones = margin(of(FIFO, "- app -> orders: {rate: 1/s, size: 1 B}"), "orders", "zones")

        assert zones.load.exceeded
        assert zones.multiple is None
        assert not zones.fixed

    def test_a_size_that_grows_along_holds_as_far_as_anyone_looks(self, told):
        # ten for each of as many parts as ten fit into: the parts grow, each keeps its load
        told(lambda e: load_on("orders", "part", peak(e) / (peak(e) // 10 + 1), 10))
        part = margin(of(FIFO, "- app -> orders: {rate: 25/s, size: 1 B}"), "orders", "part")

        assert part.load.load == Fraction(25, 3)
        assert (part.multiple, part.at_least, part.beyond) == (1000, True, True)

    def test_a_load_that_vanishes_is_not_said_to_hold(self, told):
        # told below 100/s only: 2.56 x 39 = 99.84, 2.57 x 39 = 100.23
        def vanishing(estimate):
            name = "shown" if peak(estimate) <= 100 else "hidden"
            return load_on("orders", name, peak(estimate) ** 2, 10**9)

        told(vanishing)
        shown = margin(of(FIFO, "- app -> orders: {rate: 39/s, size: 1 B}"), "orders", "shown")

        assert shown.multiple == Fraction("2.56")


class TestFixed:
    def test_a_message_is_as_large_with_more_traffic(self):
        # 2 MB in a queue that takes 1 MB: 1 - 2/1 = -100%
        found = of(
            "app: {type: client}\nq: {type: sqs.queue}", "- app -> q: {rate: 1/s, size: 2 MB}"
        )
        size = margin(found, "q", "message_size")

        assert size.load.headroom == -1
        assert size.mean == size.load.load == 2 * 1024 * 1024
        assert size.multiple is None
        assert not size.fixed

    def test_what_fits_whatever_the_traffic(self, told):
        told(lambda _: load_on("orders", "entries", 9, 10))
        entries = margin(of(FIFO, "- app -> orders: {rate: 1/s, size: 1 B}"), "orders", "entries")

        assert entries.fixed
        assert entries.load.headroom == Fraction(1, 10)

    def test_no_traffic_is_no_load(self, told):
        told(calls)
        found = of(FIFO, "- app -> orders: {rate: 0/s, size: 1 KB}")

        assert margin(found, "orders", "fifo_throughput").fixed


class TestMean:
    def test_derived_sizes_are_those_of_the_peak(self, monkeypatch):
        # 8,000 records/s at the peak make 8 shards, and the mean of 1,000/s fills an eighth of each
        def per_shard(estimate):
            (shards,) = estimate.capacity["clicks"]
            rate = estimate.topology.traffic["clicks"].received.peak_messages_per_second
            return [load_on("clicks", "records", rate / shards.provided, 1000)]

        monkeypatch.setattr(headroom, "checks", lambda _: [Check(("clicks",), per_shard)])
        found = of(
            "app: {type: client}\nclicks: {type: kinesis.stream}",
            "- app -> clicks: {rate: 1000/s, peak: 8000/s, size: 100 B}",
        )
        records = margin(found, "clicks", "records")

        assert records.load.load == 1000
        assert records.mean == 125
        assert (records.multiple, records.at_least) == (1000, True)


class TestShared:
    FUNCTIONS = """
    app: {type: client}
    spiky: {type: lambda.function, memory_size: 128, timeout: 3, duration: 1 s}
    steady: {type: lambda.function, memory_size: 128, timeout: 3, duration: 1 s}
    """
    FLOWS = """
    - app -> spiky: {rate: 100/s, peak: 2000/s, size: 1 KB}
    - app -> steady: {rate: 1500/s, peak: 1600/s, size: 1 KB}
    """

    def test_a_quota_of_the_account_is_none_of_a_component(self):
        # 1,000 concurrent executions in an account and region:
        # https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
        # 2,000/s x 1 s + 1,600/s x 1 s = 3,600; 0.277 x 3,600 = 997.2 and 0.278 x 3,600 = 1,000.8
        found = of(self.FUNCTIONS, self.FLOWS)
        (executions,) = [m for m in found.shared if m.load.name == "concurrent_executions"]

        assert all(not m.load.shared for ms in found.components.values() for m in ms)
        assert executions.load.load == 3600
        assert executions.load.headroom == Fraction(-26, 10)
        assert executions.multiple == Fraction("0.277")

    def test_the_largest_may_be_another_one_at_the_mean(self):
        # 100 + 1,500 at the mean, most of it in another function than at the peak
        found = of(self.FUNCTIONS, self.FLOWS)
        (executions,) = [m for m in found.shared if m.load.name == "concurrent_executions"]

        assert executions.load.component == "spiky"
        assert executions.mean == 1600

    def test_every_region_has_its_own(self):
        groups = """
        far: {kind: region, region: eu-west-1, contains: [spiky]}
        """
        found = of(self.FUNCTIONS, self.FLOWS, groups=groups)
        executions = [m for m in found.shared if m.load.name == "concurrent_executions"]

        assert [(m.load.component, m.load.load) for m in executions] == [
            ("spiky", 2000),
            ("steady", 1600),
        ]


class TestBinding:
    def margins(self, told, *loads):
        told(*[lambda _, load=load: load for load in loads])
        found = of(FIFO, "- app -> orders: {rate: 1/s, size: 1 B}")
        return binding(found.components["orders"]).load.name

    def test_the_least_headroom_binds_where_nothing_grows(self, told):
        wide, narrow = load_on("orders", "wide", 1, 10), load_on("orders", "narrow", 9, 10)

        assert self.margins(told, wide, narrow) == "narrow"

    def test_what_breaks_first_binds_before_what_never_breaks(self, told):
        told(
            lambda _: load_on("orders", "full", 10, 10),
            lambda e: load_on("orders", "late", peak(e), 500),
            lambda e: load_on("orders", "soon", peak(e), 20),
        )
        found = of(FIFO, "- app -> orders: {rate: 1/s, size: 1 B}")

        assert binding(found.components["orders"]).load.name == "soon"

    def test_what_is_broken_anyway_binds_before_everything(self, told):
        told(
            lambda e: load_on("orders", "soon", peak(e) * 3, 2),
            lambda _: load_on("orders", "broken", 11, 10),
        )
        found = of(FIFO, "- app -> orders: {rate: 1/s, size: 1 B}")

        assert binding(found.components["orders"]).load.name == "broken"

    def test_advice_comes_after_limits(self, told):
        told(
            lambda e: load_on("orders", "advice", peak(e), 2, kind="guideline"),
            lambda e: load_on("orders", "limit", peak(e), 20),
            lambda _: load_on("orders", "fixed", 9, 10),
        )
        found = of(FIFO, "- app -> orders: {rate: 1/s, size: 1 B}")
        ordered = sorted(found.components["orders"], key=lambda m: m.order)

        assert [m.load.name for m in ordered] == ["limit", "advice", "fixed"]

    def test_nothing_binds_without_a_load(self, told):
        told()
        found = of(FIFO, "- app -> orders: {rate: 1/s, size: 1 B}")

        assert found.components == {"app": (), "orders": ()}
        assert found.binding is None


def test_loads_of_one_limit_are_told_apart(monkeypatch):
    def both(estimate):
        for part in (1, 10):
            yield load_on("orders", "fifo_throughput", peak(estimate) / part, 300)

    monkeypatch.setattr(headroom, "checks", lambda _: [Check(("orders",), both)])
    found = of(FIFO, "- app -> orders: {rate: 100/s, size: 1 KB}")

    assert [m.multiple for m in found.components["orders"]] == [3, 30]
