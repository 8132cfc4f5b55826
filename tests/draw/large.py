"""A spec of 200 components: domains with services of their own that share one bus."""

from __future__ import annotations

DOMAINS = (
    "orders", "payment", "shipping", "stock", "catalog", "search", "pricing", "returns", "loyalty",
    "mail", "fraud", "support", "reports", "partners", "media", "identity",
)  # fmt: skip
SERVICES = ("intake", "core", "export")


def large() -> str:
    """The text of the spec: 16 groups of 12, one bus, one API and what is outside."""
    return "\n".join([*_head(), *_components(), "flows:", *_flows(), "groups:", *_groups(), ""])


def _head() -> list[str]:
    return [
        "title: Marketplace",
        "region: us-east-1",
        "components:",
        "  shop: {type: client, label: Web shop}",
        "  app: {type: client, label: Mobile app}",
        "  api: {type: apigatewayv2.api, protocol_type: HTTP}",
        "  front: {type: lambda.function, memory_size: 512, duration: 20 ms}",
        "  events: {type: events.event_bus, name: marketplace}",
        "  archive: {type: s3.bucket, lifecycle_configuration: {expiration_in_days: 90}}",
        "  writer: {type: kinesisfirehose.delivery_stream}",
        "  bank: {type: partner, label: Bank}",
    ]


def _components() -> list[str]:
    lines = []
    for domain in DOMAINS:
        for service in SERVICES:
            name = f"{domain}-{service}"
            redrive = f"{{dead_letter_target: {name}-dlq, max_receive_count: 5}}"
            timeout = "visibility_timeout: 3 min"
            lines += [
                f"  {name}: {{type: sqs.queue, {timeout}, redrive_policy: {redrive}}}",
                f"  {name}-dlq: {{type: sqs.queue, message_retention_period: 14 d}}",
                f"  {name}-work: {{type: lambda.function, timeout: 30, duration: 80 ms}}",
                f"  {name}-table: {{type: dynamodb.table, usage: {{storage_gb_months: 20}}}}",
            ]
    return lines


def _flows() -> list[str]:
    lines = [
        "  - shop -> api: {rate: 100/s, size: 2 KB, response_size: 1 KB}",
        "  - app -> api: {rate: 50/s, size: 2 KB, response_size: 1 KB}",
        "  - api -> front",
        "  - front -> events",
        "  - events -> writer",
        "  - writer -> archive",
        "  - payment-core-work -> bank: {size: 1 KB}",
    ]
    for domain in DOMAINS:
        lines.append(f"  - events -> {domain}-intake: {{filter: 10%}}")
        for first, second in (("intake", "core"), ("core", "export")):
            lines.append(f"  - {domain}-{first}-work -> {domain}-{second}")
        for service in SERVICES:
            name = f"{domain}-{service}"
            lines += [
                f"  - {name} -> {name}-work: {{batch: 10}}",
                f"  - {name}-work -> {name}-table",
            ]
    return lines


def _groups() -> list[str]:
    lines = []
    for domain in DOMAINS:
        for service in SERVICES:
            name = f"{domain}-{service}"
            members = ", ".join([name, *(f"{name}-{part}" for part in ("dlq", "work", "table"))])
            lines.append(f"  {name}-service: {{label: {service.title()}, contains: [{members}]}}")
        inner = ", ".join(f"{domain}-{service}-service" for service in SERVICES)
        lines.append(f"  {domain}: {{label: {domain.title()}, contains: [{inner}]}}")
    return lines
