"""AWSLambda: requests and durations by architecture; pollers and SnapStart go by SKU."""

from archcode.offers.match import Match

_KINDS = {
    "requests": ("Request", "AWS-Lambda-Requests"),
    "duration": ("Lambda-GB-Second", "AWS-Lambda-Duration"),
    "provisioned_concurrency": (
        "Lambda-Provisioned-Concurrency",
        "AWS-Lambda-Provisioned-Concurrency",
    ),
    "provisioned_duration": (
        "Lambda-Provisioned-GB-Second",
        "AWS-Lambda-Duration-Provisioned",
    ),
    "ephemeral_storage": ("Lambda-Storage-GB-Second", "AWS-Lambda-Storage-Duration"),
}
_ARCHITECTURES = {"x86": "", "arm": "-ARM"}

MATCHES = tuple(
    Match(
        f"{kind}_{architecture}",
        f"{usage_type}{suffix}",
        {"family": "Serverless", "group": f"{group}{suffix}"},
    )
    for kind, (usage_type, group) in _KINDS.items()
    for architecture, suffix in _ARCHITECTURES.items()
)
