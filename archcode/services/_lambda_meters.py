"""What functions are charged by, for each architecture: https://aws.amazon.com/lambda/pricing/."""

from __future__ import annotations

from archcode.model import Meter


def _meters(suffix: str, arch: str) -> tuple[Meter, ...]:
    return (
        Meter(f"requests_{suffix}", "Requests", f"Requests, {arch}"),
        Meter(f"duration_{suffix}", "GB-Seconds", f"Duration, {arch}"),
        Meter(f"ephemeral_storage_{suffix}", "GB-Seconds", f"Ephemeral storage, {arch}"),
        Meter(
            f"provisioned_concurrency_{suffix}",
            "GB-Seconds",
            f"Provisioned concurrency, {arch}",
            "Recurring",
        ),
        Meter(
            f"provisioned_duration_{suffix}",
            "GB-Seconds",
            f"Duration on provisioned concurrency, {arch}",
        ),
    )


METERS = (*_meters("x86", "x86_64"), *_meters("arm", "arm64"))
"""Those of provisioned pollers are apart."""
