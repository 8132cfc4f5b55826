"""Amazon OpenSearch Service domains: https://aws.amazon.com/opensearch-service/pricing/.

The price book has no prices of instances and volumes: the author states what a month costs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from archcode.fields import Properties
from archcode.model import Limit
from archcode.services import _stores
from archcode.services._service import Semantics, Service, against
from archcode.services._stores import StoreSettings
from archcode.shape import Field
from archcode.units import MIB, bytes_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.model import Capacity, Verdict
    from archcode.traffic import Traffic

_LIMITS_PAGE = "https://docs.aws.amazon.com/opensearch-service/latest/developerguide/limits.html"
PAYLOAD = Limit(
    "http_payload", 100, "MB", "hard", "per request, less on small instances", _LIMITS_PAGE,
    "2025-01-01",
)  # fmt: skip


class ClusterConfig(Properties):
    """The data nodes of a domain."""

    instance_type: Annotated[str, Field(min_length=1, max_length=40)] | None = None
    instance_count: Annotated[int, Field(ge=1, le=1002)] = 1


class OpenSearchSettings(StoreSettings):
    """Properties of AWS::OpenSearchService::Domain, and what it costs."""

    cluster_config: ClusterConfig = ClusterConfig()


def check(
    traffic: Traffic[OpenSearchSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Verdict]:
    """Sizes of requests against the payload that a domain takes."""
    for hop in traffic.inflows:
        words = f"{hop.source} sends requests of {bytes_text(hop.batch_bytes)}"
        hint = "index in smaller batches"
        yield against(traffic, PAYLOAD, hop.batch_bytes / MIB, words, hint)


def _summary(settings: OpenSearchSettings) -> str:
    nodes = settings.cluster_config
    return (
        f"{nodes.instance_count} × {nodes.instance_type}" if nodes.instance_type else "OpenSearch"
    )


OPENSEARCH = Service(
    type="opensearchservice.domain",
    resource_type="AWS::OpenSearchService::Domain",
    name="Amazon OpenSearch Service",
    settings=OpenSearchSettings,
    icon=lambda _: "aws/analytics/amazon-opensearch-service.png",
    summary=_summary,
    emission="copy",
    passes_on=_stores.passes_on,
    inflow_keys=frozenset({"operation"}),
    responds=True,
    usage=_stores.usage,
    check=check,
    meters=(_stores.MONTH,),
    usage_keys=("months",),
    limits=(PAYLOAD,),
    semantics=(
        Semantics(
            variant="index",
            ordering="none",
            delivery="a write is answered once it is replicated",
            replay="no",
            retention="until documents are deleted",
            consumers="searches",
            dead_letter="none",
            source=_LIMITS_PAGE,
            as_of="2025-01-01",
        ),
    ),
)

SERVICES = {OPENSEARCH.type: OPENSEARCH}
