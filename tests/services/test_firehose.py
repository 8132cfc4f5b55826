"""Amazon Data Firehose, us-east-1: $0.029 a GB, in steps of 5 KB a record; MSK $0.055.

https://aws.amazon.com/firehose/pricing/
"""

from decimal import Decimal
from fractions import Fraction

import pytest
from support import SECONDS, cost, found, priced, quantity, rules, topology

from archcode.errors import SpecError

CLIENT = "c: {type: client}\n"
BUCKET = "b: {type: s3.bucket, stored: 1 TB}\n"
GB = 2**30
TO_ORC = "data_format_conversion_configuration: {output_format: ORC}"
SORTED = "dynamic_partitioning_configuration: {active_partitions: 2}"


def put(settings: str = "", flow: str = "rate: 1000/s, size: 1 KB") -> tuple[str, str]:
    """A delivery stream `f` of Direct PUT with a bucket `b`."""
    stream = f"f: {{type: kinesisfirehose.delivery_stream{settings}}}\n"
    return CLIENT + stream + BUCKET, f"- c -> f: {{{flow}}}\n- f -> b"


def to(target: str, settings: str = "", more: str = "") -> tuple[str, str]:
    """A delivery stream `f` with a destination `d`."""
    stream = f"f: {{type: kinesisfirehose.delivery_stream{settings}}}\n"
    return (
        f"{CLIENT}{stream}d: {{type: {target}}}\n{more}",
        "- c -> f: {rate: 10/s, size: 1 KB}\n- f -> d",
    )


def hop(spec, arrow: str):
    return next(h for h in topology(*spec).hops if h.where == arrow)


class TestIngestion:
    @pytest.mark.parametrize(
        ("size", "steps"), [("1 B", 1), ("5 KB", 1), ("5121 B", 2), ("10 KB", 2), ("10241 B", 3)]
    )
    def test_each_record_is_charged_in_steps_of_5_kb(self, size, steps):
        result = priced(*put(flow=f"rate: 1000/s, size: {size}"))

        # 1,000/s x 2,628,000 s x 5,120 B / 2^30 = 12,531.28 GB for each step
        gigabytes = Decimal(1000 * SECONDS * 5120 * steps) / GB
        assert abs(quantity(result, "f", "Ingestion, Direct PUT") - gigabytes) < Decimal("1e-9")

    def test_a_batch_rounds_each_of_its_records(self):
        one, ten = put(), put(flow="rate: 1000/s, size: 1 KB, batch: 10")

        assert quantity(priced(*one), "f", "Ingestion") == quantity(priced(*ten), "f", "Ingestion")

    def test_direct_put_costs_2_9_cents_a_gb(self):
        result = priced(*put(flow="rate: 1024/s, size: 5 KB"))

        # 1,024/s x 5 KB = 5 MB/s; x 2,628,000 s / 1,024 = 12,832.03125 GB x $0.029 = $372.12890625
        assert quantity(result, "f", "Ingestion") == Decimal("12832.03125")
        assert cost(result, "f") == Decimal("372.12890625")

    def test_a_data_stream_costs_the_same_and_rounds_the_same(self):
        result = priced(
            CLIENT + "k: {type: kinesis.stream}\nf: {type: kinesisfirehose.delivery_stream}\n"
            f"{BUCKET}",
            "- c -> k: {rate: 1024/s, size: 1 KB}\n- k -> f\n- f -> b",
        )

        # 1,024/s x 5 KB, as above
        assert cost(result, "f", "Ingestion from Kinesis") == Decimal("372.12890625")

    def test_tiers(self):
        result = priced(*put(flow="rate: 102400/s, size: 5 KB"))

        # 500 MB/s x 2,628,000 s / 1,024 = 1,283,203.125 GB: 512,000 x $0.029 = $14,848,
        # the other 771,203.125 x $0.025 = $19,280.078125
        assert cost(result, "f") == Decimal("34128.078125")

    def test_msk_records_are_not_rounded(self):
        result = priced(*kafka())

        # 1,024/s x 1 KB = 1 MB/s; x 2,628,000 s / 1,024 = 2,566.40625 GB x $0.055 = $141.15234375
        assert quantity(result, "f", "Ingestion from MSK") == Decimal("2566.40625")
        assert cost(result, "f", "Ingestion from MSK") == Decimal("141.15234375")

    def test_msk_is_charged_by_what_is_delivered_where_that_is_more(self):
        result = priced(*kafka(out="size: 2 KB"))

        assert quantity(result, "f", "Ingestion from MSK") == Decimal("5132.8125")

    def test_msk_is_charged_by_what_comes_in_where_that_is_more(self):
        result = priced(*kafka(out="size: 512 B"))

        assert quantity(result, "f", "Ingestion from MSK") == Decimal("2566.40625")

    def test_iceberg_tables_of_msk_have_a_price_of_their_own(self):
        result = priced(*kafka(", iceberg_destination_configuration: {}"))

        # 2,566.40625 GB x $0.045 = $115.48828125
        assert cost(result, "f") == Decimal("115.48828125")

    def test_other_iceberg_tables_are_unknown(self):
        result = priced(*put(", iceberg_destination_configuration: {append_only: true}"))

        assert [charge.list_cost for charge in result.of("f")] == [None]


def kafka(settings: str = "", flow: str = "rate: 1024/s, size: 1 KB", out: str = "label: x"):
    """A delivery stream `f` of an MSK cluster."""
    log = "k: {type: msk.cluster, broker_node_group_info: {instance_type: kafka.m7g.large}}\n"
    stream = f"f: {{type: kinesisfirehose.delivery_stream{settings}}}\n"
    return CLIENT + log + stream + BUCKET, f"- c -> k: {{{flow}}}\n- k -> f\n- f -> b: {{{out}}}"


class TestFeatures:
    def test_conversion_is_charged_on_the_rounded_gb(self):
        result = priced(
            *put(
                ", data_format_conversion_configuration: {output_format: PARQUET}",
                "rate: 1024/s, size: 1 KB",
            )
        )

        # 12,832.03125 GB x $0.018 = $230.9765625
        assert cost(result, "f", "Format conversion") == Decimal("230.9765625")

    def test_partitioning_is_charged_by_gb_and_objects(self):
        result = priced(
            *put(
                ", dynamic_partitioning_configuration: {active_partitions: 8}"
                ", buffering_hints: {size_in_mbs: 64, interval_in_seconds: 900}",
                "rate: 1024/s, size: 1 KB",
            )
        )

        # 2,566.40625 GB delivered x $0.02 = $51.328125
        assert cost(result, "f", ("Dynamic partitioning",)) == Decimal("51.328125") + Decimal(
            "0.2053125"
        )
        # 1 MB/s over 8 partitions fills 64 MB in 512 s: 8 objects in 512 s, 41,062.5 a month,
        # x $0.000005 = $0.2053125
        assert quantity(result, "f", "Dynamic partitioning, objects") == Decimal("41062.5")

    def test_jq_is_unknown_until_it_is_measured(self):
        sorting = (
            ", dynamic_partitioning_configuration:"
            " {active_partitions: 8, json_parsing_engine: JQ-1.6}"
        )
        unknown = priced(*put(sorting))
        measured = priced(*put(sorting + ", usage: {jq_hours: 100}"))

        assert not unknown.complete
        # 100 h x $0.07
        assert cost(measured, "f", "Dynamic partitioning, jq") == Decimal(7)

    def test_vpc_delivery_is_charged_by_zone_hours_and_gb(self):
        stream = (
            "f: {type: kinesisfirehose.delivery_stream, vpc_configuration: {availability_zones: 3}}"
        )
        result = priced(
            f"{CLIENT}{stream}\nd: {{type: opensearchservice.domain, monthly_cost: 100}}",
            "- c -> f: {rate: 1024/s, size: 1 KB}\n- f -> d",
        )

        # 3 x 730 h x $0.01 = $21.90; 2,566.40625 GB x $0.01 = $25.6640625
        assert cost(result, "f", "VPC delivery, zones") == Decimal("21.9")
        assert cost(result, "f", "VPC delivery, data") == Decimal("25.6640625")

    def test_decompression_is_charged_by_what_comes_out(self):
        result = priced(
            *put(", decompression: true, decompression_ratio: 8", "rate: 1024/s, size: 1 KB")
        )

        # 2,566.40625 GB x 8 x $0.00325 = $66.7265625
        assert cost(result, "f", "Decompression") == Decimal("66.7265625")

    def test_decompression_without_a_ratio_is_unknown(self):
        assert not priced(*put(", decompression: true")).complete

    def test_calls_to_a_key_are_unknown_until_they_are_measured(self):
        setting = ", delivery_stream_encryption_configuration_input: "
        key = setting + "{key_type: CUSTOMER_MANAGED_CMK, key_arn: alias/records}"
        owned = setting + "{key_type: AWS_OWNED_CMK}"

        assert not priced(*put(key)).complete
        assert priced(*put(owned)).complete
        # 1,000,000 x $0.000003
        measured = priced(*put(key + ", usage: {kms_requests: 1M}"))
        assert cost(measured, "f", "KMS requests") == Decimal(3)


class TestBuffers:
    @pytest.mark.parametrize(
        ("rate", "batch"),
        [
            ("1000/s", 5120),  # 5 MB of 1 KB, filled in 5 s
            ("10/s", 3000),  # 300 s, before 5 MB are full
            ("1/h", 1),  # an object has a record at least
        ],
    )
    def test_an_object_holds_5_mb_or_300_s(self, rate, batch):
        assert hop(put(flow=f"rate: {rate}, size: 1 KB"), "f -> b").batch == batch

    def test_hints_set_both(self):
        hints = ", buffering_hints: {size_in_mbs: 64, interval_in_seconds: 60}"

        # 64 MB of 1 KB are 65,536 records; 60 s of 100/s are 6,000
        assert hop(put(hints, "rate: 10k/s, size: 1 KB"), "f -> b").batch == 65_536
        assert hop(put(hints, "rate: 100/s, size: 1 KB"), "f -> b").batch == 6000

    def test_the_cloudformation_name_is_taken_too(self):
        hints = ", buffering_hints: {size_in_m_bs: 64, interval_in_seconds: 60}"

        assert hop(put(hints, "rate: 10k/s, size: 1 KB"), "f -> b").batch == 65_536

    def test_a_buffer_counts_bytes_before_compression(self):
        packed = hop(put(", compression_format: GZIP, compression_ratio: 4"), "f -> b")

        # 5,120 records of 1 KB fill 5 MB and are stored as 1.25 MB
        assert packed.batch == 5120
        assert packed.batch_bytes == 5120 * 256

    def test_conversion_without_hints_takes_128_mb(self):
        settings = ", data_format_conversion_configuration: {output_format: ORC}"

        assert hop(put(settings, "rate: 10k/s, size: 1 KB"), "f -> b").batch == 128 * 1024

    def test_zero_buffering_writes_an_object_for_each_record(self):
        hints = ", buffering_hints: {size_in_mbs: 1, interval_in_seconds: 0}"

        assert hop(put(hints), "f -> b").batch == 1

    @pytest.mark.parametrize(
        ("rate", "megabytes", "words"),
        [
            # 1,000 KB/s fill 5 MB = 5,120 KB in 5.12 s; 300 s of 10 KB/s are 3,000 KB
            ("1000/s", 5, "full after 5.12 s at 1,000 KB/s, and of 300 s"),
            ("10/s", 3, "full after 512 s at 10 KB/s, and of 300 s"),
        ],
    )
    def test_what_a_delivery_holds_and_how_long_it_takes(self, rate, megabytes, words):
        (delivery,) = priced(*put(flow=f"rate: {rate}, size: 1 KB")).capacity["f"]

        assert delivery.required == megabytes
        assert words in delivery.formula
        assert delivery.formula.endswith("take up to 450 s")

    def test_splunk_waits_60_s(self):
        (delivery,) = priced(*to("splunk")).capacity["f"]

        # 60 s of 10 KB/s are 600 KB
        assert delivery.required == 1
        assert delivery.formula.endswith("and of 60 s; buffers in several stages take up to 90 s")


class TestTransform:
    COMPONENTS = (
        f"{CLIENT}{BUCKET}w: {{type: lambda.function, duration: 1 s}}\n"
        "f: {type: kinesisfirehose.delivery_stream, processing_configuration: {lambda_arn: w}}"
    )

    def test_a_function_is_called_for_each_mb_though_no_flow_is_drawn(self):
        result = priced(self.COMPONENTS, "- c -> f: {rate: 1024/s, size: 1 KB}\n- f -> b")

        # 1,024 records of 1 KB are 1 MB: one call a second
        assert quantity(result, "w", "Requests") == SECONDS

    def test_a_function_is_called_every_60_s_at_a_low_rate(self):
        result = priced(self.COMPONENTS, "- c -> f: {rate: 1/s, size: 1 KB}\n- f -> b")

        assert quantity(result, "w", "Requests") == SECONDS // 60

    def test_calls_that_fail_are_made_four_times(self):
        result = topology(
            self.COMPONENTS,
            "- c -> f: {rate: 1024/s, size: 1 KB}\n- f -> w: {failure_rate: 50%}\n- f -> b",
        )
        (call,) = [h for h in result.hops if h.kind == "call"]

        # 1 + 1/2 + 1/4 + 1/8 tries; 1/16 fails on all of them
        assert call.attempts == Fraction(15, 8)
        assert call.dead == Fraction(1, 16)

    @pytest.mark.parametrize(("size", "wrong"), [("0.2", False), ("0.1", True), ("3.1", True)])
    def test_calls_hold_a_fifth_of_a_mb_to_3_mb(self, size, wrong):
        settings = f"{{lambda_arn: w, buffer_size_in_mbs: {size}}}"
        spec = put(f", processing_configuration: {settings}")
        function = "w: {type: lambda.function, duration: 1 s}\n"
        if wrong:
            with pytest.raises(SpecError, match=r"0\.2 to 3 MB"):
                rules(spec[0] + function, spec[1])
        else:
            assert rules(spec[0] + function, spec[1]) == []


def test_a_topic_delivers_to_a_delivery_stream():
    result = priced(
        f"{CLIENT}t: {{type: sns.topic}}\n{BUCKET}f: {{type: kinesisfirehose.delivery_stream}}",
        "- c -> t: {rate: 1/s, size: 1 KB}\n- t -> f\n- f -> b",
    )

    # 2,628,000 x $0.00000019 = $0.49932: https://aws.amazon.com/sns/pricing/
    assert cost(result, "t", "Deliveries to Firehose") == Decimal("0.49932")
    # 2,628,000 x 5,120 B / 2^30 = 12.53128... GB
    assert round(quantity(result, "f", "Ingestion, Direct PUT"), 5) == Decimal("12.53128")


def test_what_a_destination_refuses_goes_to_the_backup():
    result = priced(
        CLIENT + "f: {type: kinesisfirehose.delivery_stream,"
        " s3_backup_configuration: {bucket_arn: b}}\n"
        "d: {type: opensearchservice.domain, monthly_cost: 100}\n"
        f"{BUCKET}",
        "- c -> f: {rate: 1000/s, size: 1 KB}\n- f -> d: {failure_rate: 1%}",
    )

    # 10/s for 300 s are 3,000 records in an object: 26,280,000 / 3,000 = 8,760 PUTs
    assert quantity(result, "b", "PUT requests") == 8760


class TestLimits:
    @pytest.mark.parametrize(("size", "wrong"), [("1000 KB", False), ("1024001 B", True)])
    def test_record_size(self, size, wrong):
        names = rules(*put(flow=f"rate: 1/s, size: {size}"))

        assert ("firehose_record_size_exceeded" in names) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("10 MB", False), ("10485761 B", True)])
    def test_kafka_record_size(self, size, wrong):
        names = rules(*kafka(flow=f"rate: 1/min, size: {size}"))

        assert ("kafka_source_record_size_exceeded" in names) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("6 MB", False), ("6291457 B", True)])
    def test_transformed_kafka_record_size(self, size, wrong):
        components, flows = kafka(
            ", processing_configuration: {lambda_arn: w}", f"rate: 1/min, size: {size}"
        )
        names = rules(f"{components}w: {{type: lambda.function, duration: 1 s}}", flows)

        assert ("transformed_kafka_record_size_exceeded" in names) is wrong

    @pytest.mark.parametrize(("batch", "wrong"), [(500, False), (501, True)])
    def test_batch_records(self, batch, wrong):
        names = rules(*put(flow=f"rate: 1/s, size: 1 KB, batch: {batch}"))

        assert ("put_record_batch_records_exceeded" in names) is wrong

    @pytest.mark.parametrize(("size", "wrong"), [("10485 B", False), ("10486 B", True)])
    def test_batch_size(self, size, wrong):
        # 400 x 10,485.76 B = 4 MB
        names = rules(*put(flow=f"rate: 1/s, size: {size}, batch: 400"))

        assert ("put_record_batch_size_exceeded" in names) is wrong

    @pytest.mark.parametrize(
        ("region", "records", "requests", "kib"),
        [("us-east-1", 500_000, 2000, 5 * 1024), ("eu-central-1", 100_000, 1000, 1024)],
    )
    def test_direct_put_quotas_of_regions(self, region, records, requests, kib):
        for name, most, flow in (
            ("direct_put_records", records, "size: 1 B, batch: 500"),
            ("direct_put_requests", requests, "size: 1 B"),
            ("direct_put_throughput", kib, "size: 1 KB, batch: 500"),
        ):
            for rate, wrong in ((most, False), (most + 1, True)):
                spec = put(flow=f"rate: 1/s, peak: {rate}/s, {flow}")
                findings = [f for f in found(*spec, region=region) if f.rule == f"{name}_exceeded"]

                assert bool(findings) is wrong
                assert all(f.severity == "warning" for f in findings)

    def test_services_that_push_batch_by_themselves(self):
        names = rules(
            f"{CLIENT}t: {{type: sns.topic}}\n{BUCKET}f: {{type: kinesisfirehose.delivery_stream}}",
            "- c -> t: {rate: 3000/s, size: 100 B}\n- t -> f\n- f -> b",
        )

        assert names == []

    @pytest.mark.parametrize(("partitions", "wrong"), [(500, False), (501, True)])
    def test_active_partitions(self, partitions, wrong):
        settings = f", dynamic_partitioning_configuration: {{active_partitions: {partitions}}}"

        assert ("active_partitions_exceeded" in rules(*put(settings))) is wrong

    @pytest.mark.parametrize(("rate", "wrong"), [(2048, False), (2049, True)])
    def test_partition_throughput(self, rate, wrong):
        # two partitions take 1 GB/s each: 2,048/s x 1 MB
        settings = ", dynamic_partitioning_configuration: {active_partitions: 2}"
        names = rules(*put(settings, f"rate: {rate}/s, size: 1 MB"))

        assert ("active_partition_throughput_exceeded" in names) is wrong

    @pytest.mark.parametrize(
        ("target", "rule", "most"),
        [
            ("opensearchservice.domain", "opensearch_buffer_size_exceeded", 100),
            ("partner", "http_endpoint_buffer_size_exceeded", 64),
            ("splunk", "splunk_buffer_size_exceeded", 5),
        ],
    )
    def test_buffer_sizes_of_destinations(self, target, rule, most):
        for size, wrong in ((most, False), (most + 1, True)):
            hints = f", buffering_hints: {{size_in_mbs: {size}, interval_in_seconds: 60}}"

            assert (rule in rules(*to(target, hints))) is wrong

    @pytest.mark.parametrize(("seconds", "wrong"), [(60, False), (61, True)])
    def test_splunk_interval(self, seconds, wrong):
        hints = f", buffering_hints: {{size_in_mbs: 5, interval_in_seconds: {seconds}}}"

        assert ("splunk_buffer_interval_exceeded" in rules(*to("splunk", hints))) is wrong

    @pytest.mark.parametrize(("count", "wrong"), [(100, False), (101, True)])
    def test_streams_of_a_region(self, count, wrong):
        names = [f"f{number}" for number in range(count)]
        components = "".join(f"{n}: {{type: kinesisfirehose.delivery_stream}}\n" for n in names)
        flows = "\n".join(f"- c -> {n}: {{rate: 1/s, size: 1 KB}}\n- {n} -> b" for n in names)
        findings = rules(CLIENT + BUCKET + components, flows, region="eu-south-2")

        assert ("delivery_streams_exceeded" in findings) is wrong


class TestShape:
    STREAM = f"{CLIENT}k: {{type: kinesis.stream}}\nf: {{type: kinesisfirehose.delivery_stream}}\n"

    def test_a_stream_must_be_the_only_source(self):
        flows = "- c -> k: {rate: 1/s, size: 1 KB}\n- k -> f\n- f -> b"
        mixed = f"{flows}\n- c -> f: {{rate: 1/s, size: 1 KB}}"

        assert "mixed_sources" not in rules(self.STREAM + BUCKET, flows)
        assert "mixed_sources" in rules(self.STREAM + BUCKET, mixed)

    @pytest.mark.parametrize(
        ("kind", "wrong"), [("DirectPut", False), ("KinesisStreamAsSource", True)]
    )
    def test_a_stated_type_must_be_that_of_the_flows(self, kind, wrong):
        names = rules(*put(f", delivery_stream_type: {kind}"))

        assert ("delivery_stream_type_mismatch" in names) is wrong

    @pytest.mark.parametrize(
        ("key", "rule"),
        [
            ("enhanced_fan_out: true", "fan_out_to_delivery_stream"),
            ("filter: 40%", "filter_before_delivery_stream"),
        ],
    )
    def test_a_stream_is_read_as_a_whole_by_a_shared_reader(self, key, rule):
        flows = "- c -> k: {{rate: 1/s, size: 1 KB}}\n- k -> f: {{{}}}\n- f -> b"

        assert rules(self.STREAM + BUCKET, flows.format("label: all")) == []
        assert rule in rules(self.STREAM + BUCKET, flows.format(key))

    def test_a_delivery_stream_counts_among_the_readers_of_a_data_stream(self):
        result = priced(
            f"{self.STREAM}{BUCKET}g: {{type: kinesisfirehose.delivery_stream}}\n"
            "h: {type: kinesisfirehose.delivery_stream}",
            "- c -> k: {rate: 100/s, size: 10 KB}\n- k -> f\n- f -> b\n- k -> g\n- g -> b\n"
            "- k -> h\n- h -> b",
        )

        # 1,000 KB/s written fit one shard; three readers of them need 2,930 KB/s of 2,048
        assert result.capacity["k"][0].required == 2

    def test_a_second_destination_needs_a_stream_of_its_own(self):
        more = "e: {type: splunk}\nb: {type: s3.bucket, stored: 1 GB}\n"
        components, flows = to("splunk", more=more)

        assert "second_destination" not in rules(components, f"{flows}\n- f -> b")
        assert "second_destination" in rules(components, f"{flows}\n- f -> e")

    def test_a_bucket_may_have_one_backup(self):
        components, flows = put()
        buckets = "x: {type: s3.bucket, stored: 1 GB}\ny: {type: s3.bucket, stored: 1 GB}\n"

        assert "second_destination" not in rules(components + buckets, f"{flows}\n- f -> x")
        assert "second_destination" in rules(components + buckets, f"{flows}\n- f -> x\n- f -> y")

    def test_a_function_is_no_destination(self):
        assert "unsupported_destination" in rules(*to("lambda.function, duration: 1 s"))

    @pytest.mark.parametrize("kind", ["redshift.cluster", "redshiftserverless.workgroup"])
    def test_a_warehouse_is_reached_through_a_bucket(self, kind):
        components, flows = to(kind, more=BUCKET)

        assert "warehouse_without_bucket" in rules(components, flows)
        assert "warehouse_without_bucket" not in rules(components, f"{flows}\n- f -> b")

    def test_zero_buffering_excludes_a_backup(self):
        hints = ", buffering_hints: {size_in_mbs: 5, interval_in_seconds: 0}"
        components, flows = to("splunk", hints, BUCKET)

        assert "zero_buffering_with_backup" not in rules(components, flows)
        assert "zero_buffering_with_backup" in rules(components, f"{flows}\n- f -> b")

    @pytest.mark.parametrize(
        "settings",
        [
            TO_ORC,
            SORTED,
            "iceberg_destination_configuration: {}",
            "vpc_configuration: {availability_zones: 2}",
        ],
    )
    def test_features_of_other_destinations(self, settings):
        assert "feature_of_other_destination" in rules(*to("splunk", f", {settings}"))

    @pytest.mark.parametrize(
        ("settings", "rule"),
        [
            (
                f"compression_format: GZIP, {TO_ORC}",
                "compression_with_conversion",
            ),
            ("compression_ratio: 4", "ratio_without_compression"),
            ("compression_format: GZIP, compression_ratio: 0.5", "ratio_below_1"),
            ("decompression_ratio: 4", "ratio_without_decompression"),
            (
                f"buffering_hints: {{size_in_mbs: 63, interval_in_seconds: 60}}, {TO_ORC}",
                "buffer_below_64_mb",
            ),
            (
                f"buffering_hints: {{size_in_mbs: 64, interval_in_seconds: 0}}, {SORTED}",
                "zero_buffering_with_partitions",
            ),
            ("buffering_hints: {size_in_mbs: 129, interval_in_seconds: 0}", "out_of_range"),
            ("buffering_hints: {size_in_mbs: 5, interval_in_seconds: 901}", "out_of_range"),
            ("buffering_hints: {size_in_mbs: 5}", "missing_key"),
        ],
    )
    def test_settings_that_exclude_each_other(self, settings, rule):
        with pytest.raises(SpecError) as error:
            rules(*put(f", {settings}"))

        assert [finding.rule for finding in error.value.findings] == [rule]
