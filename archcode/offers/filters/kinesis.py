"""AmazonKinesis: shards and their additions, on demand, and on demand with advantage."""

from archcode.offers.match import Match

_PROVISIONED = {
    "provisioned_shard_hour": ("Storage-ShardHour", "shardHourStorage"),
    "provisioned_put_payload_unit_25kb": ("PutRequestPayloadUnits", "PutRequest"),
    "provisioned_extended_retention_shard_hour_24h_to_7d": (
        "Extended-ShardHour",
        "shardHourStorage",
    ),
    "provisioned_long_term_retention_storage_7d_plus": (
        "LongTermRetention-ByteHrs",
        "LongTermRetentionByteHrs",
    ),
    "provisioned_long_term_retention_retrieval": (
        "LongTermRetention-ReadBytes",
        "LongTermRetentionDataRetrieval",
    ),
    "provisioned_efo_consumer_shard_hour": ("EnhancedFanoutHour", "ConsumerHour"),
    "provisioned_efo_data_retrieval": ("ReadBytes", "EnhancedFanoutDataRetrieval"),
}
_ON_DEMAND = {
    "stream_hour": ("StreamHour", "StreamHr"),
    "data_ingested": ("BilledIncomingBytes", "DataIngested"),
    "data_retrieval": ("BilledOutgoingBytes", "DataRetrieval"),
    "efo_data_retrieval": ("BilledOutgoingEFOBytes", "EFODataRetrieval"),
    "extended_retention_24h_to_7d": ("ExtendedRetention-ByteHrs", "ExtendedRetentionByteHrs"),
    "long_term_retention_7d_plus": ("LongTermRetention-ByteHrs", "LongTermRetentionByteHrs"),
}
_ADVANTAGE = {
    "data_ingested": "DataIngested",
    "data_ingestion_shortfall": "DataIngestionShortfall",
    "data_retrieval": "DataRetrieval",
    "data_retrieval_shortfall": "DataRetrievalShortfall",
    "efo_data_retrieval": "EFODataRetrieval",
    "extended_retention_24h_to_7d": "ExtRetentionByteHrs",
    "long_term_retention_7d_plus": "LTRetentionByteHrs",
}

MATCHES = (
    *(
        Match(meter, usage_type, {"operation": operation})
        for meter, (usage_type, operation) in _PROVISIONED.items()
    ),
    *(
        Match(
            f"ondemand_standard_{part}",
            f"OnDemand-{usage_type}",
            {"group": "OnDemand", "operation": f"OnDemand{operation}"},
        )
        for part, (usage_type, operation) in _ON_DEMAND.items()
    ),
    *(
        Match(
            f"ondemand_advantage_{part}",
            where={
                "group": "OnDemand Advantage",
                "kinesisadvantageoperation": f"Advantage{operation}",
            },
        )
        for part, operation in _ADVANTAGE.items()
    ),
)
