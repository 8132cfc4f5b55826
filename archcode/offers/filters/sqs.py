"""AWSQueueService: three kinds of requests; us-east-1 has usage types of its own."""

from archcode.offers.match import Match

MATCHES = (
    Match(
        "standard_requests",
        r"Requests-(?:RBP|Tier1)",
        {"family": "API Request", "queuetype": "Standard"},
    ),
    Match(
        "fifo_requests",
        r"Requests-FIFO-(?:RBP|Tier1)",
        {"family": "API Request", "queuetype": "FIFO (first-in, first-out)"},
    ),
    Match(
        "fair_queue_requests_surcharge",
        r"Requests-Fair-(?:RBP|Tier1)",
        {"family": "API Request", "queuetype": "Fair"},
    ),
    Match("free_tier_requests_per_month", "Global-Requests", account_wide=True),
)
