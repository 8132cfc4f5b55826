"""What AWS's price list says of each product: family, usage type and attributes by meter.

Written from the list itself, not from the filters, which are tested against it. `{}` in a usage
type or value stands for what varies in a family, such as the size of a broker.
"""

from __future__ import annotations

Listed = tuple[str, str, dict[str, str]]
"""Product family, usage type without a region's code, and attributes as in the JSON."""

FIFO = "FIFO (first-in, first-out)"
MSK = "Managed Streaming for Apache Kafka (MSK)"
FILTER = "SNS-Standard-Payload-MessageFiltering-Filter-Matched"


def _sqs() -> dict[str, Listed]:
    group = "SQS-APIRequest-Tier1"
    return {
        "standard_requests": (
            "API Request", "Requests-Tier1", {"group": group, "queueType": "Standard"},
        ),
        "fifo_requests": (
            "API Request", "Requests-FIFO-Tier1", {"group": group, "queueType": FIFO},
        ),
        "fair_queue_requests_surcharge": (
            "API Request", "Requests-Fair-Tier1", {"group": group, "queueType": "Fair"},
        ),
        "free_tier_requests_per_month": ("API Request", "Global-Requests", {"queueType": "Any"}),
    }  # fmt: skip


def _sns() -> dict[str, Listed]:
    delivery = "Message Delivery"
    return {
        "standard_publish_requests": (
            "API Request", "Requests-Tier1", {"group": "SNS-Requests-Tier1"},
        ),
        "standard_delivery_http": (delivery, "DeliveryAttempts-HTTP", {"endpointType": "HTTP"}),
        "standard_delivery_email": (delivery, "DeliveryAttempts-SMTP", {"endpointType": "SMTP"}),
        "standard_delivery_sqs": (
            delivery, "DeliveryAttempts-SQS", {"endpointType": "Amazon SQS"},
        ),
        "standard_delivery_lambda": (
            delivery, "DeliveryAttempts-LAMBDA", {"endpointType": "AWS Lambda"},
        ),
        "standard_delivery_firehose": (
            delivery, "DeliveryAttempts-FIREHOSE", {"endpointType": "Amazon Kinesis Data Firehose"},
        ),
        "mobile_push_adm": (delivery, "DeliveryAttempts-ADM", {}),
        "mobile_push_apns_ios": (delivery, "DeliveryAttempts-APNS", {}),
        "mobile_push_apns_macos": (delivery, "DeliveryAttempts-MACOS", {}),
        "mobile_push_baidu": (delivery, "DeliveryAttempts-BAIDU", {}),
        "mobile_push_fcm_gcm": (delivery, "DeliveryAttempts-GCM", {}),
        "mobile_push_mpns": (delivery, "DeliveryAttempts-MPNS", {}),
        "mobile_push_wns": (delivery, "DeliveryAttempts-WNS", {}),
        "fifo_publish_requests": ("", "F-Request-Tier1", {"group": "SNS-FIFO-Requests"}),
        "fifo_publish_payload": ("", "F-Ingress-Tier1", {"group": "SNS-Publish-Payload"}),
        "fifo_subscription_messages": (
            "", "F-DA-SQS", {"group": "SNS-FIFO-Subscription-Messages"},
        ),
        "fifo_subscription_payload": (
            "", "F-Egress-SQS", {"group": "SNS-FIFO-Subscription-Messages-Payload"},
        ),
        "fifo_archive_processing": ("", "F-Archive", {"group": "SNS-FIFO-ArchiveProcessing"}),
        "fifo_archive_storage": ("", "F-Storage", {"group": "SNS-FIFO-Storage"}),
        "payload_based_filtering": ("", "Payload-Filter-Matched", {"group": FILTER}),
        "message_data_protection_scanning": ("", "MDP-Scanning", {"group": "SNS-MDP-Scanning"}),
        "message_data_protection_audit_reporting": (
            "", "MDP-AuditReporting", {"group": "SNS-MDP-AuditReporting"},
        ),
    }  # fmt: skip


def _kinesis() -> dict[str, Listed]:
    def stream(usage: str, group: str, operation: str, **more: str) -> Listed:
        return "Kinesis Streams", usage, {"group": group, "operation": operation, **more}

    demand = "OnDemand"
    found = {
        "provisioned_shard_hour": stream(
            "Storage-ShardHour", "Provisioned shard hour", "shardHourStorage"
        ),
        "provisioned_put_payload_unit_25kb": stream(
            "PutRequestPayloadUnits", "Payload Units", "PutRequest"
        ),
        "provisioned_extended_retention_shard_hour_24h_to_7d": stream(
            "Extended-ShardHour", "Addon shard hour", "shardHourStorage"
        ),
        "provisioned_long_term_retention_storage_7d_plus": stream(
            "LongTermRetention-ByteHrs", "Long Term Retention", "LongTermRetentionByteHrs"
        ),
        "provisioned_long_term_retention_retrieval": stream(
            "LongTermRetention-ReadBytes", "Long Term Retention", "LongTermRetentionDataRetrieval"
        ),
        "provisioned_efo_consumer_shard_hour": stream(
            "EnhancedFanoutHour", "Enhanced Fanout", "ConsumerHour"
        ),
        "provisioned_efo_data_retrieval": stream(
            "ReadBytes", "Enhanced Fanout", "EnhancedFanoutDataRetrieval"
        ),
        "ondemand_standard_stream_hour": stream("OnDemand-StreamHour", demand, "OnDemandStreamHr"),
        "ondemand_standard_data_ingested": stream(
            "OnDemand-BilledIncomingBytes", demand, "OnDemandDataIngested"
        ),
        "ondemand_standard_data_retrieval": stream(
            "OnDemand-BilledOutgoingBytes", demand, "OnDemandDataRetrieval"
        ),
        "ondemand_standard_efo_data_retrieval": stream(
            "OnDemand-BilledOutgoingEFOBytes", demand, "OnDemandEFODataRetrieval"
        ),
        "ondemand_standard_extended_retention_24h_to_7d": stream(
            "OnDemand-ExtendedRetention-ByteHrs", demand, "OnDemandExtendedRetentionByteHrs"
        ),
        "ondemand_standard_long_term_retention_7d_plus": stream(
            "OnDemand-LongTermRetention-ByteHrs", demand, "OnDemandLongTermRetentionByteHrs"
        ),
    }
    advantage = {
        "data_ingested": "AdvantageDataIngested",
        "data_ingestion_shortfall": "AdvantageDataIngestionShortfall",
        "data_retrieval": "AdvantageDataRetrieval",
        "data_retrieval_shortfall": "AdvantageDataRetrievalShortfall",
        "efo_data_retrieval": "AdvantageEFODataRetrieval",
        "extended_retention_24h_to_7d": "AdvantageExtRetentionByteHrs",
        "long_term_retention_7d_plus": "AdvantageLTRetentionByteHrs",
    }
    for part, operation in advantage.items():
        found[f"ondemand_advantage_{part}"] = stream(
            f"OnDemandAdvantage-{part}",
            "OnDemand Advantage",
            operation,
            kinesisAdvantageOperation=operation,
        )
    return found


def _lambda() -> dict[str, Listed]:
    found: dict[str, Listed] = {}
    for name, arm in (("x86", ""), ("arm", "-ARM")):
        for meter, usage, group in (
            ("requests", "Request", "AWS-Lambda-Requests"),
            ("duration", "Lambda-GB-Second", "AWS-Lambda-Duration"),
            (
                "provisioned_concurrency",
                "Lambda-Provisioned-Concurrency",
                "AWS-Lambda-Provisioned-Concurrency",
            ),
            (
                "provisioned_duration",
                "Lambda-Provisioned-GB-Second",
                "AWS-Lambda-Duration-Provisioned",
            ),
            ("ephemeral_storage", "Lambda-Storage-GB-Second", "AWS-Lambda-Storage-Duration"),
        ):
            found[f"{meter}_{name}"] = ("Serverless", usage + arm, {"group": group + arm})
        found[f"response_streaming_{name}"] = ("Serverless", f"Bytes-Streamed-{name}", {})
    for meter in (
        "esm_provisioned_event_poller_unit_hour_kafka",
        "esm_provisioned_event_poller_unit_hour_sqs",
        "snapstart_cache",
        "snapstart_restore",
    ):
        found[meter] = ("Serverless", f"Unpublished-{meter}", {})
    for meter, usage in (
        ("requests", "Request"),
        ("gb_seconds", "Lambda-GB-Second"),
        ("response_streaming", "Bytes-Streamed"),
    ):
        found[f"free_tier_{meter}_per_month"] = ("Serverless", f"Global-{usage}", {})
    return found


def _msk() -> dict[str, Listed]:
    serverless = {"operation": "Serverless", "group": "Serverless"}
    return {
        "broker_kafka_{}": (
            MSK, "Kafka.{}", {"operation": "RunBroker", "computeFamily": "{}"},
        ),
        "broker_express_{}": (
            MSK, "Express.{}", {"operation": "RunBroker", "computeFamily": "express.{}"},
        ),
        "provisioned_storage_gp2": (
            MSK, "Kafka.Storage.GP2", {"operation": "RunVolume", "storageFamily": "GP2"},
        ),
        "provisioned_storage_throughput": (
            MSK, "Kafka.Throughput", {"operation": "RunVolume", "storageFamily": "General"},
        ),
        "tiered_storage": (MSK, "Kafka.Storage.Tiered", {}),
        "tiered_storage_retrieval": (MSK, "Kafka.DataRetrieval.Tiered", {}),
        "express_storage": (MSK, "Express.Storage", {"operation": "Storage"}),
        "express_data_in": (MSK, "Express.In-Bytes", {"operation": "Data-In"}),
        "private_connectivity_hour_per_auth_scheme": (MSK, "Kafka.PrivateConnectivityHours", {}),
        "private_connectivity_data": (MSK, "Kafka.PrivateConnectivity.BytesProcessed", {}),
        "serverless_cluster_hour": (MSK, "KafkaServerless-ClusterHours", serverless),
        "serverless_partition_hour": (MSK, "KafkaServerless-PartitionHours", serverless),
        "serverless_storage": (MSK, "KafkaServerless-StorageHours", serverless),
        "serverless_data_in": (MSK, "KafkaServerless-In-Bytes", serverless),
        "serverless_data_out": (MSK, "KafkaServerless-Out-Bytes", serverless),
        "connect_mcu_hour": (MSK, "Kafka.mcu.general", {"operation": "RunConnect"}),
        "replicator_hour": (MSK, "KafkaReplication-ReplicatorHours", {}),
        "replicator_data_processed": (MSK, "KafkaReplication-Processed-Bytes", {}),
    }  # fmt: skip


def _mq() -> dict[str, Listed]:
    def broker(usage: str, engine: str, zones: str) -> Listed:
        return "Broker Instances", f"{usage}:mq.{{}}", {
            "brokerEngine": engine,
            "deploymentOption": zones,
            "operation": "CreateBroker:0001",
            "instanceType": "mq.{}",
        }  # fmt: skip

    storage = "Broker Storage"
    return {
        "activemq_single_instance_mq_{}": broker("Single-AZUsage", "ActiveMQ", "Single-AZ"),
        "activemq_active_standby_mq_{}": broker("Multi-AZUsage", "ActiveMQ", "Multi-AZ"),
        "rabbitmq_single_instance_mq_{}": broker(
            "RabbitMQ-Single-InstanceUsage", "RabbitMQ", "Single-AZ"
        ),
        "rabbitmq_cluster_3_node_mq_{}": broker("RabbitMQ-3-InstanceUsage", "RabbitMQ", "Multi-AZ"),
        "activemq_crdr_cross_region_replication_mq_{}": (
            "Cross-Region Data Replication", "CRDR-Usage:mq.{}", {"brokerEngine": "ActiveMQ"},
        ),
        "activemq_storage_efs": (storage, "TimedStorage-ByteHrs", {}),
        "activemq_storage_ebs": (storage, "TimedStorage-EBS-ByteHrs", {}),
        "rabbitmq_storage_ebs_per_node": (storage, "TimedStorage-RabbitMQ-ByteHrs", {}),
    }  # fmt: skip


LISTED: dict[str, dict[str, Listed]] = {
    "sqs": _sqs(),
    "sns": _sns(),
    "kinesis": _kinesis(),
    "lambda": _lambda(),
    "msk": _msk(),
    "mq": _mq(),
}
"""The products of the six price files, by price file and meter."""

UNNAMED = {
    "lambda": {
        "esm_provisioned_event_poller_unit_hour_kafka",
        "esm_provisioned_event_poller_unit_hour_sqs",
        "free_tier_gb_seconds_per_month",
        "free_tier_requests_per_month",
        "free_tier_response_streaming_per_month",
        "response_streaming_arm",
        "response_streaming_x86",
        "snapstart_cache",
        "snapstart_restore",
    },
    "mq": {
        f"activemq_crdr_cross_region_replication_mq_m5_{size}"
        for size in ("large", "xlarge", "2xlarge", "4xlarge")
    },
}
"""Meters whose usage types AWS does not publish: they are found by SKU."""

EVENTS = "EventBridge"
DEMAND = "Amazon DynamoDB PayPerRequest Throughput"
FIREHOSE = "Kinesis Firehose"
LINUX = {
    "tenancy": "Shared",
    "operatingSystem": "Linux",
    "preInstalledSw": "NA",
    "licenseModel": "No License required",
    "capacitystatus": "Used",
}

OTHERS: list[tuple[str, str, Listed]] = [
    ("eventbridge", "custom_events", (
        EVENTS, "Event-64K-Chunks", {"operation": "PutEvents", "eventType": "Custom Event"})),
    ("eventbridge", "partner_events", (
        EVENTS, "Event-64K-Chunks", {"operation": "ReceivedPartnerEvents"})),
    ("eventbridge", "cross_account_delivery_custom_event", (
        EVENTS, "Invocation-64K-Chunks", {"operation": "CrossAccountInvoke-CustomEvent"})),
    ("eventbridge", "api_destination_invocations", (
        EVENTS, "Invocation-64K-Chunks", {"operation": "InvokeApiDestination"})),
    ("eventbridge", "archive_processing", (
        "CloudWatch Events", "ArchivedEvents-Bytes", {"operation": "ArchiveEvents"})),
    ("eventbridge", "archive_storage", (
        "CloudWatch Events", "TimedStorage-ByteHrs", {"operation": "StandardStorage"})),
    ("eventbridge", "schema_discovery_events", (
        EVENTS, "Event-8K-Chunks", {"operation": "DiscoveryEvent"})),
    ("eventbridge", "pipes_requests", (
        EVENTS, "Request-64K-Chunks", {"operation": "PipeRequest"})),
    ("eventbridge", "scheduler_invocations", (
        EVENTS, "ScheduledInvocation", {"operation": "Invocation"})),
    ("firehose", "direct_put_ingest", (
        FIREHOSE, "BilledBytes",
        {"group": "Event-by-Event Processing", "operation": "PutRecord", "sourcetype": ""})),
    ("firehose", "kinesis_streams_source_ingest", (
        FIREHOSE, "StreamsSourceBilledBytes", {"operation": "GetKinesisRecords"})),
    ("firehose", "msk_source_ingest", (FIREHOSE, "MSKAsSourceBilledBytes", {})),
    ("firehose", "vended_logs_source_ingest", (
        FIREHOSE, "VendedLogsBilledBytes", {"sourcetype": "Vended Logs"})),
    ("firehose", "format_conversion", (
        FIREHOSE, "DFCBilledBytes", {"operation": "DataFormatConversion"})),
    ("firehose", "vpc_delivery_data", (
        FIREHOSE, "Firehose-VpcDelivery-Bytes", {"operation": "VpcBandwidth"})),
    ("firehose", "vpc_delivery_az_hour", (
        FIREHOSE, "Firehose-VpcDelivery-Hours", {"operation": "RunVpcInstance"})),
    ("firehose", "dynamic_partitioning_data", (
        FIREHOSE, "DPBytesDelivered", {"operation": "DynamicPartitioning"})),
    ("firehose", "dynamic_partitioning_objects", (
        FIREHOSE, "S3DeliveryObjectCount", {"operation": "DynamicPartitioning"})),
    ("firehose", "dynamic_partitioning_jq_hour", (
        FIREHOSE, "MetadataProcessingDuration", {"operation": "DynamicPartitioning"})),
    ("iot_core", "connectivity_minutes", ("AWSIoT", "ConnectionMinutes", {"protocol": "MQTT"})),
    ("iot_core", "messages_mqtt_http", ("AWSIoT", "Messages", {"protocol": "Any"})),
    ("iot_core", "rules_triggered", ("AWSIoT", "RulesTriggered", {"protocol": "Any"})),
    ("iot_core", "actions_executed", ("AWSIoT", "ActionsExecuted", {"protocol": "Any"})),
    ("iot_core", "registry_and_shadow_operations", (
        "AWSIoT", "RegistryAndShadowOperations", {"protocol": "Any"})),
    ("iot_core", "lorawan_messages", ("AWSIoT", "LoRaWAN-Messages", {"protocol": "LoRaWAN"})),
    ("step_functions", "standard_state_transitions", (
        "AWS Step Functions", "StateTransition", {"group": "SFN-StateTransitions"})),
    ("step_functions", "free_tier_standard_state_transitions_per_month", (
        "AWS Step Functions", "Global-StateTransition", {"location": "Any"})),
    ("step_functions", "express_requests", (
        "AWS Step Functions", "StepFunctions-Request",
        {"group": "SFN-ExpressWorkflows-Requests"})),
    ("step_functions", "express_duration", (
        "AWS Step Functions", "StepFunctions-GB-Second",
        {"group": "SFN-ExpressWorkflows-Duration"})),
    ("dynamodb", "ondemand_read_request_units", (
        DEMAND, "ReadRequestUnits",
        {"group": "DDB-ReadUnits", "operation": "PayPerRequestThroughput"})),
    ("dynamodb", "ondemand_read_request_units_standard_ia", (
        DEMAND, "IA-ReadRequestUnits",
        {"group": "DDB-ReadUnitsIA", "operation": "PayPerRequestThroughput"})),
    ("dynamodb", "ondemand_write_request_units", (
        DEMAND, "WriteRequestUnits",
        {"group": "DDB-WriteUnits", "operation": "PayPerRequestThroughput"})),
    ("dynamodb", "ondemand_write_request_units_standard_ia", (
        DEMAND, "IA-WriteRequestUnits",
        {"group": "DDB-WriteUnitsIA", "operation": "PayPerRequestThroughput"})),
    ("dynamodb", "ondemand_replicated_write_request_units", (
        DEMAND, "ReplWriteRequestUnits",
        {"group": "DDB-ReplicatedWriteUnits", "operation": "PayPerRequestThroughput"})),
    ("dynamodb", "provisioned_rcu_hour", (
        "Provisioned IOPS", "ReadCapacityUnit-Hrs",
        {"group": "DDB-ReadUnits", "operation": "CommittedThroughput"})),
    ("dynamodb", "provisioned_wcu_hour", (
        "Provisioned IOPS", "WriteCapacityUnit-Hrs",
        {"group": "DDB-WriteUnits", "operation": "CommittedThroughput"})),
    ("dynamodb", "storage_standard", (
        "Database Storage", "TimedStorage-ByteHrs",
        {"volumeType": "Amazon DynamoDB - Indexed DataStore"})),
    ("dynamodb", "streams_read_requests", (
        "API Request", "Streams-Requests",
        {"group": "DDB-StreamsReadRequests", "operation": "GetRecords"})),
    ("api_gateway", "rest_requests", (
        "API Calls", "ApiGatewayRequest", {"operation": "ApiGatewayRequest"})),
    ("api_gateway", "http_requests", (
        "API Calls", "ApiGatewayHttpRequest", {"operation": "ApiGatewayHttpApi"})),
    ("api_gateway", "websocket_messages", (
        "WebSocket", "ApiGatewayMessage", {"operation": "ApiGatewayWebSocket"})),
    ("api_gateway", "websocket_connection_minutes", (
        "WebSocket", "ApiGatewayMinute", {"operation": "ApiGatewayWebSocket"})),
    ("api_gateway", "rest_cache_0_5gb_hour", (
        "Amazon API Gateway Cache", "ApiGatewayCacheUsage:0.5GB", {"cacheMemorySizeGb": "0.5"})),
    ("elb", "alb_hour", (
        "Load Balancer-Application", "LoadBalancerUsage",
        {"operation": "LoadBalancing:Application"})),
    ("elb", "alb_lcu_hour", (
        "Load Balancer-Application", "LCUUsage", {"operation": "LoadBalancing:Application"})),
    ("elb", "nlb_hour", (
        "Load Balancer-Network", "LoadBalancerUsage", {"operation": "LoadBalancing:Network"})),
    ("elb", "nlb_nlcu_hour", (
        "Load Balancer-Network", "LCUUsage", {"operation": "LoadBalancing:Network"})),
    ("s3", "standard_storage", (
        "Storage", "TimedStorage-ByteHrs", {"volumeType": "Standard", "operation": ""})),
    ("s3", "standard_put_copy_post_list_requests", (
        "API Request", "Requests-Tier1", {"group": "S3-API-Tier1"})),
    ("s3", "standard_get_select_other_requests", (
        "API Request", "Requests-Tier2", {"group": "S3-API-Tier2"})),
    ("fargate", "vcpu_hour_x86_linux", (
        "Compute", "Fargate-vCPU-Hours:perCPU", {"tenancy": "Shared"})),
    ("fargate", "memory_gb_hour_x86_linux", (
        "Compute", "Fargate-GB-Hours", {"tenancy": "Shared"})),
    ("fargate", "vcpu_hour_arm_linux", (
        "Compute", "Fargate-ARM-vCPU-Hours:perCPU", {"tenancy": "Shared"})),
    ("fargate", "memory_gb_hour_arm_linux", (
        "Compute", "Fargate-ARM-GB-Hours", {"tenancy": "Shared"})),
    ("fargate", "ephemeral_storage_gb_hour_over_20gb", (
        "Compute", "Fargate-EphemeralStorage-GB-Hours", {"tenancy": "Shared"})),
    ("cloudwatch", "custom_metrics", ("Metric", "CW:MetricMonitorUsage", {})),
    ("cloudwatch", "standard_alarms", ("Alarm", "CW:AlarmMonitorUsage", {})),
    ("cloudwatch", "logs_ingestion", (
        "Data Payload", "DataProcessing-Bytes", {"operation": "PutLogEvents"})),
    ("cloudwatch", "vended_logs_ingestion", (
        "Data Payload", "VendedLog-Bytes", {"operation": "PutLogEvents"})),
    ("cloudwatch", "logs_storage", (
        "Storage Snapshot", "TimedStorage-ByteHrs", {"operation": "HourlyStorageMetering"})),
    ("redshift", "serverless_rpu_hour", ("Serverless", "Redshift:ServerlessUsage", {})),
    ("ec2", "linux_ondemand_m5_large", ("Compute Instance", "BoxUsage:m5.large", LINUX)),
    ("data_transfer", "internet_out", (
        "Data Transfer", "DataTransfer-Out-Bytes",
        {"transferType": "AWS Outbound", "toLocation": "External"})),
    ("data_transfer", "inter_az_each_direction", (
        "Data Transfer", "DataTransfer-Regional-Bytes", {"transferType": "IntraRegion"})),
    ("data_transfer", "inter_region_out_to_eu_central_1", (
        "Data Transfer", "EUC1-AWS-Out-Bytes",
        {"transferType": "InterRegion Outbound", "toLocation": "EU (Frankfurt)",
         "toLocationType": "AWS Region", "toRegionCode": "eu-central-1"})),
]  # fmt: skip
"""One product for each filter of the other price files."""

STRANGERS: list[tuple[str, Listed]] = [
    ("sqs", ("API Request", "Global-Requests", {"queueType": "Any"})),
    ("sqs", ("API Request", "Requests-Tier10", {"queueType": "Standard"})),
    ("sqs", ("API Request", "Requests-FIFO-Tier1", {"queueType": "Standard"})),
    ("msk", (MSK, "XKafka.m5.large", {"operation": "RunBroker"})),
    ("msk", (MSK, "Kafka.m5.large.reserved", {"operation": "RunBroker"})),
    ("elb", ("Load Balancer-Application", "ReservedLCUUsage",
             {"operation": "LoadBalancing:Application"})),
    ("elb", ("Load Balancer-Application", "Outposts-LoadBalancerUsage",
             {"operation": "LoadBalancing:Application"})),
    ("dynamodb", ("Database Storage", "IA-TimedStorage-ByteHrs",
                  {"volumeType": "Amazon DynamoDB - Indexed DataStore"})),
    ("eventbridge", (EVENTS, "Event-64K-Chunks", {"operation": "OtherEvents"})),
    ("ec2", ("Compute Instance", "BoxUsage:m5.large", {**LINUX, "preInstalledSw": "SQL Web"})),
    ("ec2", ("Compute Instance", "UnusedBox:m5.large", LINUX)),
    ("cloudwatch", ("Alarm", "CW:HighResAlarmMonitorUsage", {})),
    ("redshift", ("Serverless", "Redshift:ServerlessUsage-CR-1YR-NU", {})),
    ("firehose", (FIREHOSE, "BilledBytes",
                  {"group": "Event-by-Event Processing", "sourcetype": "Database"})),
]  # fmt: skip
"""Products that look like a meter's and are not."""
