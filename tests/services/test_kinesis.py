"""Kinesis by hand: https://aws.amazon.com/kinesis/data-streams/pricing/ and its quotas.

Prices of us-east-1 on that page: shard-hour $0.015, million PUT payload units $0.014, extended
retention $0.02 per shard-hour, fan-out $0.015 per consumer-shard-hour and $0.013 per GB; on demand
$0.04 per stream-hour, $0.08 per GB in, $0.04 out, $0.05 by fan-out; on advantage $0.032 per GB in
and $0.016 out. A month has 730 h = 2,628,000 s; a GB has 1,024 MB.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from support import SECONDS, cost, found, loads, loads_of, priced, quantity, rules, topology

from archcode.errors import SpecError
from archcode.model import Finding, Severity
from archcode.services import find
from archcode.units import MIB

GB_OF_1_MB_PER_S = Decimal("2566.40625")
"""2,628,000 s × 1 MB ÷ 1,024."""
ON_DEMAND = ", stream_mode_details: {stream_mode: ON_DEMAND}"
CLIENT = "c: {type: client}\n"
FAILING = "failure_rate: 50%"
ADVANTAGE = f"{ON_DEMAND}, minimum_throughput_billing_commitment: ENABLED"


def spec(settings: str = "", flow: str = "rate: 100/s, size: 1 KB", readers: str = "") -> tuple:
    """One producer, one stream, and a consumer outside AWS for each line of options."""
    options = [line.strip() for line in readers.strip().splitlines()]
    consumers = [f"c{number}: {{type: server}}" for number in range(len(options))]
    components = ["web: {type: client}", f"clicks: {{type: kinesis.stream{settings}}}", *consumers]
    flows = [f"- web -> clicks: {{{flow}}}"]
    flows += [f"- clicks -> c{number}: {{{option}}}" for number, option in enumerate(options)]
    return "\n".join(components), "\n".join(flows)


def behind(settings: str, flow: str, function: str, mapping: str) -> tuple:
    """A stream with one function behind it."""
    components = f"""
        web: {{type: client}}
        clicks: {{type: kinesis.stream{settings}}}
        work: {{type: lambda.function, {function}}}
    """
    return components, f"- web -> clicks: {{{flow}}}\n- clicks -> work: {{{mapping}}}"


def readers(number: int, option: str = "label: reads") -> str:
    return "\n".join([option] * number)


def shards_of(*texts: str) -> tuple[int, str]:
    (capacity,) = priced(*texts).capacity["clicks"]
    return capacity.required, capacity.formula


def one(rule: str, *texts: str, **options: object) -> Finding:
    (finding,) = [f for f in found(*texts, **options) if f.rule == rule]
    return finding


def absent(rule: str, *texts: str, **options: object) -> bool:
    return all(finding.rule != rule for finding in found(*texts, **options))


def refused(settings: str) -> Finding:
    with pytest.raises(SpecError) as caught:
        topology(*spec(settings))
    (finding,) = caught.value.findings
    return finding


class TestShards:
    @pytest.mark.parametrize(("rate", "shards"), [(1, 1), (1000, 1), (1001, 2), (5000, 5)])
    def test_1000_records_a_second_each(self, rate: int, shards: int) -> None:
        assert shards_of(*spec(flow=f"rate: {rate}/s, size: 10 B"))[0] == shards

    # 512 × 2 KB = 1 MB/s fills one shard.
    @pytest.mark.parametrize(("rate", "shards"), [(512, 1), (513, 2), (1024, 2), (1025, 3)])
    def test_1_mb_a_second_each(self, rate: int, shards: int) -> None:
        assert shards_of(*spec(flow=f"rate: {rate}/s, size: 2 KB"))[0] == shards

    # 512 × 2 KB = 1 MB/s in; n readers take n MB/s of 2 MB/s per shard.
    @pytest.mark.parametrize(("number", "shards"), [(1, 1), (2, 1), (3, 2), (4, 2), (5, 3)])
    def test_2_mb_a_second_for_all_shared_readers(self, number: int, shards: int) -> None:
        texts = spec(flow="rate: 512/s, size: 2 KB", readers=readers(number))
        assert shards_of(*texts)[0] == shards

    def test_fan_out_consumers_do_not_share(self) -> None:
        texts = spec(flow="rate: 512/s, size: 2 KB", readers=readers(5, "enhanced_fan_out: true"))
        assert shards_of(*texts)[0] == 1

    def test_a_filter_does_not_spare_the_stream_a_read(self) -> None:
        texts = spec(flow="rate: 512/s, size: 2 KB", readers=readers(3, "filter: 1%"))
        assert shards_of(*texts)[0] == 2

    def test_the_peak_decides(self) -> None:
        assert shards_of(*spec(flow="rate: 10/s, peak: 2500/s, size: 10 B"))[0] == 3

    def test_every_producer_peaks_at_its_own_size(self) -> None:
        # 1 × 10 KB/s in the mean is nothing, but its peak is 500 × 10 KB = 4.88 MB/s.
        components = """
            big: {type: client}
            small: {type: client}
            clicks: {type: kinesis.stream}
        """
        flows = """
            - big -> clicks: {rate: 1/s, peak: 500/s, size: 10 KB}
            - small -> clicks: {rate: 400/s, peak: 400/s, size: 100 B}
        """
        # 5,000 KB/s + 39.06 KB/s = 4.92 MB/s
        assert shards_of(components, flows)[0] == 5

    def test_repeated_puts_need_shards_and_are_charged_once(self) -> None:
        components = """
            web: {type: client}
            queue: {type: sqs.queue}
            clicks: {type: kinesis.stream}
        """
        flows = """
            - web -> queue: {rate: 512/s, size: 2 KB}
            - queue -> clicks: {failure_rate: 50%}
        """
        # 512/s are put twice on average: 1,024 × 2 KB = 2 MB/s; 512 × 2,628,000 s are accepted.
        result = priced(components, flows)
        assert shards_of(components, flows)[0] == 2
        assert quantity(result, "clicks", "PUT payload units") == 512 * SECONDS

    def test_repeated_puts_are_stored_and_ingested_once(self) -> None:
        components = f"""
            web: {{type: client}}
            queue: {{type: sqs.queue}}
            clicks: {{type: kinesis.stream{ON_DEMAND}, retention_period_hours: 25}}
        """
        flows = """
            - web -> queue: {rate: 1024/s, size: 1 KB}
            - queue -> clicks: {failure_rate: 50%}
        """
        result = priced(components, flows)
        assert quantity(result, "clicks", "Data ingested") == GB_OF_1_MB_PER_S
        assert quantity(result, "clicks", "Extended retention") == Decimal("3.515625")

    def test_a_silent_stream_has_one_shard(self) -> None:
        assert shards_of(*spec(flow="rate: 0/s, size: 1 KB"))[0] == 1

    def test_formula_names_what_binds_and_what_does_not(self) -> None:
        # 5,000 × 500 B = 2.38 MB/s; three readers take 7.15 MB/s.
        _, formula = shards_of(*spec(flow="rate: 5000/s, size: 500 B", readers=readers(3)))
        assert formula == (
            "needs 5 shards: 5,000 records/s over 1,000 per shard; 7.15 MB/s read by 3 shared"
            " readers over 2 MB/s needs 4, 2.38 MB/s over 1 MB/s needs 3"
        )

    def test_formula_when_bytes_bind(self) -> None:
        _, formula = shards_of(*spec(flow="rate: 100/s, size: 100 KB"))
        assert formula == (
            "needs 10 shards: 9.77 MB/s over 1 MB/s per shard; 100 records/s over 1,000 needs 1"
        )

    def test_on_demand_counts_its_own(self) -> None:
        assert priced(*spec(ON_DEMAND)).capacity["clicks"] == ()

    def test_stated_shards_are_paid_for(self) -> None:
        assert quantity(priced(*spec(", shard_count: 7")), "clicks", "Shards") == 7 * 730


class TestProvisionedUsage:
    def test_shard_hours(self) -> None:
        # 5,000 records/s need 5 shards: 5 × 730 h = 3,650; × $0.015 = $54.75
        result = priced(*spec(flow="rate: 5000/s, size: 10 B"))
        assert quantity(result, "clicks", "Shards") == 3650
        assert cost(result, "clicks", "Shards") == Decimal("54.75")

    @pytest.mark.parametrize(
        ("size", "units"),
        [("1 B", 1), ("25 KB", 1), ("25601 B", 2), ("50 KB", 2), ("51201 B", 3), ("1 MB", 41)],
    )
    def test_put_payload_units_of_25_kb(self, size: str, units: int) -> None:
        # 10/s × 2,628,000 s = 26,280,000 records; 1 MB ÷ 25 KB = 40.96
        result = priced(*spec(flow=f"rate: 10/s, size: {size}"))
        assert quantity(result, "clicks", "PUT payload units") == 26_280_000 * units
        price = Decimal("0.000000014")
        assert cost(result, "clicks", "PUT payload units") == 26_280_000 * units * price

    def test_put_payload_units_of_each_producer(self) -> None:
        components = "a: {type: client}\nb: {type: client}\nclicks: {type: kinesis.stream}"
        flows = "- a -> clicks: {rate: 1/s, size: 1 KB}\n- b -> clicks: {rate: 1/s, size: 26 KB}"
        # The mean of both is 13.5 KB, one unit; but it is one unit and two.
        result = priced(components, flows)
        assert quantity(result, "clicks", "PUT payload units") == SECONDS * (1 + 2)

    def test_24_hours_are_included(self) -> None:
        result = priced(*spec(", retention_period_hours: 24"))
        kinds = [c.charge_description for c in result.of("clicks")]
        assert kinds == ["Shards", "PUT payload units"]

    @pytest.mark.parametrize("hours", [25, 168])
    def test_extended_retention_is_a_price_per_shard_hour(self, hours: int) -> None:
        # 2 shards × 730 h × $0.02 = $29.20, however long up to 168 h
        result = priced(*spec(f", shard_count: 2, retention_period_hours: {hours}"))
        kinds = [c.charge_description for c in result.of("clicks")]
        assert cost(result, "clicks", "Extended retention") == Decimal("29.20")
        assert kinds == ["Shards", "PUT payload units", "Extended retention"]

    def test_beyond_168_hours_the_bytes_are_paid_as_well(self) -> None:
        # 1 MB/s × 24 h = 86,400 MB ÷ 1,024 = 84.375 GB-months; × $0.023 = $1.940625
        result = priced(
            *spec(", shard_count: 2, retention_period_hours: 192", "rate: 512/s, size: 2 KB")
        )
        assert cost(result, "clicks", "Extended retention") == Decimal("29.20")
        assert quantity(result, "clicks", "Long-term retention") == Decimal("84.375")
        assert cost(result, "clicks", "Long-term retention") == Decimal("1.940625")

    def test_169_hours_keep_one_hour_long_term(self) -> None:
        # 1 MB/s × 3,600 s ÷ 1,024 = 3.515625 GB-months
        result = priced(*spec(", retention_period_hours: 169", "rate: 512/s, size: 2 KB"))
        assert quantity(result, "clicks", "Long-term retention") == Decimal("3.515625")

    def test_long_term_retrieval_is_stated(self) -> None:
        # 100 GB × $0.021
        result = priced(*spec(", usage: {long_term_retrieval_gb: 100}"))
        assert cost(result, "clicks", "Long-term retrieval") == Decimal("2.1")

    def test_shared_readers_read_for_free(self) -> None:
        result = priced(*spec(readers=readers(2)))
        kinds = [c.charge_description for c in result.of("clicks")]
        assert kinds == ["Shards", "PUT payload units"]

    def test_fan_out_pays_for_consumers_and_bytes(self) -> None:
        # 2 consumers × 3 shards × 730 h = 4,380; × $0.015 = $65.70
        # 2 × 1 MB/s × 2,628,000 s ÷ 1,024 = 5,132.8125 GB; × $0.013 = $66.7265625
        texts = spec(
            ", shard_count: 3", "rate: 512/s, size: 2 KB", readers(2, "enhanced_fan_out: true")
        )
        result = priced(*texts)
        assert quantity(result, "clicks", "Enhanced fan-out consumers") == 4380
        assert cost(result, "clicks", "Enhanced fan-out consumers") == Decimal("65.70")
        assert quantity(result, "clicks", "Enhanced fan-out data") == 2 * GB_OF_1_MB_PER_S
        assert cost(result, "clicks", "Enhanced fan-out data") == Decimal("66.7265625")

    def test_a_filter_does_not_spare_fan_out_bytes(self) -> None:
        texts = spec("", "rate: 512/s, size: 2 KB", "enhanced_fan_out: true, filter: 1%")
        assert quantity(priced(*texts), "clicks", "Enhanced fan-out data") == GB_OF_1_MB_PER_S

    def test_a_month_of_a_whole_stream(self) -> None:
        # Shards: 5 × 730 × 0.015 = 54.75; units: 5,000 × 2,628,000 × 0.000000014 = 183.96;
        # retention: 5 × 730 × 0.02 = 73; fan-out: 5 × 730 × 0.015 = 54.75 for the consumer and
        # 5,000 × 512 B × 2,628,000 s = 6,265.64 GB: 5,000 ÷ 2,048 MB/s × 2,566.40625 = 6,265.6403…
        flow = "rate: 5000/s, size: 512 B"
        result = priced(*spec(", retention_period_hours: 3 d", flow, "enhanced_fan_out: true"))
        gigabytes = Decimal(5000) / 2048 * GB_OF_1_MB_PER_S
        expected = Decimal("54.75") + Decimal("183.96") + 73 + Decimal("54.75")
        assert cost(result, "clicks") == pytest.approx(expected + gigabytes * Decimal("0.013"))
        assert round(cost(result, "clicks"), 2) == Decimal("447.91")


class TestOnDemandUsage:
    def test_stream_hours(self) -> None:
        # 730 h × $0.04
        assert cost(priced(*spec(ON_DEMAND)), "clicks", "On-demand stream") == Decimal("29.20")

    @pytest.mark.parametrize(
        ("size", "kib"), [("1 B", 1), ("1 KB", 1), ("1025 B", 2), ("4.5 KB", 5)]
    )
    def test_records_are_rounded_up_to_1_kb(self, size: str, kib: int) -> None:
        # 1,024/s × n KB = n MB/s; × 2,628,000 s ÷ 1,024
        result = priced(*spec(ON_DEMAND, f"rate: 1024/s, size: {size}"))
        assert quantity(result, "clicks", "Data ingested, on-demand") == kib * GB_OF_1_MB_PER_S

    def test_gb_in_and_out(self) -> None:
        # In 2,566.40625 GB × $0.08 = $205.3125; two readers 5,132.8125 × $0.04 = $205.3125;
        # one with fan-out 2,566.40625 × $0.05 = $128.3203125
        consumers = f"{readers(2)}\nenhanced_fan_out: true"
        result = priced(*spec(ON_DEMAND, "rate: 1024/s, size: 1 KB", consumers))
        assert cost(result, "clicks", "Data ingested, on-demand") == Decimal("205.3125")
        assert quantity(result, "clicks", "Data retrieved, on-demand") == 2 * GB_OF_1_MB_PER_S
        assert cost(result, "clicks", "Data retrieved, on-demand") == Decimal("205.3125")
        assert cost(result, "clicks", "Enhanced fan-out data") == Decimal("128.3203125")

    def test_bytes_out_are_not_rounded(self) -> None:
        result = priced(*spec(ON_DEMAND, "rate: 1024/s, size: 512 B", readers(1)))
        assert quantity(result, "clicks", "Data ingested") == GB_OF_1_MB_PER_S
        assert quantity(result, "clicks", "Data retrieved") == GB_OF_1_MB_PER_S / 2

    @pytest.mark.parametrize(
        ("hours", "extended", "long_term"), [(24, 0, 0), (25, 1, 0), (168, 144, 0), (192, 144, 24)]
    )
    def test_retention_in_gb_months(self, hours: int, extended: int, long_term: int) -> None:
        # 1 MB/s × h × 3,600 s ÷ 1,024 = 3.515625 GB-months an hour; $0.10 to 7 d, then $0.023
        settings = f"{ON_DEMAND}, retention_period_hours: {hours}"
        result = priced(*spec(settings, "rate: 1024/s, size: 1 KB"))
        by_kind = {c.charge_description: c.list_cost for c in result.of("clicks")}
        hour = Decimal("3.515625")
        assert by_kind.get("Extended retention, on-demand", 0) == extended * hour * Decimal("0.1")
        expected = long_term * hour * Decimal("0.023")
        assert by_kind.get("Long-term retention, on-demand", 0) == expected

    def test_a_month_of_a_whole_stream(self) -> None:
        # 29.20 + 205.3125 + 102.65625 (one reader, 2,566.40625 × 0.04) = 337.16875
        result = priced(*spec(ON_DEMAND, "rate: 1024/s, size: 1 KB", readers(1)))
        assert cost(result, "clicks") == Decimal("337.16875")
        assert result.list_cost == Decimal("337.16875")


class TestAdvantageUsage:
    def test_no_stream_hours_and_lower_rates(self) -> None:
        # In 2,566.40625 × 0.032 = 82.125; out × 0.016 = 41.0625, the same with fan-out
        consumers = f"{readers(1)}\nenhanced_fan_out: true"
        result = priced(*spec(ADVANTAGE, "rate: 1024/s, size: 1 KB", consumers))
        kinds = {c.charge_description: c.list_cost for c in result.of("clicks")}
        assert kinds == {
            "Data ingested, on-demand advantage": Decimal("82.125"),
            "Data retrieved, on-demand advantage": Decimal("41.0625"),
            "Enhanced fan-out data, on-demand advantage": Decimal("41.0625"),
        }

    def test_retention_has_one_rate(self) -> None:
        # 144 h and 24 h × 3.515625 GB-months × $0.023
        settings = f"{ADVANTAGE}, retention_period_hours: 192"
        result = priced(*spec(settings, "rate: 1024/s, size: 1 KB"))
        hour = Decimal("3.515625") * Decimal("0.023")
        assert cost(result, "clicks", "Extended retention") == 144 * hour
        assert cost(result, "clicks", "Long-term retention") == 24 * hour

    def test_the_floor_of_an_idle_account(self) -> None:
        # 25 MB/s × 2,628,000 s ÷ 1,024 = 64,160.15625 GB;
        # × (0.032 + 0.016) = $3,079.6875 a month
        result = priced(*spec(ADVANTAGE, "rate: 0/s, size: 1 KB"))
        assert result.list_cost == Decimal("3079.6875")
        assert quantity(result, "(account)", "Ingestion below") == Decimal("64160.15625")
        assert quantity(result, "(account)", "Retrieval below") == Decimal("64160.15625")

    def test_all_streams_fill_the_commitment(self) -> None:
        # 10 + 5 MB/s in and 10 MB/s out, of them all: 10 and 15 MB/s are missing.
        components = f"""
            a: {{type: client}}
            one: {{type: kinesis.stream{ADVANTAGE}}}
            two: {{type: kinesis.stream{ADVANTAGE}}}
            reader: {{type: server}}
        """
        flows = """
            - a -> one: {rate: 10240/s, size: 1 KB}
            - a -> two: {rate: 5120/s, size: 1 KB}
            - one -> reader: {enhanced_fan_out: true}
        """
        result = priced(components, flows)
        assert quantity(result, "(account)", "Ingestion below") == 10 * GB_OF_1_MB_PER_S
        assert quantity(result, "(account)", "Retrieval below") == 15 * GB_OF_1_MB_PER_S

    @pytest.mark.parametrize("rate", [25_600, 25_601])
    def test_a_full_commitment_costs_nothing_more(self, rate: int) -> None:
        # 25,600 × 1 KB = 25 MB/s in and out
        result = priced(*spec(ADVANTAGE, f"rate: {rate}/s, size: 1 KB", readers(1)))
        assert not result.of("(account)")

    def test_just_below_a_full_commitment(self) -> None:
        # 1 KB/s is missing: 2,628,000 KB ÷ 1,048,576
        result = priced(*spec(ADVANTAGE, "rate: 25599/s, size: 1 KB", readers(1)))
        missing = quantity(result, "(account)", "Ingestion below")
        assert missing == round(Decimal(2_628_000) / 1_048_576, 12)

    def test_standard_streams_have_no_commitment(self) -> None:
        assert not priced(*spec(ON_DEMAND)).of("(account)")


class TestShardFindings:
    def test_too_few_shards_states_load_limit_and_headroom(self) -> None:
        finding = one("too_few_shards", *spec(", shard_count: 3", "rate: 5000/s, size: 500 B"))
        assert (finding.severity, finding.where) == (Severity.ERROR, "clicks.shard_count")
        # 1 − 5,000 ÷ 3,000
        assert finding.message == (
            "needs 5 shards: 5,000 records/s over 1,000 per shard; 2.38 MB/s over 1 MB/s needs 3;"
            " 3 shards take 3,000 records/s, a headroom of -66.67%"
        )
        assert finding.hint == "set shard_count: 5, or leave it out"

    @pytest.mark.parametrize(("rate", "few"), [(3000, False), (3001, True)])
    def test_too_few_shards_begins_above_the_limit(self, rate: int, *, few: bool) -> None:
        texts = spec(", shard_count: 3", f"rate: {rate}/s, size: 10 B")
        assert absent("too_few_shards", *texts) is not few

    @pytest.mark.parametrize(("shards", "over"), [(1000, False), (1001, True)])
    def test_shards_of_an_account(self, shards: int, *, over: bool) -> None:
        texts = spec(f", shard_count: {shards}")
        rule = "shards_per_account_exceeded"
        assert absent(rule, *texts, region="eu-central-1") is not over
        assert absent(rule, *texts, region="us-east-1")

    @pytest.mark.parametrize("region", ["us-east-1", "us-west-2", "eu-west-1"])
    def test_shards_of_an_account_in_the_large_regions(self, region: str) -> None:
        rule = "shards_per_account_exceeded"
        assert absent(rule, *spec(", shard_count: 20000"), region=region)
        finding = one(rule, *spec(", shard_count: 20001"), region=region)
        assert finding.severity is Severity.WARNING
        assert finding.message == (
            "all streams together have 20,001 shards, over the default quota of 20,000 shards per"
            " account and region: a headroom of -0.005%"
        )

    def test_shards_of_an_account_add_up(self) -> None:
        components = """
            web: {type: client}
            a: {type: kinesis.stream, shard_count: 400}
            b: {type: kinesis.stream, shard_count: 601}
        """
        flows = "- web -> a: {rate: 1/s, size: 1 KB}\n- web -> b: {rate: 1/s, size: 1 KB}"
        finding = one("shards_per_account_exceeded", components, flows, region="eu-north-1")
        assert finding.where == "b"


class TestRecordFindings:
    @pytest.mark.parametrize(("size", "large"), [("1 MB", False), ("1048577 B", True)])
    def test_records_above_the_default(self, size: str, *, large: bool) -> None:
        texts = spec(flow=f"rate: 1/s, size: {size}")
        assert absent("record_too_large", *texts) is not large

    def test_large_records_can_be_allowed(self) -> None:
        finding = one("record_too_large", *spec(flow="rate: 1/s, size: 2 MB"))
        assert (finding.severity, finding.where) == (Severity.ERROR, "web -> clicks")
        assert finding.message == (
            "records of 2 MB are larger than clicks takes (1 MB): a headroom of -100%"
        )
        assert finding.hint == "set max_record_size_in_kib: 2048 or more"
        more = one("record_too_large", *spec(flow="rate: 1/s, size: 2097153 B"))
        assert more.hint == "set max_record_size_in_kib: 2049 or more"
        ten = one("record_too_large", *spec(flow="rate: 1/s, size: 10 MB"))
        assert ten.hint == "set max_record_size_in_kib: 10240 or more"
        texts = spec(", max_record_size_in_kib: 2048", "rate: 1/s, size: 2 MB")
        assert absent("record_too_large", *texts)

    def test_records_above_10_mb_never_fit(self) -> None:
        texts = spec(", max_record_size_in_kib: 10240", "rate: 1/s, size: 10485761 B")
        hint = "keep the payload in Amazon S3 and send its key, or compress it"
        assert one("record_too_large", *texts).hint == hint
        texts = spec(", max_record_size_in_kib: 10240", "rate: 1/s, size: 10 MB")
        assert absent("record_too_large", *texts)

    @pytest.mark.parametrize(("batch", "over"), [(500, False), (501, True)])
    def test_500_records_in_a_request(self, batch: int, *, over: bool) -> None:
        texts = spec(flow=f"rate: 100/s, size: 1 KB, batch: {batch}")
        assert absent("put_records_entries_exceeded", *texts) is not over

    @pytest.mark.parametrize(("batch", "over"), [(10, False), (11, True)])
    def test_10_mb_in_a_request(self, batch: int, *, over: bool) -> None:
        texts = spec(flow=f"rate: 1/s, size: 1 MB, batch: {batch}")
        assert absent("put_records_payload_exceeded", *texts) is not over
        if over:
            finding = one("put_records_payload_exceeded", *texts)
            assert (finding.severity, finding.hint) == (Severity.ERROR, "say batch: 10")


class TestReaderFindings:
    def test_five_shared_readers_poll_a_shard(self) -> None:
        assert absent("shard_get_records_exceeded", *spec(readers=readers(5)))

    def test_a_sixth_is_throttled(self) -> None:
        finding = one("shard_get_records_exceeded", *spec(readers=readers(6)))
        assert (finding.severity, finding.where) == (Severity.ERROR, "clicks")
        assert finding.message == (
            "6 shared readers poll every shard 6 times/s, once a second each, over the limit of"
            " 5 calls/s per shard for all shared readers: a headroom of -20%"
        )
        assert finding.hint == "set enhanced_fan_out: true on 1 or more of them"

    def test_fan_out_consumers_do_not_poll(self) -> None:
        texts = spec(readers=f"{readers(5)}\n{readers(5, 'enhanced_fan_out: true')}")
        assert absent("shard_get_records_exceeded", *texts)

    @pytest.mark.parametrize("settings", ["", ON_DEMAND])
    def test_20_fan_out_consumers(self, settings: str) -> None:
        rule = "enhanced_fan_out_consumers_exceeded"
        assert absent(rule, *spec(settings, readers=readers(20, "enhanced_fan_out: true")))
        finding = one(rule, *spec(settings, readers=readers(21, "enhanced_fan_out: true")))
        assert finding.severity is Severity.ERROR
        assert finding.message == (
            "21 consumers with enhanced fan-out, over the limit of 20 consumers per stream:"
            " a headroom of -5%"
        )

    def test_50_fan_out_consumers_on_advantage(self) -> None:
        rule = "enhanced_fan_out_consumers_advantage_exceeded"
        assert absent(rule, *spec(ADVANTAGE, readers=readers(50, "enhanced_fan_out: true")))
        texts = spec(ADVANTAGE, readers=readers(51, "enhanced_fan_out: true"))
        assert one(rule, *texts).severity is Severity.ERROR

    # 2 readers × 1,000/s = 2,000 records/s of one shard
    @pytest.mark.parametrize(("number", "over"), [(2, False), (3, True)])
    def test_2000_records_a_second_of_a_shard(self, number: int, *, over: bool) -> None:
        texts = spec(flow="rate: 1/s, peak: 1000/s, size: 10 B", readers=readers(number))
        assert absent("shard_read_records_exceeded", *texts) is not over
        if over:
            assert one("shard_read_records_exceeded", *texts).severity is Severity.INFO


class TestMapping:
    FUNCTION = "duration: 500 ms"

    # 5 shards × 1 × 100 ÷ 0.5 s = 1,000 records/s
    @pytest.mark.parametrize(("peak", "slow"), [(1000, False), (1001, True)])
    def test_shards_times_batch_over_duration(self, peak: int, *, slow: bool) -> None:
        flow = f"rate: 500/s, peak: {peak}/s, size: 1 KB"
        texts = behind(", shard_count: 5", flow, self.FUNCTION, "batch: 100")
        assert absent("mapping_too_slow", *texts) is not slow

    def test_the_needed_parallelization_factor(self) -> None:
        # 5,000 × 0.5 ÷ 100 = 25 batches at a time ÷ 5 shards = 5
        flow = "rate: 500/s, peak: 5000/s, size: 100 B"
        finding = one("mapping_too_slow", *behind(", shard_count: 5", flow, self.FUNCTION, ""))
        assert (finding.severity, finding.where) == (Severity.WARNING, "clicks -> work")
        assert finding.message == (
            "work takes 1,000 records/s (5 shards × parallelization factor 1 × batch 100 ÷ 0.5 s),"
            " below 5,000/s at peak"
        )
        assert finding.hint == "set parallelization_factor: 5"
        mapping = "parallelization_factor: 5"
        texts = behind(", shard_count: 5", flow, self.FUNCTION, mapping)
        assert absent("mapping_too_slow", *texts)

    def test_a_mean_that_does_not_fit_is_an_error(self) -> None:
        flow = "rate: 1001/s, size: 100 B"
        texts = behind(", shard_count: 5", flow, self.FUNCTION, "")
        assert one("mapping_too_slow", *texts).severity is Severity.ERROR

    def test_above_a_factor_of_10_more_shards_are_needed(self) -> None:
        # 1,000 × 0.5 ÷ 10 = 50 batches at a time: on 1 shard a factor of 50, or 5 shards × 10
        flow = "rate: 10/s, peak: 1000/s, size: 100 B"
        texts = behind(", shard_count: 1", flow, self.FUNCTION, "batch: 10")
        assert one("mapping_too_slow", *texts).hint == (
            "needs a parallelization factor of 50, above 10: use 5 shards, larger batches or a"
            " shorter duration"
        )

    def test_a_factor_of_10_is_allowed(self) -> None:
        # 200 × 0.5 ÷ 10 = 10 batches at a time on 1 shard
        texts = behind(", shard_count: 1", "rate: 200/s, size: 1 KB", self.FUNCTION, "batch: 10")
        assert one("mapping_too_slow", *texts).hint == "set parallelization_factor: 10"
        texts = behind(", shard_count: 1", "rate: 181/s, size: 1 KB", self.FUNCTION, "batch: 10")
        assert one("mapping_too_slow", *texts).hint == "set parallelization_factor: 10"

    def test_failed_batches_are_work_too(self) -> None:
        # 150 × 2 deliveries = 300/s over 1 × 100 ÷ 0.5 s = 200/s
        texts = behind(", shard_count: 1", "rate: 150/s, size: 1 KB", self.FUNCTION, FAILING)
        finding = one("mapping_too_slow", *texts)
        assert (finding.severity, finding.hint) == (Severity.ERROR, "set parallelization_factor: 2")

    def test_a_filter_spares_the_mapping(self) -> None:
        flow = "rate: 100/s, peak: 1000/s, size: 100 B"
        texts = behind(", shard_count: 1", flow, self.FUNCTION, "filter: 20%")
        assert absent("mapping_too_slow", *texts)

    def test_an_unknown_duration_is_not_judged(self) -> None:
        texts = behind(", shard_count: 1", "rate: 1000/s, size: 100 B", "memory_size: 128", "")
        assert absent("mapping_too_slow", *texts)

    @pytest.mark.parametrize(
        ("rate", "says"),
        [
            # a new stream has 4 MB/s, so 4 shards: 4 × 100 ÷ 0.5 s = 800/s
            (800, ""),
            (801, "800 records/s (about 4 shards"),
            # it keeps up with twice the peak: 2 × 2,001/s ÷ 1,000 = 5 shards; 5 × 200/s
            (2001, "1,000 records/s (about 5 shards"),
            (2000, "800 records/s (about 4 shards"),
        ],
    )
    def test_on_demand_shards_are_those_of_twice_the_peak(self, rate: int, says: str) -> None:
        texts = behind(ON_DEMAND, f"rate: {rate}/s, size: 100 B", self.FUNCTION, "")
        if not says:
            assert absent("mapping_too_slow", *texts)
        else:
            finding = one("mapping_too_slow", *texts)
            assert says in finding.message
            assert finding.severity is Severity.WARNING

    def test_on_demand_shards_by_bytes(self) -> None:
        # 2 × 3 MB/s = 6 shards; 6 × 10 ÷ 0.5 s = 120/s, of 96/s × 32 KB
        texts = behind(ON_DEMAND, "rate: 96/s, size: 32 KB", self.FUNCTION, "batch: 10")
        assert absent("mapping_too_slow", *texts)
        texts = behind(ON_DEMAND, "rate: 96/s, size: 32 KB", self.FUNCTION, "batch: 7")
        assert "84 records/s (about 6 shards" in one("mapping_too_slow", *texts).message

    def test_on_demand_has_no_shards_to_add(self) -> None:
        # 100 × 0.5 ÷ 1 = 50 batches at a time ÷ 4 shards = 12.5
        texts = behind(ON_DEMAND, "rate: 100/s, size: 1 KB", self.FUNCTION, "batch: 1")
        assert one("mapping_too_slow", *texts).hint == (
            "needs a parallelization factor of 13, above 10: use larger batches or a shorter"
            " duration"
        )


class TestOnDemandFindings:
    # 200 MB/s = 204,800 × 1 KB
    @pytest.mark.parametrize(("rate", "over"), [(204_800, False), (204_801, True)])
    def test_writes_in_other_regions(self, rate: int, *, over: bool) -> None:
        texts = spec(ON_DEMAND, f"rate: {rate}/s, size: 1 KB")
        rule = "on_demand_write_throughput_exceeded"
        assert absent(rule, *texts, region="eu-central-1") is not over
        assert absent(rule, *texts, region="eu-west-1")

    # 10 GB/s = 10,240 MB/s = 10,485,760 × 1 KB
    @pytest.mark.parametrize(("rate", "over"), [(10_485_760, False), (10_485_761, True)])
    def test_writes_in_large_regions(self, rate: int, *, over: bool) -> None:
        texts = spec(ON_DEMAND, f"rate: {rate}/s, size: 1 KB")
        rule = "on_demand_write_throughput_exceeded"
        assert absent(rule, *texts, region="us-west-2") is not over
        if over:
            finding = one(rule, *texts, region="us-west-2")
            assert (finding.severity, finding.where) == (Severity.WARNING, "clicks")

    # 4 readers × 100 MB/s = 400 MB/s
    @pytest.mark.parametrize(("rate", "over"), [(102_400, False), (102_401, True)])
    def test_reads(self, rate: int, *, over: bool) -> None:
        texts = spec(ON_DEMAND, f"rate: {rate}/s, size: 1 KB", readers(4))
        rule = "on_demand_read_throughput_exceeded"
        assert absent(rule, *texts, region="ca-central-1") is not over
        assert absent(rule, *texts, region="us-east-1")

    @pytest.mark.parametrize(("peak", "over"), [(4096, False), (4097, True)])
    def test_a_new_stream_takes_4_mb_a_second(self, peak: int, *, over: bool) -> None:
        texts = spec(ON_DEMAND, f"rate: 1/s, peak: {peak}/s, size: 1 KB")
        rule = "new_on_demand_write_throughput_exceeded"
        assert absent(rule, *texts) is not over
        if over:
            assert one(rule, *texts).severity is Severity.INFO

    @pytest.mark.parametrize(("number", "over"), [(50, False), (51, True)])
    def test_streams_of_an_account(self, number: int, *, over: bool) -> None:
        names = [f"s{i}" for i in range(number)]
        components = ["web: {type: client}"]
        components += [f"{name}: {{type: kinesis.stream{ON_DEMAND}}}" for name in names]
        flows = [f"- web -> {name}: {{rate: 1/s, size: 1 KB}}" for name in names]
        texts = "\n".join(components), "\n".join(flows)
        assert absent("on_demand_streams_exceeded", *texts) is not over

    def test_the_commitment_holds_for_all_streams(self) -> None:
        components = f"""
            web: {{type: client}}
            one: {{type: kinesis.stream{ADVANTAGE}}}
            two: {{type: kinesis.stream{ON_DEMAND}}}
            three: {{type: kinesis.stream}}
        """
        names = ("one", "two", "three")
        flows = "\n".join(f"- web -> {name}: {{rate: 1/s, size: 1 KB}}" for name in names)
        finding = one("commitment_of_some_streams", components, flows)
        assert finding.where == "two.minimum_throughput_billing_commitment"
        assert finding.message == (
            "is DISABLED, but another stream enables it, and it holds for the account"
        )


class TestSettings:
    def test_shard_count_on_demand(self) -> None:
        finding = refused(f"{ON_DEMAND}, shard_count: 2")
        assert (finding.rule, finding.where) == ("shard_count_on_demand", "clicks")
        assert finding.message == "sets shard_count, which needs stream_mode: PROVISIONED"

    def test_commitment_on_a_provisioned_stream(self) -> None:
        finding = refused(", minimum_throughput_billing_commitment: ENABLED")
        assert finding.rule == "commitment_on_provisioned_stream"
        assert finding.message == (
            "sets minimum_throughput_billing_commitment, which needs stream_mode: ON_DEMAND"
        )

    def test_distribution_on_a_provisioned_stream(self) -> None:
        finding = refused(", record_distribution_strategy: AUTO")
        assert finding.rule == "distribution_on_provisioned_stream"
        assert finding.message == (
            "sets record_distribution_strategy, which needs stream_mode: ON_DEMAND"
        )

    @pytest.mark.parametrize("settings", ["", ON_DEMAND, ADVANTAGE])
    def test_what_fits(self, settings: str) -> None:
        topology(*spec(settings))
        topology(*spec(f"{ON_DEMAND}, record_distribution_strategy: AUTO"))

    @pytest.mark.parametrize(
        ("settings", "message"),
        [
            ("retention_period_hours: 23", "is 23 h, below the minimum of 24 h"),
            ("retention_period_hours: 8761", "is 8761 h, above the maximum of 8760 h"),
            ("max_record_size_in_kib: 1023", "is 1023 KiB, below the minimum of 1024 KiB"),
            ("max_record_size_in_kib: 10241", "is 10241 KiB, above the maximum of 10240 KiB"),
            ("shard_count: 0", "is 0, below the minimum of 1"),
            ("shard_count: 100001", "is 100001, above the maximum of 100000"),
        ],
    )
    def test_bounds(self, settings: str, message: str) -> None:
        assert refused(f", {settings}").message == message

    @pytest.mark.parametrize(
        "settings",
        [
            "retention_period_hours: 24",
            "retention_period_hours: 365 d",
            "max_record_size_in_kib: 1 MB",
            "max_record_size_in_kib: 10240",
            "shard_count: 100000",
        ],
    )
    def test_bounds_themselves_fit(self, settings: str) -> None:
        topology(*spec(f", {settings}"))


class TestWords:
    @pytest.mark.parametrize(
        ("settings", "summary"),
        [
            ("", "Kinesis stream"),
            (", shard_count: 1", "Kinesis 1 shard"),
            (", shard_count: 5", "Kinesis 5 shards"),
            (ON_DEMAND, "Kinesis on-demand"),
            (ADVANTAGE, "Kinesis on-demand advantage"),
        ],
    )
    def test_summary(self, settings: str, summary: str) -> None:
        result = topology(*spec(settings))
        assert find("kinesis.stream").summary(result.traffic["clicks"].settings) == summary

    def test_records_are_read_again_without_end(self) -> None:
        result = topology(*spec(readers="failure_rate: 50%"))
        hop = next(h for h in result.hops if h.target == "c0")
        assert (hop.attempts, hop.dead) == (Fraction(2), Fraction(0))

    def test_every_reader_gets_every_record(self) -> None:
        result = topology(*spec(readers=readers(3)))
        loads = {h.handed.messages_per_second for h in result.hops}
        assert loads == {Fraction(100)}

    def test_quantities_are_exact(self) -> None:
        traffic = topology(*spec(ON_DEMAND, "rate: 1/min, size: 1 KB")).traffic["clicks"]
        usages = {u.key: u.quantity for u in find("kinesis.stream").usage(traffic, ())}
        # 2,628,000 s ÷ 60 × 1 KB
        assert usages["ingested_gb"] == Fraction(43_800 * 1024, 1024 * MIB)


class TestObservation:
    """https://aws.amazon.com/cloudwatch/pricing/ and https://aws.amazon.com/kms/pricing/."""

    # × 3 shards × $0.30; ALL are seven
    @pytest.mark.parametrize(
        ("metrics", "number"),
        [("IncomingBytes", 3), ("IncomingBytes, OutgoingBytes", 6), ("ALL, IncomingBytes", 21)],
    )
    def test_metrics_of_every_shard(self, metrics: str, number: int) -> None:
        result = priced(*spec(f", shard_count: 3, desired_shard_level_metrics: [{metrics}]"))
        assert quantity(result, "clicks", "CloudWatch metrics") == number
        assert cost(result, "clicks", "CloudWatch metrics") == number * Decimal("0.30")

    def test_metrics_on_demand_are_unknown_or_stated(self) -> None:
        settings = f"{ON_DEMAND}, desired_shard_level_metrics: [ALL]"
        assert not priced(*spec(settings)).complete
        result = priced(*spec(f"{settings}, usage: {{custom_metrics: 28}}"))
        assert cost(result, "clicks", "CloudWatch metrics") == Decimal("8.4")
        assert result.complete

    def test_requests_to_keys_are_unknown_or_stated(self) -> None:
        # 120,000 requests × $0.000003; the first 20,000 a month are free
        key = ", stream_encryption: {encryption_type: KMS, key_id: alias/aws/kinesis}"
        assert not priced(*spec(key)).complete
        stated = f"{key}, usage: {{kms_requests: 120000}}"
        result = priced(*spec(stated), free_tier=True)
        assert cost(result, "clicks", "KMS requests") == Decimal("0.36")
        assert cost(result, "(account)", "Free tier: KMS requests") == Decimal("-0.06")
        assert result.complete

    def test_a_stream_without_them_pays_none(self) -> None:
        names = {c.charge_description for c in priced(*spec()).of("clicks")}
        assert names == {"Shards", "PUT payload units"}


class TestLoads:
    """https://docs.aws.amazon.com/streams/latest/dev/service-sizes-and-limits.html."""

    FUNCTION = "w: {type: lambda.function, duration: 500 ms}"

    def test_a_provisioned_stream_of_5_shards(self):
        spec = (
            CLIENT + f"s: {{type: kinesis.stream}}\n{self.FUNCTION}",
            (
                "- c -> s: {rate: 1000/s, peak: 5000/s, size: 500 B, batch: 50}\n"
                "- s -> w: {batch: 100, parallelization_factor: 10}"
            ),
        )
        volume = Fraction(500_000, MIB)  # 1,000/s × 500 B on each shard

        assert loads_of("s", *spec) == [
            ("put_records_entries", 50, 500),
            ("put_records_payload", Fraction(25_000, MIB), 10),
            ("record_size", 500, MIB),
            ("shard_get_records", 1, 5),
            ("shard_read_records", 1000, 2000),
            ("shard_read_throughput", volume, 2),
            ("shard_write_records", 1000, 1000),
            ("shard_write_throughput", volume, 1),
            ("shards_per_account", 5, 20_000),
        ]
        # 5 shards × 10 batches of 100 ÷ 0.5 s
        assert ("mapping_throughput", 5000, 10_000) in loads_of("w", *spec)

    def test_a_stream_on_demand_with_a_reader_of_its_own(self):
        spec = (
            (
                CLIENT
                + "s: {type: kinesis.stream, stream_mode_details: {stream_mode: ON_DEMAND}}\n"
                "w: {type: server}\nv: {type: server}"
            ),
            "- c -> s: {rate: 2048/s, size: 1 KB}\n- s -> w: {enhanced_fan_out: true}\n- s -> v",
        )

        assert loads_of("s", *spec) == [
            ("enhanced_fan_out_consumers", 1, 20),
            ("new_on_demand_write_throughput", 2, 4),  # 2,048/s × 1 KB
            ("on_demand_read_throughput", 2, 20_480),
            ("on_demand_streams", 1, 50),
            ("on_demand_write_throughput", 2, 10_240),
            ("put_records_entries", 1, 500),
            ("put_records_payload", Fraction(1, 1024), 10),
            ("record_size", 1024, MIB),
            ("shard_get_records", 1, 5),
        ]

    def test_too_few_shards_are_told_once_and_loaded_each(self):
        spec = (
            CLIENT + "s: {type: kinesis.stream, shard_count: 1}\nw: {type: server}",
            "- c -> s: {rate: 3000/s, size: 1 KB}\n- s -> w",
        )

        assert rules(*spec) == ["shard_read_records_exceeded", "too_few_shards"]
        over = {(x.name, x.load) for x in loads(*spec) if x.exceeded and x.about == "shards"}
        # 3,000 KB/s ÷ 1,024, written and read
        volume = Fraction(3000, 1024)
        assert over == {
            ("shard_write_records", 3000),
            ("shard_write_throughput", volume),
            ("shard_read_throughput", volume),
        }

    def test_a_mapping_that_is_too_slow_is_a_load_as_well(self):
        spec = (
            CLIENT + "s: {type: kinesis.stream, shard_count: 1}\n"
            "w: {type: lambda.function, duration: 1 s}",
            (
                "- c -> s: {rate: 150/s, size: 1 KB}\n- s -> w: {batch: 100,"
                " maximum_retry_attempts: 3, bisect_batch_on_function_error: true}"
            ),
        )
        (load,) = [load for load in loads(*spec) if load.name == "mapping_throughput"]

        # 1 shard × 100 ÷ 1 s
        assert (load.component, load.load, load.most) == ("w", 150, 100)
        assert load.headroom == Fraction(-1, 2)
        assert rules(*spec) == ["mapping_too_slow"]
