"""Which meters have a price where, and the stated reason for each that has none."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archcode.metering import price_files
from archcode.model import Finding, Severity
from archcode.regions import PRICED, UNPRICED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archcode.pricebook import PriceBook

NOT_SOLD = "{} is not offered in every region"
MISSING_REGIONS = {
    "cloudwatch": (("ap-southeast-6",), "the list is older than ap-southeast-6"),
    "iot_core": (
        (
            "af-south-1", "ap-east-2", "ap-northeast-3", "ap-south-2", "ap-southeast-3",
            "ap-southeast-4", "ap-southeast-6", "ap-southeast-7", "ca-west-1", "eu-central-2",
            "eu-south-1", "il-central-1", "mx-central-1",
        ),
        NOT_SOLD.format("IoT Core"),
    ),
    "msk": (("ap-southeast-6",), NOT_SOLD.format("MSK")),
    "redshift": (
        (
            "ap-east-2", "ap-northeast-3", "ap-southeast-4", "ap-southeast-5", "ap-southeast-6",
            "ca-west-1", "me-south-1",
        ),
        NOT_SOLD.format("Redshift Serverless"),
    ),
}  # fmt: skip
"""Price files that lack whole regions, and why."""
NOT_EVERYWHERE = {
    "api_gateway": "HTTP and WebSocket APIs are not offered in every region",
    "cloudwatch": "the list is older than ap-southeast-6",
    "data_transfer": "transfer between zones and between regions is sourced for some regions only",
    "dynamodb": "change data capture and priced stream reads are not listed for every region",
    "ec2": "instance types are not offered in every region",
    "eventbridge": "pipes, archives and API destinations are not offered in every region",
    "firehose": "database sources and some destinations are not offered in every region",
    "iot_core": "IoT Core and LoRaWAN are not offered in every region",
    "lambda": "pollers, SnapStart and streaming are not offered in every region",
    "mq": "instance types and EFS are not offered in every region",
    "msk": "MSK and its instance types are not offered in every region",
    "redshift": "Redshift Serverless is not offered in every region",
    "sns": "FIFO topics and mobile push are not offered in every region",
}
"""Price files with meters that are priced in some regions only, and why."""
UNLISTED = {
    ("", "month"): "the author states it",
    ("dynamodb", "provisioned_rcu_hour_standard_ia"): "the book does not have it yet",
    ("dynamodb", "provisioned_wcu_hour_standard_ia"): "the book does not have it yet",
    ("ec2", "linux_ondemand_other"): "the book has common instance types only",
    ("ec2", "volume_storage"): "the book has no volumes",
    ("sns", "sms"): "the price depends on the country and the carrier",
    ("step_functions", "x_ray_traces"): "AWS X-Ray is not in the book",
}
"""Meters without a price anywhere, and why."""
_PARTITION = "AWS runs the region in a partition of its own, whose prices are not in the book"
NO_REASON = "the price book has no row for it"


def applies(meter: str, region: str) -> bool:
    """Whether a meter means anything in a region: none sends to itself."""
    return meter != f"inter_region_out_to_{region.replace('-', '_')}"


def reason(file: str, meter: str, region: str) -> str:
    """Why a meter may have no price in a region; empty where nothing explains it."""
    if region in UNPRICED:
        return _PARTITION
    if (file, meter) in UNLISTED:
        return UNLISTED[file, meter]
    regions, words = MISSING_REGIONS.get(file, ((), ""))
    if region in regions:
        return words
    return NOT_EVERYWHERE.get(file, "")


def regions_with(file: str, meter: str, book: PriceBook) -> tuple[str, ...]:
    """The regions in which a meter has a price."""
    return tuple(region for region in PRICED if meter in book.prices(file, region))


def findings(book: PriceBook, files: Iterable[str]) -> Iterator[tuple[str, Finding]]:
    """Meters of these price files that lack a price in a region without a reason, by file."""
    meters = price_files()
    for file in files:
        missing: dict[str, list[str]] = defaultdict(list)
        for region in PRICED:
            prices = book.prices(file, region)
            for meter in meters.get(file, ()):
                if meter not in prices and not reason(file, meter, region):
                    missing[meter].append(region)
        for meter, regions in missing.items():
            named = ", ".join(regions) if len(regions) < len(PRICED) else "any region"
            message = f"has no price in {named}, and no reason is stated"
            yield file, Finding("price_missing", Severity.ERROR, meter, message, "", 1, 1)
