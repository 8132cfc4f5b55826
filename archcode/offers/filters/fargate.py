"""AmazonECS: what a Fargate task on Linux takes of processors, memory and storage."""

from archcode.offers.match import Match

_LINUX = {"family": "Compute", "tenancy": "Shared", "operatingsystem": ""}

MATCHES = (
    Match("vcpu_hour_x86_linux", "Fargate-vCPU-Hours:perCPU", _LINUX),
    Match("memory_gb_hour_x86_linux", "Fargate-GB-Hours", _LINUX),
    Match("vcpu_hour_arm_linux", "Fargate-ARM-vCPU-Hours:perCPU", _LINUX),
    Match("memory_gb_hour_arm_linux", "Fargate-ARM-GB-Hours", _LINUX),
    Match(
        "ephemeral_storage_gb_hour_over_20gb",
        "Fargate-EphemeralStorage-GB-Hours",
        {"family": "Compute"},
    ),
)
