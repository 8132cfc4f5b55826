"""AWSEvents: the bus, its archive and schemas, Pipes and Scheduler."""

from archcode.offers.match import Match

_BY_OPERATION = {
    "custom_events": ("Event-64K-Chunks", "PutEvents"),
    "partner_events": ("Event-64K-Chunks", "ReceivedPartnerEvents"),
    "cross_account_delivery_custom_event": (
        "Invocation-64K-Chunks",
        "CrossAccountInvoke-CustomEvent",
    ),
    "api_destination_invocations": ("Invocation-64K-Chunks", "InvokeApiDestination"),
    "archive_processing": ("ArchivedEvents-Bytes", "ArchiveEvents"),
    "archive_storage": ("TimedStorage-ByteHrs", "StandardStorage"),
    "schema_discovery_events": ("Event-8K-Chunks", "DiscoveryEvent"),
    "pipes_requests": ("Request-64K-Chunks", "PipeRequest"),
    "scheduler_invocations": ("ScheduledInvocation", "Invocation"),
}

MATCHES = tuple(
    Match(meter, usage_type, {"operation": operation})
    for meter, (usage_type, operation) in _BY_OPERATION.items()
)
