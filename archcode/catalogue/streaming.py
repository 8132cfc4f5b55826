"""What streams, clusters and delivery streams refuse, or do not bear."""

from __future__ import annotations

from archcode.catalogue._known import ERROR, INFO, REFUSED, WARNING, Known

KINESIS = (
    Known("commitment_of_some_streams", ERROR, "The commitment holds for all streams or for none."),
    Known("commitment_on_provisioned_stream", REFUSED, "Only on-demand streams have a commitment."),
    Known("distribution_on_provisioned_stream", REFUSED, "Only on-demand streams spread records."),
    Known("hottest_key_below_even_share", REFUSED, "The busiest key has at least what each has."),
    Known("record_too_large", ERROR, "The stream refuses larger records, and they are lost."),
    Known("shard_count_on_demand", REFUSED, "An on-demand stream has as many shards as it needs."),
    Known("too_few_shards", ERROR, "At the peak shards refuse writes or starve their readers."),
)
FIREHOSE = (
    Known("buffer_below_64_mb", REFUSED, "Conversion and partitioning need larger buffers."),
    Known("compression_with_conversion", REFUSED, "Converted files are compressed inside."),
    Known("delivery_stream_type_mismatch", ERROR, "The type contradicts what flows into it."),
    Known("fan_out_to_delivery_stream", ERROR, "Firehose does not read by enhanced fan-out."),
    Known("feature_of_other_destination", ERROR, "The destination does not have this feature."),
    Known("filter_before_delivery_stream", ERROR, "Firehose takes and charges the whole stream."),
    Known("mixed_sources", ERROR, "A delivery stream has one stream as its source, or puts."),
    Known("ratio_below_1", REFUSED, "A ratio below 1 would make data larger by compressing it."),
    Known(
        "ratio_without_compression", REFUSED, "Nothing is compressed, so the ratio says nothing."
    ),
    Known("ratio_without_decompression", REFUSED, "Nothing is unpacked; the ratio says nothing."),
    Known("second_destination", ERROR, "A delivery stream has one destination and one backup."),
    Known("transform_buffer_out_of_range", REFUSED, "AWS refuses such a buffer for a transform."),
    Known("unsupported_destination", ERROR, "Firehose does not deliver there."),
    Known("warehouse_without_bucket", WARNING, "Delivery goes through a bucket, which is charged."),
    Known("zero_buffering_with_backup", ERROR, "Zero buffering excludes a copy in a bucket."),
    Known("zero_buffering_with_partitions", REFUSED, "Dynamic partitioning needs a buffer."),
)
KAFKA = (
    Known("brokers_not_in_all_zones", ERROR, "AWS refuses brokers that zones cannot share evenly."),
    Known("brokers_without_headroom", WARNING, "Where a broker fails the others are overloaded."),
    Known("connectivity_of_small_brokers", REFUSED, "These brokers have no private connectivity."),
    Known("connector_capacity", REFUSED, "A connector is either provisioned or scales by itself."),
    Known("express_in_three_zones", REFUSED, "Express brokers keep three replicas in three zones."),
    Known("half_provisioned_throughput", REFUSED, "Throughput that is bought needs a size."),
    Known("local_retention_above_retention", REFUSED, "Data would be moved after it is deleted."),
    Known("local_retention_without_tiers", REFUSED, "Without tiers all data stays on the brokers."),
    Known("not_sized_by_throughput", INFO, "AWS publishes no throughput to size these brokers by."),
    Known("outside_sizing_guidance", INFO, "AWS measured with three zones and three replicas."),
    Known("rack_of_managed_poller", ERROR, "A reader that AWS runs does not say its rack."),
    Known("throughput_above_broker", REFUSED, "The broker cannot use the throughput that is paid."),
    Known("throughput_of_small_brokers", REFUSED, "These brokers cannot buy throughput."),
    Known(
        "throughput_of_small_volume", REFUSED, "Throughput can be bought for large volumes only."
    ),
    Known("tiered_retention_too_short", REFUSED, "Tiered storage keeps data three days at least."),
    Known("tiers_on_express_brokers", REFUSED, "Express brokers manage their storage themselves."),
    Known("tiers_on_small_brokers", REFUSED, "These brokers have no tiered storage."),
    Known("tiers_without_local_retention", REFUSED, "Nothing says when data leaves the brokers."),
    Known("too_few_brokers", ERROR, "The brokers cannot take the peak, even while all run."),
    Known("too_few_connector_workers", WARNING, "The connector falls behind at the peak."),
    Known("too_few_partitions", ERROR, "The partitions cannot take or hand over the peak."),
    Known("volume_too_small", ERROR, "The volumes fill up, and the brokers stop taking messages."),
    Known("volume_without_headroom", WARNING, "A burst or a failed broker fills the volumes."),
    Known("volumes_of_express_brokers", REFUSED, "Express brokers have no volumes to set."),
    Known("workers_upside_down", REFUSED, "The least number of workers is above the most."),
)

STREAMING = {
    "Amazon Kinesis Data Streams": KINESIS,
    "Amazon Data Firehose": FIREHOSE,
    "Amazon MSK": KAFKA,
}
