"""AmazonMSK: brokers by size, storage, serverless, Connect and Replicator."""

from archcode.offers.match import Match

_SIZE = r"(?P<size>[a-z0-9]+\.[a-z0-9]+)"
_BROKER = {"operation": "RunBroker"}

MATCHES = (
    Match("broker_kafka_{size}", rf"Kafka\.{_SIZE}", _BROKER, unit="broker-hour"),
    Match("broker_express_{size}", rf"Express\.{_SIZE}", _BROKER, unit="broker-hour"),
    Match(
        "provisioned_storage_gp2",
        r"Kafka\.Storage\.GP2",
        {"operation": "RunVolume", "storagefamily": "GP2"},
    ),
    Match("provisioned_storage_throughput", r"Kafka\.Throughput", {"operation": "RunVolume"}),
    Match("tiered_storage", r"Kafka\.Storage\.Tiered"),
    Match("tiered_storage_retrieval", r"Kafka\.DataRetrieval\.Tiered"),
    Match("express_storage", r"Express\.Storage", {"operation": "Storage"}),
    Match("express_data_in", r"Express\.In-Bytes", {"operation": "Data-In"}),
    Match("private_connectivity_hour_per_auth_scheme", r"Kafka\.PrivateConnectivityHours"),
    Match("private_connectivity_data", r"Kafka\.PrivateConnectivity\.BytesProcessed"),
    Match("serverless_cluster_hour", "KafkaServerless-ClusterHours"),
    Match("serverless_partition_hour", "KafkaServerless-PartitionHours"),
    Match("serverless_storage", "KafkaServerless-StorageHours"),
    Match("serverless_data_in", "KafkaServerless-In-Bytes"),
    Match("serverless_data_out", "KafkaServerless-Out-Bytes"),
    Match("connect_mcu_hour", r"Kafka\.mcu\.general", {"operation": "RunConnect"}),
    Match("replicator_hour", "KafkaReplication-ReplicatorHours"),
    Match("replicator_data_processed", "KafkaReplication-Processed-Bytes"),
)
