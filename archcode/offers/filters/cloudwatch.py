"""AmazonCloudWatch: metrics, alarms and logs."""

from archcode.offers.match import Match

_PUT = {"operation": "PutLogEvents"}

MATCHES = (
    Match("custom_metrics", "CW:MetricMonitorUsage"),
    Match("standard_alarms", "CW:AlarmMonitorUsage"),
    Match("logs_ingestion", "DataProcessing-Bytes", _PUT),
    Match("vended_logs_ingestion", "VendedLog-Bytes", _PUT),
    Match("logs_storage", "TimedStorage-ByteHrs", {"family": "Storage Snapshot"}),
)
