"""Amazon DynamoDB, us-east-1: https://aws.amazon.com/dynamodb/pricing/.

On demand $0.625 a million writes and $0.125 a million reads; a capacity unit for writes $0.00065 an
hour, for reads $0.00013; storage $0.25 a GB-month after the first 25 GB.
"""

from decimal import Decimal

import pytest
from support import SECONDS, cost, found, priced, quantity, rate, rules, topology

from archcode.errors import SpecError

SERVER = "s: {type: server}\n"
ON_DEMAND = ", billing_mode: PAY_PER_REQUEST"
IA = ", table_class: STANDARD_INFREQUENT_ACCESS"
STREAM = ", stream_specification: {stream_view_type: NEW_IMAGE}"
READ = ", operation: read"
KEPT = "k: {type: kinesis.stream, retention_period_hours: 48}"
FUNCTION = "f: {type: lambda.function, duration: 100 ms}\n"


def table(settings: str = ON_DEMAND, flow: str = "rate: 10/s, size: 1 KB") -> tuple[str, str]:
    stored = "" if "stored" in settings else ", stored: 1 GB"
    return SERVER + f"t: {{type: dynamodb.table{settings}{stored}}}", f"- s -> t: {{{flow}}}"


BOUNDED = "maximum_retry_attempts: 3, bisect_batch_on_function_error: true"
"""A record that fails is given up; tried for ever, it is a finding of its own."""


def streamed(
    reader: str, flow: str = "", settings: str = ON_DEMAND + STREAM, load: str = ""
) -> tuple[str, str]:
    components, flows = table(settings, load or "rate: 10/s, size: 1 KB")
    name = reader.partition(":")[0]
    return f"{components}\n{reader}", f"{flows}\n- t -> {name}: {{{flow}}}"


class TestOnDemand:
    def test_writes(self):
        # 10/s x 2,628,000 s = 26,280,000 x $0.000000625
        assert cost(priced(*table()), "t", "Write request units") == Decimal("16.425")

    def test_reads(self):
        # 26,280,000 x 1/2 unit x $0.000000125
        result = priced(*table(flow=f"rate: 10/s, size: 4 KB{READ}"))

        assert cost(result, "t", "Read request units") == Decimal("1.6425")

    @pytest.mark.parametrize(
        ("size", "units"), [("1 B", 1), ("1 KB", 1), ("1025 B", 2), ("10 KB", 10), ("400 KB", 400)]
    )
    def test_a_write_unit_is_1_kb(self, size, units):
        result = priced(*table(flow=f"rate: 1/s, size: {size}"))

        assert quantity(result, "t", "Write request units") == units * SECONDS

    @pytest.mark.parametrize(("size", "units"), [("1 B", 1), ("4 KB", 1), ("4097 B", 2)])
    @pytest.mark.parametrize(
        ("key", "factor"),
        [
            ("", Decimal("0.5")),
            (", consistent_read: false", Decimal("0.5")),
            (", consistent_read: true", 1),
            (", transactional: true", 2),
        ],
    )
    def test_a_read_unit_is_4_kb_read_consistently(self, size, units, key, factor):
        result = priced(*table(flow=f"rate: 1/s, size: {size}{READ}{key}"))

        assert quantity(result, "t", "Read request units") == units * factor * SECONDS

    def test_a_transaction_writes_twice(self):
        result = priced(*table(flow="rate: 1/s, size: 1.5 KB, transactional: true"))

        assert quantity(result, "t", "Write request units") == 4 * SECONDS

    def test_items_of_a_batch_are_rounded_up_one_by_one(self):
        # 25 items of 100 B are 25 units, not the 3 of 2,500 B
        result = priced(*table(flow="rate: 25/s, size: 100 B, batch: 25"))

        assert quantity(result, "t", "Write request units") == 25 * SECONDS

    def test_an_index_takes_every_write_as_one_more(self):
        indexes = ", global_secondary_indexes: [by_name, by_day]"
        flow = "rate: 1/s, size: 2 KB, transactional: true"
        result = priced(*table(ON_DEMAND + indexes, flow))

        # 2 x 2 units in the transaction, and 2 units in each of 2 indexes
        assert quantity(result, "t", "Write request units") == 8 * SECONDS

    def test_infrequent_access_has_its_own_rates(self):
        result = priced(*table(ON_DEMAND + IA, "rate: 10/s, size: 1 KB"))
        # 26,280,000 x $0.00000078
        assert cost(result, "t", "Write request units, Standard-IA") == Decimal("20.4984")
        # 1 GB x $0.10
        assert cost(result, "t", "Table storage, Standard-IA") == Decimal("0.1")

        result = priced(*table(ON_DEMAND + IA, f"rate: 10/s, size: 1 KB{READ}"))
        # 26,280,000 x 1/2 x $0.000000155
        assert cost(result, "t", "Read request units, Standard-IA") == Decimal("2.0367")


class TestProvisioned:
    def test_capacity_is_paid_by_the_hour(self):
        throughput = ", provisioned_throughput: {read_capacity_units: 20, write_capacity_units: 10}"
        result = priced(*table(throughput))

        # 10 x 730 h x $0.00065 and 20 x 730 h x $0.00013
        assert cost(result, "t", "Write capacity units") == Decimal("4.745")
        assert cost(result, "t", "Read capacity units") == Decimal("1.898")

    @pytest.mark.parametrize(
        ("units", "free"),
        [
            # 25 units x 730 h = 18,250 h, all free: x ($0.00013 + $0.00065)
            (25, "-14.235"),
            # 26 units x 730 h = 18,980 h, of which 18,600 h are free
            (26, "-14.508"),
        ],
    )
    def test_the_first_25_units_are_free(self, units, free):
        throughput = f"read_capacity_units: {units}, write_capacity_units: {units}"
        spec = table(f", provisioned_throughput: {{{throughput}}}")
        result = priced(*spec, free_tier=True)

        off = ("Free tier: Read capacity", "Free tier: Write capacity")
        assert cost(result, "(account)", off) == Decimal(free)
        assert not priced(*spec, free_tier=True, region="us-gov-west-1").of("(account)")

    def test_capacity_is_derived_from_the_peak(self):
        components, flows = table("", "rate: 10/s, peak: 100/s, size: 1.5 KB")
        flows += f"\n- s -> t: {{rate: 10/s, peak: 31/s, size: 4 KB{READ}}}"
        result = priced(components, flows)

        # 100/s x 2 units; 31/s x 1/2 unit = 15.5
        assert [(n.name, n.required) for n in result.capacity["t"]] == [
            ("read_capacity_units", 16),
            ("write_capacity_units", 200),
        ]
        # 200 x 730 h x $0.00065; 16 x 730 h x $0.00013
        assert cost(result, "t", "Write capacity units") == Decimal("94.9")
        assert cost(result, "t", "Read capacity units") == Decimal("1.5184")

    def test_an_idle_table_keeps_one_unit_of_each(self):
        result = priced(*table("", "rate: 1/day, size: 1 KB"))

        assert quantity(result, "t", "Write capacity units") == 730
        assert quantity(result, "t", "Read capacity units") == 730

    def test_every_index_has_capacity_of_its_own(self):
        indexes = ", global_secondary_indexes: [by_name, by_day]"
        result = priced(*table(indexes, "rate: 10/s, size: 2 KB, transactional: true"))

        # 10/s x 2 units x 2 in the table, 10/s x 2 units in each index: (40 + 2 x 20) x 730 h
        assert quantity(result, "t", "Write capacity units") == 80 * 730
        # and one unit at least to read the table and each index
        assert quantity(result, "t", "Read capacity units") == 3 * 730

    def test_the_rate_of_infrequent_access_is_unknown(self):
        result = priced(*table(IA))

        unknown = [c.charge_description for c in result.of("t") if c.list_cost is None]
        assert [text.partition(" (")[0] for text in unknown] == [
            "Read capacity units, Standard-IA",
            "Write capacity units, Standard-IA",
        ]

    @pytest.mark.parametrize(
        ("units", "rule"),
        [
            (100, None),
            (99, "capacity_units_below_peak"),
            (10, "capacity_units_below_peak"),
            (9, "capacity_units_too_low"),
        ],
    )
    def test_too_little_capacity(self, units, rule):
        # 10/s in the mean, 100/s at peak, a unit each
        throughput = f", provisioned_throughput: {{write_capacity_units: {units}}}"
        names = rules(*table(throughput, "rate: 10/s, peak: 100/s, size: 1 KB"))

        assert names == ([rule] if rule else [])

    def test_a_finding_states_need_capacity_and_remedy(self):
        throughput = ", provisioned_throughput: {read_capacity_units: 40}"
        flow = f"rate: 10/s, peak: 100/s, size: 1 KB{READ}"
        (finding,) = found(*table(throughput, flow))

        assert finding.where == "t.provisioned_throughput.read_capacity_units"
        assert finding.message == (
            "is 40, and 50 are needed (50 read units/s at peak, rounded up, at least 1): a headroom"
            " of -25%"
        )
        assert finding.hint == (
            "set it to 50, or billing_mode: PAY_PER_REQUEST; the mean rate needs 5"
        )


class TestStorage:
    def test_the_first_25_gb_are_free(self):
        result = priced(*table(ON_DEMAND + ", stored: 125 GB"), free_tier=True)

        # 125 GB x $0.25, less 25 GB
        assert cost(result, "t", "Table storage") == Decimal("31.25")
        assert cost(result, "(account)", "Free tier: Table storage") == Decimal("-6.25")

    def test_an_index_keeps_everything_again(self):
        settings = ON_DEMAND + ", stored: 100 GB, global_secondary_indexes: [a, b]"

        # 3 x 100 GB x $0.25
        assert cost(priced(*table(settings)), "t", "Table storage") == Decimal(75)

    def test_what_is_not_said_is_unknown(self):
        recovery = ", point_in_time_recovery_specification: {point_in_time_recovery_enabled: true}"
        result = priced(
            SERVER + f"t: {{type: dynamodb.table{ON_DEMAND}{recovery}}}",
            "- s -> t: {rate: 1/s, size: 1 KB}",
        )

        unknown = [c.charge_description for c in result.of("t") if c.list_cost is None]
        assert unknown == [
            "Table storage (unknown: depends on stored)",
            "Point-in-time recovery (unknown: depends on stored)",
        ]

    def test_point_in_time_recovery_is_of_the_table_alone(self):
        recovery = ", point_in_time_recovery_specification: {point_in_time_recovery_enabled: true}"
        settings = ON_DEMAND + recovery + ", stored: 100 GB, global_secondary_indexes: [a]"

        # 100 GB x $0.20
        assert cost(priced(*table(settings)), "t", "Point-in-time recovery") == Decimal(20)

    def test_backups_and_replicas_are_stated(self):
        usage = ", usage: {backup_gb_months: 50, replicated_write_request_units: 2M}"
        result = priced(*table(ON_DEMAND + usage))

        # 50 GB x $0.10; 2,000,000 x $0.000000625
        assert cost(result, "t", "On-demand backups") == Decimal(5)
        assert cost(result, "t", "Replicated write request units") == Decimal("1.25")

    def test_a_key_of_kms_is_asked_for_an_unknown_number_of_times(self):
        result = priced(*table(ON_DEMAND + ", sse_specification: {sse_enabled: true}"))

        (charge,) = [c for c in result.of("t") if c.charge_description.startswith("KMS")]
        assert charge.list_cost is None
        usage = ", usage: {kms_requests: 100_000}"
        result = priced(*table(ON_DEMAND + ", sse_specification: {sse_enabled: true}" + usage))
        # https://aws.amazon.com/kms/pricing/: 100,000 x $0.000003
        assert cost(result, "t", "KMS requests") == Decimal("0.3")

    def test_the_key_of_aws_is_free(self):
        result = priced(*table(ON_DEMAND + ", sse_specification: {sse_enabled: false}"))

        assert result.complete


class TestStream:
    def test_writes_are_passed_on_and_reads_are_not(self):
        components, flows = streamed(FUNCTION)
        flows += f"\n- s -> t: {{rate: 90/s, size: 1 KB{READ}}}"
        result = topology(components, flows)

        assert rate(result, "t -> f") == 10

    def test_every_reader_gets_every_change(self):
        components, flows = streamed(FUNCTION)
        result = topology(f"{components}\nr: {{type: server}}", f"{flows}\n- t -> r")

        assert rate(result, "t -> f") == rate(result, "t -> r") == 10

    def test_lambda_reads_for_nothing_in_batches_of_100(self):
        result = priced(*streamed(FUNCTION, load="rate: 100/s, size: 1 KB"))

        assert [c.charge_description for c in result.of("t")] == [
            "Write request units",
            "Table storage",
        ]
        assert quantity(result, "f", "Requests") == SECONDS

    def test_other_readers_pay_for_requests_nobody_stated(self):
        result = priced(*streamed("r: {type: server}"))

        (charge,) = [c for c in result.of("t") if c.list_cost is None]
        assert charge.charge_description == (
            "Stream read requests (unknown: depends on how often r reads each shard)"
        )

    def test_the_first_2_5_million_stream_reads_are_free(self):
        components, flows = streamed("r: {type: server}")
        components = components.replace("stored", "usage: {stream_read_requests: 12.5M}, stored")
        result = priced(components, flows, free_tier=True)

        # 12,500,000 x $0.0000002, less 2,500,000
        assert cost(result, "t", "Stream read requests") == Decimal("2.5")
        assert cost(result, "(account)", "Free tier: Stream read") == Decimal("-0.5")

    @pytest.mark.parametrize(("size", "units"), [("1 KB", 1), ("1025 B", 2)])
    def test_changes_sent_to_kinesis_are_units_of_1_kb(self, size, units):
        target = ON_DEMAND + ", kinesis_stream_specification: {stream_arn: k}"
        load = f"rate: 10/s, size: {size}, transactional: true"
        result = priced(*streamed("k: {type: kinesis.stream}", "", target, load))

        # 26,280,000 changes x $0.0000001 for each KB; a transaction counts once here
        dollars = Decimal("2.628") * units
        assert cost(result, "t", "Change data capture") == dollars
        components, flows = streamed(f"{KEPT}\nr: {{type: server}}", "", target, load)
        assert rules(components, f"{flows}\n- k -> r") == []

    def test_a_mapping_gives_up_after_its_retries(self):
        components, flows = streamed(
            FUNCTION, "failure_rate: 10%, maximum_retry_attempts: 1, on_failure: d"
        )
        result = topology(f"{components}\nd: {{type: sqs.queue}}", flows)

        # 10/s x 10% x 10%
        assert rate(result, "f -> d") == Decimal("0.1")

    def test_lambda_reads_a_stream_only_where_there_is_one(self):
        (finding,) = found(*streamed(FUNCTION, "batch: 10", ON_DEMAND))

        assert (finding.rule, finding.where) == ("stream_not_enabled", "t -> f")
        assert finding.message == "t has no stream that f could read"

    def test_a_table_sends_to_the_one_data_stream_that_it_names(self):
        settings = ON_DEMAND + ", kinesis_stream_specification: {stream_arn: k}"
        components, load = table(settings, "rate: 1/s, size: 1 KB")
        components += f"\n{KEPT}\n{KEPT.replace('k', 'j', 1)}\nr: {{type: server}}"
        load += "\n- k -> r\n- j -> r"
        other = "- s -> {}: {{rate: 1/s, size: 1 KB}}"

        assert rules(components, f"{load}\n- t -> k\n{other.format('j')}") == []
        names = rules(components, f"{load}\n- t -> j\n{other.format('k')}")
        assert sorted(names) == ["kinesis_stream_not_enabled", "kinesis_stream_without_flow"]

    @pytest.mark.parametrize(("readers", "wrong"), [(2, False), (3, True)])
    def test_two_readers_at_most(self, readers, wrong):
        components, flows = table(ON_DEMAND + STREAM)
        for number in range(readers):
            components += f"\nf{number}: {{type: lambda.function, duration: 1 ms}}"
            flows += f"\n- t -> f{number}: {{{BOUNDED}}}"

        assert rules(components, flows) == (["stream_readers_exceeded"] if wrong else [])

    @pytest.mark.parametrize(("messages", "wrong"), [(500, False), (501, True)])
    def test_a_mapping_keeps_up(self, messages, wrong):
        # 1 shard x 50 ÷ 0.1 s = 500/s
        spec = streamed(FUNCTION, f"batch: 50, {BOUNDED}", load=f"rate: {messages}/s, size: 1 KB")
        findings = found(*spec)

        assert [f.rule for f in findings] == (["mapping_too_slow"] if wrong else [])
        for finding in findings:
            assert finding.severity == "info"
            assert finding.message == (
                "f takes 500 records/s from 1 shard (parallelization factor 1 × batch 50 ÷ 0.1 s),"
                " below 501/s at peak; a stream has about one shard for each partition"
            )
            assert finding.hint == "set parallelization_factor: 2"

    def test_a_factor_above_10_is_no_remedy(self):
        spec = streamed(FUNCTION, f"batch: 1, {BOUNDED}", load="rate: 101/s, size: 1 KB")

        (finding,) = found(*spec)
        assert finding.hint == (
            "use larger batches or a shorter duration, and watch the iterator's age"
        )

    @pytest.mark.parametrize(
        ("settings", "load", "partitions"),
        [
            (", stored: 1 GB", "rate: 1000/s, size: 1 KB", 1),
            (", stored: 1 GB", "rate: 1001/s, size: 1 KB", 2),
            (", stored: 10 GB", "rate: 1/s, size: 1 KB", 1),
            (", stored: 10.1 GB", "rate: 1/s, size: 1 KB", 2),
            # 6,002/s x 1/2 unit = 3,001
            (", stored: 1 GB", f"rate: 6000/s, size: 4 KB{READ}", 1),
            (", stored: 1 GB", f"rate: 6002/s, size: 4 KB{READ}", 2),
        ],
    )
    def test_partitions_are_filled_by_load_or_by_data(self, settings, load, partitions):
        (need,) = priced(*table(ON_DEMAND + STREAM + settings, load)).capacity["t"]

        assert (need.name, need.required) == ("partitions", partitions)


class TestLimits:
    @pytest.mark.parametrize(("size", "wrong"), [("400 KB", False), ("409601 B", True)])
    def test_item_size(self, size, wrong):
        names = rules(*table(flow=f"rate: 1/s, size: {size}"))

        assert names == (["item_size_exceeded"] if wrong else [])

    @pytest.mark.parametrize(
        ("flow", "most", "rule"),
        [
            ("", 25, "batch_write_items_exceeded"),
            (READ, 100, "batch_get_items_exceeded"),
            (", transactional: true", 100, "transaction_items_exceeded"),
            (f"{READ}, transactional: true", 100, "transaction_items_exceeded"),
        ],
    )
    def test_items_of_a_batch(self, flow, most, rule):
        for batch, expected in ((most, []), (most + 1, [rule])):
            load = f"rate: 100/s, size: 1 KB, batch: {batch}{flow}"
            assert rules(*table(flow=load)) == expected

    @pytest.mark.parametrize(
        ("flow", "size", "rule"),
        [
            # 100 items of 163.84 KB are 16 MB
            (READ, "163.84 KB", None),
            (READ, "163.85 KB", "batch_call_size_exceeded"),
            # 100 items of 40.96 KB are 4 MB
            (", transactional: true", "40.96 KB", None),
            (", transactional: true", "40.97 KB", "transaction_size_exceeded"),
        ],
    )
    def test_bytes_of_a_batch(self, flow, size, rule):
        load = f"rate: 1/s, size: {size}, batch: 100{flow}"

        assert rules(*table(flow=load)) == ([rule] if rule else [])

    @pytest.mark.parametrize(
        ("settings", "flow", "rule"),
        [
            (ON_DEMAND, "rate: 40000/s, size: 1 KB", None),
            (ON_DEMAND, "rate: 40001/s, size: 1 KB", "table_write_throughput_exceeded"),
            (ON_DEMAND, f"rate: 80000/s, size: 4 KB{READ}", None),
            (ON_DEMAND, f"rate: 80001/s, size: 4 KB{READ}", "table_read_throughput_exceeded"),
            ("", "rate: 40001/s, size: 1 KB", "table_write_throughput_exceeded"),
            (STREAM, "rate: 40000/s, size: 1 KB", None),
            (STREAM, "rate: 40001/s, size: 1 KB", "stream_write_throughput_exceeded"),
        ],
    )
    def test_throughput_of_a_table(self, settings, flow, rule):
        findings = found(*table(settings, flow))

        assert [f.rule for f in findings] == ([rule] if rule else [])
        assert all(f.severity == "warning" for f in findings)

    @pytest.mark.parametrize(
        ("flow", "rule"),
        [
            ("rate: 2000/s, size: 1 KB", None),
            ("rate: 2001/s, size: 1 KB", "partition_write_throughput_exceeded"),
            (f"rate: 12000/s, size: 4 KB{READ}", None),
            (f"rate: 12001/s, size: 4 KB{READ}", "partition_read_throughput_exceeded"),
        ],
    )
    def test_throughput_of_a_partition_key(self, flow, rule):
        # 2 keys take 2,000 writes/s or 6,000 consistent reads/s
        names = rules(*table(ON_DEMAND + ", partition_keys: 2", flow))

        assert names == ([rule] if rule else [])

    @pytest.mark.parametrize(("indexes", "wrong"), [(20, False), (21, True)])
    def test_indexes(self, indexes, wrong):
        names = ", ".join(f"i{number}" for number in range(indexes))
        found_ = rules(*table(f"{ON_DEMAND}, global_secondary_indexes: [{names}]"))

        assert found_ == (["global_secondary_indexes_exceeded"] if wrong else [])

    @pytest.mark.parametrize(
        ("kind", "units", "wrong"),
        [
            ("write", 40_000, False),
            ("write", 40_001, True),
            ("read", 40_000, False),
            ("read", 40_001, True),
        ],
    )
    def test_capacity_of_the_account(self, kind, units, wrong):
        half = f", provisioned_throughput: {{{kind}_capacity_units: 40000}}"
        rest = f", provisioned_throughput: {{{kind}_capacity_units: {units}}}"
        components, flows = table(half)
        components += f"\nu: {{type: dynamodb.table{rest}, stored: 1 GB}}"
        names = rules(components, f"{flows}\n- s -> u: {{rate: 1/s, size: 1 KB}}")

        assert (f"account_{kind}_capacity_exceeded" in names) is wrong

    def test_capacity_of_indexes_counts_for_the_account(self):
        # 20,000/s in the table and in each of 3 indexes are 80,000; on demand nothing counts
        indexes = ", global_secondary_indexes: [a, b, c]"
        for messages, wrong in ((20_000, False), (20_001, True)):
            flow = f"rate: {messages}/s, size: 1 KB"
            assert ("account_write_capacity_exceeded" in rules(*table(indexes, flow))) is wrong
            assert rules(*table(ON_DEMAND + indexes, flow)) == []


class TestRefused:
    @pytest.mark.parametrize(
        ("settings", "rule"),
        [
            (
                f"{ON_DEMAND}, provisioned_throughput: {{read_capacity_units: 5}}",
                "throughput_on_demand",
            ),
            (", global_secondary_indexes: [a, b, a]", "index_named_twice"),
            (", kinesis_stream_specification: {stream_arn: s}", "wrong_type"),
        ],
    )
    def test_settings_that_exclude_each_other(self, settings, rule):
        with pytest.raises(SpecError) as refused:
            priced(*table(settings))

        assert [finding.rule for finding in refused.value.findings] == [rule]

    def test_a_write_is_not_read_consistently(self):
        (finding,) = found(*table(flow="rate: 1/s, size: 1 KB, consistent_read: true"))

        assert (finding.rule, finding.severity) == ("consistent_read_of_a_write", "error")


def test_answers_to_the_internet_have_a_size():
    components, flows = table(flow=f"rate: 1/s, size: 1 KB{READ}")
    result = priced(components.replace("server", "client"), flows)

    assert any("response_size" in c.charge_description for c in result.of("t"))
    sized = priced(
        components.replace("server", "client"), flows.replace("}", ", response_size: 1 MB}")
    )
    # 2,628,000 answers x 1 MB = 2,566.40625 GB x $0.09
    assert cost(sized, "t", "Data transfer") == Decimal("230.9765625")


def test_the_settings_say_what_it_is():
    text = "DynamoDB provisioned IA"
    result = priced(*table(IA))
    component = result.topology.spec.components["t"]
    service = result.topology.service("t")

    assert service.summary(component.settings) == text
