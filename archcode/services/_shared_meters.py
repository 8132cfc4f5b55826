"""Meters of keys and logs, which many services are charged for where a setting asks for it.

https://aws.amazon.com/kms/pricing/ and https://aws.amazon.com/cloudwatch/pricing/.
"""

from __future__ import annotations

from archcode.model import Meter
from archcode.services._service import FreeTier

KMS_REQUESTS = Meter(
    "kms_requests", "Requests", "KMS requests", price_file="kms", dimension="requests"
)
KMS_FREE_TIER = FreeTier("free_tier_requests_per_month", ("kms_requests",), "kms")
LOGS_INGESTION = Meter(
    "logs_ingestion", "GB", "CloudWatch Logs, ingestion", price_file="cloudwatch"
)
VENDED_LOGS_INGESTION = Meter(
    "vended_logs_ingestion",
    "GB",
    "CloudWatch Logs, vended",
    price_file="cloudwatch",
)
"""Logs that AWS services write at volume prices, those of MSK among them:
https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html."""
CUSTOM_METRICS = Meter(
    "custom_metrics", "Metrics", "CloudWatch metrics", "Recurring", price_file="cloudwatch"
)
