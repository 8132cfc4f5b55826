"""`archcode prices update` of an offer file as large as AWS's largest: time and memory.

    python benchmarks/price_list.py                      # 450 MB, JSON, over HTTP
    python benchmarks/price_list.py --megabytes 64 --format csv --json

The file is made up in AWS's format: instances in all their operating systems, tenancies and
licences with on-demand and reserved terms, of which the book has a few. A server on this machine
sends it, so that download, reading and writing are all in the figures.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import count, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

OFFER, VERSION, REGION = "AmazonEC2", "20261101081500", "us-east-1"
HEAD = {
    "formatVersion": "v1.0",
    "disclaimer": "This pricing list is for informational purposes only.",
    "offerCode": OFFER,
    "version": VERSION,
    "publicationDate": "2026-11-01T08:15:00Z",
}
SIZES = ("large", "xlarge", "2xlarge", "4xlarge", "8xlarge", "12xlarge", "16xlarge", "24xlarge")
SYSTEMS = ("Linux", "RHEL", "SUSE", "Windows", "Ubuntu Pro", "Red Hat Enterprise Linux with HA")
TENANCIES = ("Shared", "Dedicated", "Host")
SOFTWARE = ("NA", "SQL Web", "SQL Std", "SQL Ent")
STATES = ("Used", "UnusedCapacityReservation", "AllocatedCapacityReservation")
RESERVED = ("4NA7Y494T4", "6QCMYABX3D", "BPH4J8HBKS", "NQ3QZPMQV9")
STANDARD = (
    "SKU",
    "OfferTermCode",
    "RateCode",
    "TermType",
    "PriceDescription",
    "EffectiveDate",
    "StartingRange",
    "EndingRange",
    "Unit",
    "PricePerUnit",
    "Currency",
    "Product Family",
    "serviceCode",
)
KNOWN = ("m5.large", "m5.xlarge", "c5.2xlarge", "r5.4xlarge")
"""The instance types that the book has."""
FAMILIES = ("m5", "c5", "r5", *(f"x{number}gen" for number in range(1, 9000)))

Attributes = dict[str, str]


def instances() -> Iterator[tuple[str, Attributes]]:
    """SKUs and attributes without end, those of the book first."""
    number = count(1)
    for family in FAMILIES:
        for size, system, tenancy, software, state in product(
            SIZES, SYSTEMS, TENANCIES, SOFTWARE, STATES
        ):
            kind = f"{family}.{size}"
            usage = {"Used": "BoxUsage", "UnusedCapacityReservation": "UnusedBox"}
            yield (
                f"{next(number):016d}",
                {
                    "servicecode": OFFER,
                    "location": "US East (N. Virginia)",
                    "locationType": "AWS Region",
                    "instanceType": kind,
                    "currentGeneration": "Yes",
                    "instanceFamily": "General purpose",
                    "vcpu": "8",
                    "physicalProcessor": "Intel Xeon Platinum 8175",
                    "clockSpeed": "3.1 GHz",
                    "memory": "32 GiB",
                    "storage": "EBS only",
                    "networkPerformance": "Up to 10 Gigabit",
                    "processorArchitecture": "64-bit",
                    "tenancy": tenancy,
                    "operatingSystem": system,
                    "licenseModel": "No License required",
                    "usagetype": f"{usage.get(state, 'Reservation')}:{kind}",
                    "operation": "RunInstances",
                    "availabilityzone": "NA",
                    "capacitystatus": state,
                    "classicnetworkingsupport": "false",
                    "dedicatedEbsThroughput": "Up to 2120 Mbps",
                    "ecu": "37",
                    "enhancedNetworkingSupported": "Yes",
                    "gpuMemory": "NA",
                    "intelAvx2Available": "Yes",
                    "intelAvxAvailable": "Yes",
                    "intelTurboAvailable": "Yes",
                    "marketoption": "OnDemand",
                    "normalizationSizeFactor": "16",
                    "preInstalledSw": software,
                    "processorFeatures": "Intel AVX; Intel AVX2; Intel AVX512; Intel Turbo",
                    "regionCode": REGION,
                    "servicename": "Amazon Elastic Compute Cloud",
                    "vpcnetworkingsupport": "true",
                },
            )


def priced(sku: str, term: str) -> dict[str, object]:
    """A term of a product, as the list has it."""
    code = f"{sku}.{term}.6YS6EN2CT7"
    return {
        f"{sku}.{term}": {
            "offerTermCode": term,
            "sku": sku,
            "effectiveDate": "2026-10-01T00:00:00Z",
            "priceDimensions": {
                code: {
                    "rateCode": code,
                    "description": "$0.1230000000 per On Demand Instance Hour",
                    "beginRange": "0",
                    "endRange": "Inf",
                    "unit": "Hrs",
                    "pricePerUnit": {"USD": "0.1230000000"},
                    "appliesTo": [],
                }
            },
            "termAttributes": {},
        }
    }


def write_json(path: Path, size: int) -> None:
    """An offer file of about a size: a quarter products, the rest terms."""
    with path.open("w", encoding="utf-8") as file:
        head = json.dumps(HEAD, indent=2)
        file.write(f'{head[:-2]},\n  "products": {{\n')
        kept, join = [], ""
        for sku, attributes in instances():
            fields = {"sku": sku, "productFamily": "Compute Instance", "attributes": attributes}
            file.write(f"{join}{json.dumps(sku)}: {json.dumps(fields, indent=2)}")
            kept.append(sku)
            join = ",\n"
            if file.tell() > size * 33 // 100:
                break
        for opening, terms in (
            ('},\n"terms": {"OnDemand": {', ("JRTCKXETXF",)),
            ('},\n"Reserved": {', RESERVED),
        ):
            file.write(opening)
            for number, sku in enumerate(kept):
                found = {name: term for code in terms for name, term in priced(sku, code).items()}
                file.write(f"{',' if number else ''}\n{json.dumps(sku)}: ")
                file.write(json.dumps(found, indent=2))
                if terms is RESERVED and file.tell() > size:
                    break
        file.write('}},\n"attributesList": {}}\n')


def write_csv(path: Path, size: int) -> None:
    """The same as rows."""
    names = [name for name in next(instances())[1] if name != "servicecode"]
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n")
        titles = ("FormatVersion", "Disclaimer", "OfferCode", "Version", "Publication Date")
        rows.writerows(zip(titles, HEAD.values(), strict=True))
        rows.writerow([*STANDARD, *names])
        for sku, attributes in instances():
            for kind, code in (("OnDemand", "JRTCKXETXF"), *(("Reserved", c) for c in RESERVED)):
                rate = (f"{sku}.{code}.6YS6EN2CT7", kind, "$0.123 per hour", "2026-10-01")
                price = ("0", "Inf", "Hrs", "0.1230000000", "USD", "Compute Instance", OFFER)
                values = (attributes[name] for name in names)
                rows.writerow((sku, code, *rate, *price, *values))
            if file.tell() > size:
                return


def publish(root: Path, kind: str, size: int) -> int:
    """Lay out a list of one service and region; the bytes of its offer file."""
    here = f"/offers/v1.0/aws/{OFFER}"
    folder = root / here.lstrip("/") / VERSION / REGION
    (root / here.lstrip("/") / "current").mkdir(parents=True)
    folder.mkdir(parents=True)
    index = {"offers": {OFFER: {"currentRegionIndexUrl": f"{here}/current/region_index.json"}}}
    path = f"{here}/{VERSION}/{REGION}/index.json"
    regions = {"regions": {REGION: {"regionCode": REGION, "currentVersionUrl": path}}}
    (folder.parents[2] / "index.json").write_text(json.dumps(index), "utf-8")
    (folder.parents[1] / "current" / "region_index.json").write_text(json.dumps(regions), "utf-8")
    file = folder / f"index.{kind}"
    (write_json if kind == "json" else write_csv)(file, size)
    return file.stat().st_size


def book(folder: Path) -> None:
    """A price book of the few instance types."""
    folder.mkdir()
    rows = [
        "region,meter,unit,tier_from,tier_to,usd,rate_code,source,source_date,confidence",
        *(
            f"{REGION},linux_ondemand_{kind.replace('.', '_')},instance-hour,0,Inf,0.1,"
            "unknown,made up,2025-01-01,low"
            for kind in sorted(KNOWN)
        ),
    ]
    (folder / "ec2.csv").write_text("\n".join(rows) + "\n", "utf-8")


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def measured(kind: str, size: int) -> dict[str, float]:
    """Bytes read, seconds and bytes of memory of one refresh; exits where it changes too little."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        number = publish(folder / "list", kind, size)
        book(folder / "book")
        handler = partial(_Quiet, directory=str(folder / "list"))
        server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        call = (sys.executable, "-m", "archcode", "prices", "update", "book")
        source = ("--from", f"http://127.0.0.1:{server.server_port}", "--format", kind)
        sample = clock.run(clock.Command("update", (*call, *source), folder))
        server.shutdown()
        server.server_close()
        if (folder / "book" / "ec2.csv").read_text("utf-8").count(",0.123,") != len(KNOWN):
            sys.exit("the book did not take the list's prices")
    return {"bytes": number, "seconds": sample.wall, "cpu": sample.cpu, "rss": sample.rss}


def main() -> None:
    """Measure once and print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", type=int, default=450)
    parser.add_argument("--format", choices=("json", "csv"), default="json")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    found = measured(asked.format, asked.megabytes * 10**6)
    if asked.json:
        print(json.dumps(found))
        return
    print(
        f"{found['bytes'] / 10**6:,.0f} MB of {asked.format}: {found['seconds']:.1f} s, "
        f"{found['cpu']:.1f} s of CPU, {found['rss'] / 10**6:.0f} MB of memory"
    )


if __name__ == "__main__":
    main()
