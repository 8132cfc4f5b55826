"""What delivery streams, buckets, domains, warehouses and tables bear, by hand.

https://docs.aws.amazon.com/firehose/latest/dev/limits.html,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html,
https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html,
https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-source.html and
https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html.
"""

from __future__ import annotations

from fractions import Fraction

import pytest
from support import borne, loads, rules

LAKE = "lake: {type: s3.bucket}"


def hose(
    settings: str = "", flow: str = "rate: 100/s, peak: 1000/s, size: 1 KB, batch: 100"
) -> tuple[str, str]:
    components = f"""
        app: {{type: lambda.function, duration: 1 ms}}
        start: {{type: client}}
        hose: {{type: kinesisfirehose.delivery_stream{settings}}}
        {LAKE}
    """
    flows = f"- start -> app: {{rate: 1/s, size: 1 KB}}\n- app -> hose: {{{flow}}}\n- hose -> lake"
    return components, flows


class TestFirehose:
    @pytest.mark.parametrize(
        ("region", "quotas"),
        [("us-east-1", (5000, 500_000, 2000, 5)), ("eu-north-1", (500, 100_000, 1000, 1))],
    )
    def test_direct_put(self, region: str, quotas: tuple) -> None:
        streams, records, requests, volume = quotas
        expected = [
            ("delivery_streams", 1, streams),
            ("direct_put_records", 1000, records),
            # 1,000 records/s in batches of 100.
            ("direct_put_requests", 10, requests),
            ("direct_put_throughput", Fraction(1000, 1024), volume),
            ("firehose_record_size", 1, 1000),
            ("put_record_batch_records", 100, 500),
            ("put_record_batch_size", Fraction(100, 1024), 4),
        ]

        assert borne("hose", *hose(), region=region) == expected

    def test_one_record_at_a_time_is_no_batch(self) -> None:
        found = borne("hose", *hose(flow="rate: 1/s, peak: 10/s, size: 1 KB"))

        assert ("direct_put_requests", 10, 2000) in found
        assert not [name for name, _, _ in found if "batch" in name]

    def test_partitions(self) -> None:
        sorting = ", dynamic_partitioning_configuration: {active_partitions: 20}"
        found = borne("hose", *hose(sorting))

        assert ("active_partitions", 20, 500) in found
        # 1,000 KB/s ÷ 20 partitions are 50 KB/s, in GB/s.
        assert ("active_partition_throughput", Fraction(50, 1024 * 1024), 1) in found

    def test_a_stream_is_no_direct_put(self) -> None:
        components = f"""
            app: {{type: client}}
            clicks: {{type: kinesis.stream, shard_count: 1}}
            hose: {{type: kinesisfirehose.delivery_stream}}
            {LAKE}
        """
        flows = "- app -> clicks: {rate: 10/s, size: 1 KB}\n- clicks -> hose\n- hose -> lake"

        assert borne("hose", components, flows) == [("delivery_streams", 1, 5000)]

    @pytest.mark.parametrize(
        ("transform", "name", "most"),
        [
            ("", "kafka_source_record_size", 10),
            (
                "processing_configuration: {lambda_arn: clean}",
                "transformed_kafka_record_size",
                6,
            ),
        ],
    )
    def test_records_of_kafka(self, transform: str, name: str, most: int) -> None:
        components = f"""
            app: {{type: client}}
            log: {{type: msk.serverless_cluster}}
            clean: {{type: lambda.function, duration: 1 ms}}
            hose: {{type: kinesisfirehose.delivery_stream{transform and ", "}{transform}}}
            {LAKE}
        """
        flows = "- app -> log: {rate: 10/s, size: 1 KB}\n- log -> hose\n- hose -> lake"

        expected = [("delivery_streams", 1, 5000), (name, Fraction(1, 1024), most)]
        assert borne("hose", components, flows) == expected

    def test_a_record_too_large_hides_its_batch(self) -> None:
        spec = hose(flow="rate: 1/s, size: 1001 KB, batch: 600")

        assert [r for r in rules(*spec) if "record" in r] == ["firehose_record_size_exceeded"]


def bucket(settings: str, *flows: str) -> tuple[str, str]:
    components = f"app: {{type: client}}\nlake: {{type: s3.bucket{settings}}}"
    return components, "\n".join(f"- app -> lake: {{{flow}}}" for flow in flows)


class TestBucket:
    def test_requests_of_each_prefix(self) -> None:
        spec = bucket(
            ", prefixes: 2",
            "rate: 1/s, peak: 700/s, size: 1 MB",
            "operation: read, rate: 1/s, peak: 1100/s, size: 1 MB",
        )
        expected = [
            # 1 MB is 1 ÷ 1,024² TB.
            ("object_size", Fraction(1, 1024**2), Fraction("48.8")),
            ("read_requests", 550, 5500),
            ("single_put", Fraction(1, 1024), 5),
            ("write_requests", 350, 3500),
        ]

        assert borne("lake", *spec) == expected

    def test_derived_prefixes_share_the_requests(self) -> None:
        # 3,501 writes/s need two prefixes.
        assert ("write_requests", Fraction(3501, 2), 3500) in borne(
            "lake", *bucket("", "rate: 1/s, peak: 3501/s, size: 1 MB")
        )

    @pytest.mark.parametrize(("peak", "told"), [(7000, 0), (7001, 1)])
    def test_too_few_prefixes_are_told_once(self, peak: int, told: int) -> None:
        reads = "operation: read, rate: 1/s, peak: 11001/s, size: 1 KB"
        spec = bucket(", prefixes: 2", f"rate: 1/s, peak: {peak}/s, size: 1 KB", *[reads] * told)

        assert rules(*spec).count("too_few_prefixes") == told
        assert [load.exceeded for load in loads(*spec) if "requests" in load.name] == (
            [True, True] if told else [False]
        )

    def test_an_object_above_both_limits_is_told_once(self) -> None:
        spec = bucket("", "rate: 1/day, size: 50 TB")

        assert [r for r in rules(*spec) if r.endswith("_exceeded")] == ["object_size_exceeded"]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        # 50 documents of 2 KB are 100 KB, in MB.
        ("opensearchservice.domain", [("http_payload", Fraction(100, 1024), 100)]),
        ("redshift.cluster", [("input_row", Fraction(2, 1024), 4)]),
        ("redshiftserverless.workgroup", [("input_row", Fraction(2, 1024), 4)]),
    ],
)
def test_stores(kind: str, expected: list) -> None:
    components = f"app: {{type: client}}\nstore: {{type: {kind}}}"
    flows = "- app -> store: {rate: 10/s, size: 2 KB, batch: 50}"

    assert borne("store", components, flows) == expected


def table(settings: str, write: str = "size: 1536 B", more: str = "") -> tuple[str, str]:
    """300 writes/s at the peak, 400 reads/s, and a function that reads the stream."""
    components = f"""
        app: {{type: client}}
        items: {{type: dynamodb.table, {settings}}}
        work: {{type: lambda.function, duration: 200 ms}}
    """
    flows = f"""
        - app -> items: {{rate: 1/s, peak: 300/s, {write}}}
        - app -> items: {{operation: read, rate: 1/s, peak: 400/s, size: 3 KB}}
        {more}
    """
    return components, flows


STREAM = "stream_specification: {stream_view_type: NEW_IMAGE}"


class TestTable:
    def test_on_demand(self) -> None:
        indexes = "global_secondary_indexes: [by-day, by-name]"
        settings = f"billing_mode: PAY_PER_REQUEST, partition_keys: 100, {indexes}, {STREAM}"
        expected = [
            ("global_secondary_indexes", 2, 20),
            ("item_size", 1536, 409_600),
            ("item_size", 3072, 409_600),
            # 200 read and 600 write units/s ÷ 100 keys.
            ("partition_read_throughput", 2, 3000),
            ("partition_write_throughput", 6, 1000),
            ("stream_readers", 1, 2),
            # 400 reads/s of half a unit, 300 writes/s of two units.
            ("table_read_throughput", 200, 40_000),
            ("table_write_throughput", 600, 40_000),
        ]

        assert borne("items", *table(settings, more="- items -> work")) == expected

    def test_provisioned(self) -> None:
        indexes = "global_secondary_indexes: [by-day, by-name]"
        expected = [
            # 200 read units and one in each of two indexes; 600 write units here and there.
            ("account_read_capacity", 202, 80_000),
            ("account_write_capacity", 1800, 80_000),
            ("global_secondary_indexes", 2, 20),
            ("item_size", 1536, 409_600),
            ("item_size", 3072, 409_600),
            ("stream_readers", 1, 2),
            # A provisioned table with a stream has a quota of its own.
            ("stream_write_throughput", 600, 40_000),
            ("table_read_throughput", 200, 40_000),
        ]

        spec = table(f"{indexes}, {STREAM}", more="- items -> work")
        assert borne("items", *spec) == expected

    @pytest.mark.parametrize(
        ("write", "expected"),
        [
            (
                "size: 1 KB, batch: 10",
                [("batch_call_size", 10_240, 16_777_216), ("batch_write_items", 10, 25)],
            ),
            (
                "size: 1 KB, batch: 10, transactional: true",
                [("transaction_items", 10, 100), ("transaction_size", 10_240, 4_194_304)],
            ),
            ("size: 1 KB", []),
        ],
    )
    def test_batches(self, write: str, expected: list) -> None:
        found = borne("items", *table("billing_mode: PAY_PER_REQUEST", write))

        assert [f for f in found if f[0].startswith(("batch", "transaction"))] == expected

    def test_a_shard_of_each_partition(self) -> None:
        # 25 GB fill three partitions; 3 shards × 2 batches of 100 in 0.2 s are 3,000 records/s.
        settings = f"billing_mode: PAY_PER_REQUEST, stored: 25 GB, {STREAM}"
        more = "- items -> work: {parallelization_factor: 2}"

        assert ("mapping_throughput", 300, 3000) in borne("work", *table(settings, more=more))

    @pytest.mark.parametrize(("batch", "told"), [(60, 0), (59, 1)])
    def test_a_slow_mapping_is_told_once(self, batch: int, told: int) -> None:
        """Batches of 60 in 0.2 s are 300 records/s, of 59 are 295."""
        spec = table(
            f"billing_mode: PAY_PER_REQUEST, {STREAM}", more=f"- items -> work: {{batch: {batch}}}"
        )
        (load,) = [load for load in loads(*spec) if load.name == "mapping_throughput"]

        assert (load.where, load.load, load.most) == ("items -> work", 300, batch * 5)
        assert load.kind == "guideline"
        assert rules(*spec).count("mapping_too_slow") == told

    def test_a_large_item_hides_its_batch_and_nothing_else(self) -> None:
        write = "size: 401 KB, batch: 30, consistent_read: true"
        told = rules(*table("billing_mode: PAY_PER_REQUEST", write))

        assert told.count("item_size_exceeded") == 1
        assert "batch_write_items_exceeded" not in told
        assert "consistent_read_of_a_write" in told

    def test_each_of_two_flows_between_the_same_is_told(self) -> None:
        more = "- app -> items: {rate: 1/s, size: 500 KB}"
        spec = table("billing_mode: PAY_PER_REQUEST", "size: 600 KB", more)

        assert rules(*spec).count("item_size_exceeded") == 2

    def test_what_does_not_flow_loads_nothing(self) -> None:
        components, _ = table("billing_mode: PROVISIONED")
        flows = "- app -> items: {rate: 10/s, size: 1 KB}"
        names = {name for name, _, _ in borne("items", components, flows)}

        assert "table_write_throughput" in names
        assert "table_read_throughput" not in names


@pytest.mark.parametrize(
    "spec",
    [
        hose(flow="rate: 0/s, size: 1 KB, batch: 2"),
        bucket("", "rate: 0/s, size: 1 KB"),
        table(STREAM, "size: 1 KB, batch: 2, filter: 0%", "- items -> work"),
    ],
)
def test_nothing_flows(spec: tuple[str, str]) -> None:
    assert not [load for load in loads(*spec) if load.exceeded]
