"""AmazonSNS: requests, deliveries by endpoint, FIFO, data protection."""

from archcode.offers.match import Match

_ENDPOINTS = {
    "standard_delivery_email": "SMTP",
    "standard_delivery_firehose": "FIREHOSE",
    "standard_delivery_http": "HTTP",
    "standard_delivery_lambda": "LAMBDA",
    "standard_delivery_sqs": "SQS",
    "mobile_push_adm": "ADM",
    "mobile_push_apns_ios": "APNS",
    "mobile_push_apns_macos": "MACOS",
    "mobile_push_baidu": "BAIDU",
    "mobile_push_fcm_gcm": "GCM",
    "mobile_push_mpns": "MPNS",
    "mobile_push_wns": "WNS",
}
_FILTERING = "SNS-Standard-Payload-MessageFiltering-Filter-Matched"
_FILTERED = "SNS-Standard-Payload-MessageFiltering-Filtered-Out"

MATCHES = (
    Match("standard_publish_requests", "Requests-Tier1", {"group": "SNS-Requests-Tier1"}),
    *(
        Match(meter, f"DeliveryAttempts-{endpoint}", {"family": "Message Delivery"})
        for meter, endpoint in _ENDPOINTS.items()
    ),
    Match("fifo_publish_requests", "F-Request-Tier1", {"group": "SNS-FIFO-Requests"}),
    Match("fifo_publish_payload", "F-Ingress-Tier1", {"group": "SNS-Publish-Payload"}),
    Match("fifo_subscription_messages", "F-DA-SQS", {"group": "SNS-FIFO-Subscription-Messages"}),
    Match(
        "fifo_subscription_payload",
        "F-Egress-SQS",
        {"group": "SNS-FIFO-Subscription-Messages-Payload"},
    ),
    # The group alone names these three; their usage types are not published.
    Match("fifo_archive_processing", where={"group": "SNS-FIFO-ArchiveProcessing"}),
    Match("fifo_archive_storage", where={"group": "SNS-FIFO-Storage"}),
    Match("payload_based_filtering", where={"group": f"{_FILTERING}|{_FILTERED}"}),
    Match("message_data_protection_scanning", "MDP-Scanning", {"group": "SNS-MDP-Scanning"}),
    Match(
        "message_data_protection_audit_reporting",
        "MDP-AuditReporting",
        {"group": "SNS-MDP-AuditReporting"},
    ),
)
