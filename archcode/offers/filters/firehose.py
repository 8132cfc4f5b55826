"""AmazonKinesisFirehose: ingestion by source, conversion, VPC, partitioning."""

from archcode.offers.match import Match

MATCHES = (
    Match(
        "direct_put_ingest",
        "BilledBytes",
        {"group": "Event-by-Event Processing", "sourcetype": ""},
    ),
    Match(
        "kinesis_streams_source_ingest",
        "StreamsSourceBilledBytes",
        {"operation": "GetKinesisRecords"},
    ),
    Match("msk_source_ingest", "MSKAsSourceBilledBytes"),
    Match("vended_logs_source_ingest", "VendedLogsBilledBytes", {"sourcetype": "Vended Logs"}),
    Match("format_conversion", "DFCBilledBytes", {"operation": "DataFormatConversion"}),
    Match("vpc_delivery_data", "Firehose-VpcDelivery-Bytes", {"operation": "VpcBandwidth"}),
    Match("vpc_delivery_az_hour", "Firehose-VpcDelivery-Hours", {"operation": "RunVpcInstance"}),
    *(
        Match(f"dynamic_partitioning_{part}", usage_type, {"operation": "DynamicPartitioning"})
        for part, usage_type in (
            ("data", "DPBytesDelivered"),
            ("objects", "S3DeliveryObjectCount"),
            ("jq_hour", "MetadataProcessingDuration"),
        )
    ),
)
