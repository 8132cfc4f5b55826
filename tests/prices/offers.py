"""AWS's price list made from a price book: the indexes and offer files, in AWS's JSON and CSV.

Beside a book's products stand those that must not be taken for them: of Outposts, Local Zones
and other regions, of other offers, reserved terms, terms that begin later.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from prices.listed import LISTED, Listed

from archcode.offers.filters import CATALOGUES
from archcode.pricebook import GLOBAL, Prices, parse, places
from archcode.units import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

VERSION = "20261101081500"
PUBLISHED = "2026-11-01T08:15:00Z"
ON_DEMAND = "JRTCKXETXF"
SINGLE = "6YS6EN2CT7"
DISCLAIMER = (
    "This pricing list is for informational purposes only. All prices are subject to the "
    "additional terms included in the pricing pages on http://aws.amazon.com."
)
PREFIXES = {
    "af-south-1": "AFS1", "ap-east-1": "APE1", "ap-east-2": "APE2", "ap-northeast-1": "APN1",
    "ap-northeast-2": "APN2", "ap-northeast-3": "APN3", "ap-south-1": "APS3",
    "ap-south-2": "APS5", "ap-southeast-1": "APS1", "ap-southeast-2": "APS2",
    "ap-southeast-3": "APS4", "ap-southeast-4": "APS6", "ap-southeast-5": "APS7",
    "ap-southeast-6": "APS8", "ap-southeast-7": "APS9", "ca-central-1": "CAN1",
    "ca-west-1": "CAN2", "eu-central-1": "EUC1", "eu-central-2": "EUC2", "eu-north-1": "EUN1",
    "eu-south-1": "EUS1", "eu-south-2": "EUS2", "eu-west-1": "EU", "eu-west-2": "EUW2",
    "eu-west-3": "EUW3", "il-central-1": "ILC1", "me-central-1": "MEC1", "me-south-1": "MES1",
    "mx-central-1": "MXC1", "sa-east-1": "SAE1", "us-east-1": "USE1", "us-east-2": "USE2",
    "us-gov-east-1": "UGE1", "us-gov-west-1": "UGW1", "us-west-1": "USW1", "us-west-2": "USW2",
}  # fmt: skip
"""The codes before usage types; six of them are not those of the region's own name."""
BARE = {"sqs", "sns", "kinesis", "lambda", "dynamodb", "elb", "s3", "ec2", "data_transfer"}
"""Offers whose usage types begin with nothing in us-east-1."""
ANCHORED = {
    "sqs": "standard_requests",
    "sns": "standard_publish_requests",
    "kinesis": "provisioned_shard_hour",
    "lambda": "requests_x86",
    "msk": "tiered_storage",
    "mq": "activemq_storage_ebs",
}
"""A meter of each file, sold everywhere, that its usage type names."""
LOCATIONS = {"us-east-1": "US East (N. Virginia)", "eu-west-1": "EU (Ireland)"}


class Dimension(Struct, frozen=True):
    """A rate as the list has it, in texts."""

    code: str
    begin: str
    end: str
    usd: str
    unit: str = "Units"


class Term(Struct, frozen=True):
    """Rates of one term of a product."""

    dimensions: tuple[Dimension, ...]
    since: str = "2026-10-01T00:00:00Z"
    kind: str = "OnDemand"

    @property
    def code(self) -> str:
        return ".".join(self.dimensions[0].code.split(".")[:2])


class Product(Struct, frozen=True):
    """A product as the list has it."""

    sku: str
    family: str
    attributes: dict[str, str]
    terms: tuple[Term, ...] = ()


def sku_of(*parts: str) -> str:
    """A SKU that looks like AWS's, the same for the same words."""
    digest = hashlib.sha256("|".join(parts).encode()).digest()
    return "".join("ABCDEFGHJKMNPQRSTUVWXYZ23456789"[byte % 31] for byte in digest[:16])


def usage_type(service: str, region: str, suffix: str) -> str:
    """A usage type with the code of its region."""
    if region == GLOBAL or (region == "us-east-1" and service in BARE):
        return suffix
    return f"{PREFIXES[region]}-{suffix}"


def listed(service: str, meter: str) -> Listed:
    """What the list says of a meter's product, its size filled in."""
    for name, (family, usage, attributes) in LISTED[service].items():
        head, _, tail = name.partition("{}")
        if name == meter:
            return family, usage, attributes
        if "{}" in name and meter.startswith(head) and meter.endswith(tail):
            size = meter.removeprefix(head).replace("_", ".", 1)
            # Usage types of Amazon MQ are shorter: mq.m5.2xl
            short = size.replace("xlarge", "xl") if service == "mq" else size
            filled = {key: value.format(size) for key, value in attributes.items()}
            return family, usage.format(short), filled
    raise KeyError(meter)


def product(service: str, region: str, sku: str, what: Listed) -> Product:
    """A product in a region, or of the whole account."""
    family, usage, attributes = what
    place = {
        "location": LOCATIONS.get(region, f"Region {region}"),
        "locationType": "AWS Region",
        "regionCode": region,
    }
    anywhere = {"location": "Any", "locationType": "AWS Region"}
    moved = {"fromLocation": place["location"], "fromLocationType": "AWS Region",
             "fromRegionCode": region}  # fmt: skip
    where = moved if service == "data_transfer" else anywhere if region == GLOBAL else place
    offer = CATALOGUES[service].offer
    usagetype = usage_type(service, region, usage)
    named = {"servicecode": offer, **where, "usagetype": usagetype, "operation": "", **attributes}
    return Product(sku, family, {**named, "servicename": "Amazon"})


def flat(sku: str, usd: str, suffix: str = SINGLE) -> Term:
    """One price without tiers."""
    return Term((Dimension(f"{sku}.{ON_DEMAND}.{suffix}", "0", "Inf", usd),))


def products(service: str, region: str, prices: Prices) -> list[Product]:
    """The products of a region's prices."""
    taken: dict[str, int] = {}
    found = []
    for meter, tiers in sorted(prices.items()):
        skus = tiers[0].sku_id.split("|")
        code = tiers[0].rate_code
        # Of several products of one price, each is the product of one of the meters.
        sku = skus[taken.setdefault(code, 0) % len(skus)]
        taken[code] += 1
        dimensions = tuple(
            Dimension(
                tier.rate_code if len(skus) == 1 else f"{sku}.{ON_DEMAND}.{SINGLE}",
                plain(tier.start),
                "Inf" if tier.end is None else plain(tier.end),
                f"{tier.usd:.10f}",
            )
            for tier in tiers
        )
        one = product(service, region, sku, listed(service, meter))
        found.append(replace(one, terms=(Term(dimensions),)))
    return found


def decoys(first: Product) -> list[Product]:
    """Products beside one of a region that are not it."""
    usd = "77.7700000000"

    def like(word: str, **attributes: str) -> Product:
        sku = sku_of(word, first.sku)
        named = {**first.attributes, **attributes}
        return Product(sku, first.family, named, (flat(sku, usd),))

    own = first.attributes["usagetype"]
    reserved = sku_of("reserved", first.sku)
    return [
        like("outposts", locationType="AWS Outposts"),
        like("zone", locationType="AWS Local Zone", location="US West (Los Angeles)"),
        like("other region", regionCode="eu-isoe-west-1"),
        like("other offer", servicecode="AWSDataTransfer"),
        like("longer", usagetype=f"{own}-Reserved"),
        like("before", usagetype=f"Outposts-{own}"),
        like("free", usagetype="Global-Event-8K-Chunks", location="Any"),
        Product(
            reserved,
            first.family,
            first.attributes,
            (replace(flat(reserved, usd), kind="Reserved"),),
        ),
    ]


def with_other_terms(one: Product) -> Product:
    """A product that was cheaper before, will be dearer, and can be reserved."""
    past, future = flat(one.sku, "66", "PASTPASTPA"), flat(one.sku, "88", "FUTUREFUTU")
    return replace(
        one,
        terms=(
            replace(past, since="2026-08-01T00:00:00Z"),
            *one.terms,
            replace(future, since="2027-01-01T00:00:00Z"),
            replace(flat(one.sku, "55", "RESERVEDRE"), kind="Reserved"),
        ),
    )


def listing(service: str, text: str, region: str) -> list[Product]:
    """All products in a region's offer file: the region's, the account's, and strangers."""
    prices = parse(text, region)
    found = products(service, region, prices)
    free = products(service, GLOBAL, parse(text, GLOBAL))
    beside = ANCHORED[service]
    strangers = decoys(found[sorted(prices).index(beside)]) if beside in prices else []
    return [with_other_terms(found[0]), *found[1:], *free, *strangers]


def as_json(offer: str, found: Iterable[Product], version: str = VERSION) -> bytes:
    """An offer file as AWS writes it: products, then terms by kind, SKU and term."""
    kept = list(found)
    terms: dict[str, dict[str, dict[str, object]]] = {"OnDemand": {}, "Reserved": {}}
    for one in kept:
        for number, term in enumerate(one.terms):
            key = term.code if number == 0 or term.kind == "Reserved" else f"{term.code}{number}"
            terms[term.kind].setdefault(one.sku, {})[key] = {
                "offerTermCode": term.code.partition(".")[2],
                "sku": one.sku,
                "effectiveDate": term.since,
                "priceDimensions": {
                    d.code: {
                        "rateCode": d.code,
                        "description": f"${d.usd} per unit",
                        "beginRange": d.begin,
                        "endRange": d.end,
                        "unit": d.unit,
                        "pricePerUnit": {"USD": d.usd},
                        "appliesTo": [],
                    }
                    for d in term.dimensions
                },
                "termAttributes": {},
            }
    document = {
        "formatVersion": "v1.0",
        "disclaimer": DISCLAIMER,
        "offerCode": offer,
        "version": version,
        "publicationDate": PUBLISHED,
        "products": {
            one.sku: {"sku": one.sku, "productFamily": one.family, "attributes": one.attributes}
            for one in kept
        },
        "terms": terms,
        "attributesList": {},
    }
    return json.dumps(document, indent=2).encode()


STANDARD = (
    "SKU", "OfferTermCode", "RateCode", "TermType", "PriceDescription", "EffectiveDate",
    "StartingRange", "EndingRange", "Unit", "PricePerUnit", "Currency", "Product Family",
    "serviceCode",
)  # fmt: skip


def column(attribute: str) -> str:
    """The column of an attribute: `usageType`, `Location Type`."""
    own = {"usagetype": "usageType", "servicename": "serviceName", "operation": "operation"}
    words = "".join(f" {c}" if c.isupper() else c for c in attribute)
    return own.get(attribute, words[:1].upper() + words[1:])


def as_csv(offer: str, found: Iterable[Product], version: str = VERSION) -> bytes:
    """An offer file as AWS writes it: metadata, columns, one quoted row for each rate."""
    kept = list(found)
    names = dict.fromkeys(n for one in kept for n in one.attributes if n != "servicecode")
    written = io.StringIO()
    rows = csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n")
    rows.writerows(
        [
            ("FormatVersion", "v1.0"),
            ("Disclaimer", DISCLAIMER),
            ("Publication Date", PUBLISHED),
            ("Version", version),
            ("OfferCode", offer),
            (*STANDARD, *map(column, names)),
        ]
    )
    for one in kept:
        for term in one.terms:
            for d in term.dimensions:
                head = one.sku, term.code.partition(".")[2], d.code, term.kind
                middle = f"${d.usd} per unit", term.since[:10], d.begin, d.end, d.unit, d.usd
                tail = "USD", one.family, one.attributes["servicecode"]
                rows.writerow((*head, *middle, *tail, *(one.attributes.get(n, "") for n in names)))
    return written.getvalue().encode()


def publish(
    root: Path,
    book: dict[str, str],
    edit: Callable[[str, str, list[Product]], list[Product]] | None = None,
) -> None:
    """Lay a price list out as AWS does; `edit` changes the products of a service and region."""
    base = root / "offers" / "v1.0" / "aws"
    index = {}
    for service, text in book.items():
        offer = CATALOGUES[service].offer
        here = f"/offers/v1.0/aws/{offer}"
        index[offer] = {
            "offerCode": offer,
            "versionIndexUrl": f"{here}/index.json",
            "currentVersionUrl": f"{here}/current/index.json",
            "currentRegionIndexUrl": f"{here}/current/region_index.json",
        }
        regions = {}
        for region in places(text):
            if region == GLOBAL:
                continue
            regions[region] = {
                "regionCode": region,
                "currentVersionUrl": f"{here}/{VERSION}/{region}/index.json",
            }
            found = listing(service, text, region)
            if edit:
                found = edit(service, region, found)
            folder = base / offer / VERSION / region
            folder.mkdir(parents=True, exist_ok=True)
            (folder / "index.json").write_bytes(as_json(offer, found))
            (folder / "index.csv").write_bytes(as_csv(offer, found))
        _index(base / offer / "current" / "region_index.json", {"regions": regions})
    _index(base / "index.json", {"offers": index})


def _index(path: Path, content: dict[str, object]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    head = {"formatVersion": "v1.0", "disclaimer": DISCLAIMER, "publicationDate": PUBLISHED}
    path.write_text(json.dumps({**head, **content}, indent=2), "utf-8")
