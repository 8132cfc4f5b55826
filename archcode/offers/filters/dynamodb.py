"""AmazonDynamoDB: requests on demand and provisioned, storage, streams."""

from archcode.offers.match import Match

_ON_DEMAND = "Amazon DynamoDB PayPerRequest Throughput"
_GROUPS = {
    "read_request_units": "DDB-ReadUnits",
    "read_request_units_standard_ia": "DDB-ReadUnitsIA",
    "write_request_units": "DDB-WriteUnits",
    "write_request_units_standard_ia": "DDB-WriteUnitsIA",
    "replicated_write_request_units": "DDB-ReplicatedWriteUnits",
}

MATCHES = (
    *(
        Match(
            f"ondemand_{part}",
            where={
                "family": _ON_DEMAND,
                "group": group,
                "operation": "PayPerRequestThroughput",
            },
        )
        for part, group in _GROUPS.items()
    ),
    *(
        Match(
            meter,
            f"{kind}CapacityUnit-Hrs",
            {"group": f"DDB-{kind}Units", "operation": "CommittedThroughput"},
        )
        for meter, kind in (("provisioned_rcu_hour", "Read"), ("provisioned_wcu_hour", "Write"))
    ),
    Match(
        "storage_standard",
        "TimedStorage-ByteHrs",
        {"family": "Database Storage", "volumetype": "Amazon DynamoDB - Indexed DataStore"},
    ),
    Match(
        "streams_read_requests",
        where={"group": "DDB-StreamsReadRequests", "operation": "GetRecords"},
    ),
)
