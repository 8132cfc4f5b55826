"""How traffic is spread over a week, and the peak that follows."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from support import PRICES, spec_text, topology

from archcode import Basis, SpecError, compare_channel, dump, parse, propagate
from archcode.growth import grown, level, scaled
from archcode.spec.parse import at_end
from archcode.spec.profile import BUILT_IN, days_in, hours_in

COMPONENTS = "shop: {type: client}\norders: {type: kinesis.stream}\nworker: {type: server}"
LUNCH = (
    "profiles:\n  lunch: {hours: {11-14: 100%, 17-21: 60%}, otherwise: 5%, days: {sat-sun: 50%}}\n"
)


def _spec(profile, more="", rate="100/s", own=""):
    options = f"{{rate: {rate}, size: 1 KB, profile: {profile}{more}}}"
    flows = f"- shop -> orders: {options}\n- orders -> worker"
    return parse(spec_text(COMPONENTS, flows) + own)


def _peak(spec):
    return propagate(spec).hops[0].handed.peak_messages_per_second


@pytest.mark.parametrize(
    ("name", "ratio"),
    [
        ("steady", Fraction(1)),
        # Weekdays 10 h + 14 h × 0.1 = 11.4, a tenth of it at weekends: 5 × 11.4 + 2 × 1.14 = 59.28.
        ("business-hours", Fraction(168) / Fraction("59.28")),
        # 5 h + 10 h × 0.4 + 9 h × 0.1 = 9.9 of 24.
        ("evenings", Fraction(24) / Fraction("9.9")),
        ("nightly", Fraction(12)),
    ],
)
def test_the_busiest_hour_of_the_profiles_that_have_names(name, ratio):
    assert BUILT_IN[name].peak_to_mean == ratio
    assert _peak(_spec(name)) == 100 * ratio


def test_a_profile_of_the_spec():
    """3 h + 4 h × 0.6 + 17 h × 0.05 = 6.25 a weekday, half of it at weekends: 37.5 of 168 h."""
    spec = _spec("lunch", own=LUNCH)

    assert spec.profiles["lunch"].peak_to_mean == Fraction("4.48")
    assert _peak(spec) == 448
    assert parse(dump(spec)) == spec
    assert dump(parse(dump(spec))) == dump(spec)


def test_a_profile_of_the_spec_may_have_one_of_our_names():
    own = "profiles: {nightly: {hours: {0-6: 100%}}}\n"

    assert _peak(_spec("nightly", own=own)) == 400


def test_a_stated_peak_holds_before_a_profile():
    assert _peak(_spec("nightly", ", peak: 1300/s")) == 1300
    assert _peak(_spec("nightly", ", peak: 1200/s")) == 1200


def test_the_mean_is_what_it_was():
    with_profile, without = (
        _spec("nightly"),
        topology(COMPONENTS, "- shop -> orders: {rate: 100/s, size: 1 KB}\n- orders -> worker"),
    )

    assert propagate(with_profile).hops[0].handed.messages_per_second == 100
    assert without.hops[0].handed.peak_messages_per_second == 100


def test_more_traffic_has_the_same_profile_and_level_traffic_none():
    assert _peak(scaled(_spec("nightly"), Fraction(3))) == 3600
    assert (
        grown(propagate(_spec("nightly")), Fraction(2)).hops[0].handed.peak_messages_per_second
        == 2400
    )
    assert level(propagate(_spec("nightly"))).hops[0].handed.peak_messages_per_second == 100


def test_the_ends_of_a_rate_have_peaks_of_their_own():
    spec = _spec("nightly", rate="{low: 1/s, typical: 2/s, high: 3/s}")

    assert [_peak(at_end(spec, end)) for end in ("low", "typical", "high")] == [12, 24, 36]


@pytest.mark.parametrize(
    ("word", "hours"),
    [
        ("9-17", range(9, 17)),
        ("22-6", (22, 23, 0, 1, 2, 3, 4, 5)),
        ("3", (3,)),
        ("0-24", range(24)),
        ("23-24", (23,)),
        ("24-3", ()),
        ("9-9", ()),
        ("9-25", ()),
        ("noon", ()),
    ],
)
def test_words_for_hours(word, hours):
    assert hours_in(word) == (*hours,)


@pytest.mark.parametrize(
    ("word", "days"),
    [
        ("mon-fri", range(5)),
        ("sat-sun", (5, 6)),
        ("Sun", (6,)),
        ("fri-mon", (4, 5, 6, 0)),
        ("day", ()),
    ],
)
def test_words_for_days(word, days):
    assert days_in(word) == (*days,)


@pytest.mark.parametrize(
    ("own", "rule"),
    [
        ("profiles: {x: {hours: {9-17: 120%}}}", "out_of_range"),
        ("profiles: {x: {hours: {9-25: 20%}}}", "unknown_value"),
        ("profiles: {x: {hours: {9-17: 20%, 16-18: 30%}}}", "hours_said_twice"),
        ("profiles: {x: {hours: {9-17: 20%}, days: {sat: 1%, fri-sun: 3%}}}", "hours_said_twice"),
        ("profiles: {x: {hours: {9-17: 20%}, days: {mon-sun: 0%}}}", "profile_without_traffic"),
        ("profiles: {x: {}}", "profile_without_traffic"),
        ("profiles: {x: 9-17}", "wrong_type"),
        ("profiles: [x]", "wrong_type"),
        ("profiles: {x: {hour: {9-17: 20%}}}", "unknown_key"),
    ],
)
def test_what_is_no_profile_is_refused(own, rule):
    with pytest.raises(SpecError) as caught:
        _spec("nightly", own=own + "\n")

    assert [f.rule for f in caught.value.findings] == [rule]


@pytest.mark.parametrize(
    ("flow", "rule"),
    [
        ("- shop -> orders: {rate: 1/s, size: 1 KB, profile: nightyl}", "unknown_profile"),
        (
            "- shop -> orders: {rate: 1/s, peak: 11/s, size: 1 KB, profile: nightly}",
            "peak_below_profile",
        ),
        ("- shop -> orders: {profile: nightly}", "profile_without_rate"),
    ],
)
def test_what_flows_say_of_profiles(flow, rule):
    with pytest.raises(SpecError) as caught:
        parse(spec_text(COMPONENTS, flow))

    assert rule in [f.rule for f in caught.value.findings]


def test_shards_are_sized_for_the_busiest_hour_and_on_demand_pays_for_the_mean():
    """https://aws.amazon.com/kinesis/data-streams/pricing/, us-east-1, 730 h.

    250/s of 1 KB is 3,000/s in the busiest hour of nightly traffic: 3 shards × 730 h × $0.015.
    657M records of one payload unit × $0.014/M. On demand: 730 h × $0.04, and what the mean
    writes and reads: 657M × 1 KB = 626.56 GB at $0.08 and $0.04, whatever the hour.
    """
    basis = Basis(PRICES, free_tier=False)
    found = {
        o.name: o for o in compare_channel(_spec("nightly", rate="250/s"), "orders", basis).options
    }
    records = 250 * 730 * 3600
    gigabytes = Decimal(records * 1024) / 1024**3

    shards = 3 * 730 * Decimal("0.015") + records * Decimal("0.014") / 1_000_000
    demand = 730 * Decimal("0.04") + gigabytes * (Decimal("0.08") + Decimal("0.04"))
    steady = {
        o.name: o for o in compare_channel(_spec("steady", rate="250/s"), "orders", basis).options
    }

    assert found["Kinesis provisioned"].list_cost == shards
    assert abs(found["Kinesis on-demand"].list_cost - demand) < Decimal("1e-9")
    assert steady["Kinesis on-demand"].list_cost == found["Kinesis on-demand"].list_cost
    assert steady["Kinesis provisioned"].list_cost == shards - 2 * 730 * Decimal("0.015")
