"""AmazonMQ: brokers by engine, deployment and instance type, and their storage."""

from archcode.offers.match import Match

_TYPE = r"(?P<type>mq\.[a-z0-9]+\.[a-z0-9]+)"
_BROKERS = {
    "activemq_single_instance": ("Single-AZUsage", "ActiveMQ", "Single-AZ", "broker-hour"),
    "activemq_active_standby": ("Multi-AZUsage", "ActiveMQ", "Multi-AZ", "broker-pair-hour"),
    "rabbitmq_single_instance": (
        "RabbitMQ-Single-InstanceUsage",
        "RabbitMQ",
        "Single-AZ",
        "broker-hour",
    ),
    "rabbitmq_cluster_3_node": (
        "RabbitMQ-3-InstanceUsage",
        "RabbitMQ",
        "Multi-AZ",
        "cluster-hour",
    ),
}
_STORAGE = {
    "activemq_storage_efs": "TimedStorage-ByteHrs",
    "activemq_storage_ebs": "TimedStorage-EBS-ByteHrs",
    "rabbitmq_storage_ebs_per_node": "TimedStorage-RabbitMQ-ByteHrs",
}

MATCHES = (
    *(
        Match(
            f"{kind}_{{type}}",
            f"{usage_type}:{_TYPE}",
            {
                "family": "Broker Instances",
                "brokerengine": engine,
                "deploymentoption": deployment,
            },
            unit=unit,
        )
        for kind, (usage_type, engine, deployment, unit) in _BROKERS.items()
    ),
    *(
        Match(meter, usage_type, {"family": "Broker Storage"})
        for meter, usage_type in _STORAGE.items()
    ),
)
