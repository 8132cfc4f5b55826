"""AmazonS3: standard storage and its requests."""

from archcode.offers.match import Match

MATCHES = (
    Match(
        "standard_storage",
        "TimedStorage-ByteHrs",
        {"family": "Storage", "volumetype": "Standard", "operation": ""},
    ),
    Match("standard_put_copy_post_list_requests", "Requests-Tier1", {"group": "S3-API-Tier1"}),
    Match("standard_get_select_other_requests", "Requests-Tier2", {"group": "S3-API-Tier2"}),
)
