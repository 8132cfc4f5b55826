"""Refreshing a price book: what `archcode prices update` does."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from archcode.cli import _io
from archcode.cli._download import source
from archcode.cli._swap import recover, scratch, swap
from archcode.cli._update_text import changes, kept, refusals
from archcode.errors import PriceListError, UsageError
from archcode.offers import book, indexes, read_csv, read_json
from archcode.offers.changes import compared, report
from archcode.offers.filters import CATALOGUES
from archcode.offers.refresh import ACCOUNT_REGION, Refreshed, gone, refresh
from archcode.pricebook import GLOBAL, PriceBook
from archcode.regions import PRICED
from archcode.services import known_types, lookup
from archcode.spec.problems import suggestion
from archcode.units import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.cli._download import Source
    from archcode.offers.changes import Change
    from archcode.offers.refresh import Catalogue, Refusal
    from archcode.pricebook import Prices

_LARGEST_INDEX = 2**26
_READERS = {"json": read_json.read, "csv": read_csv.read}


class Order(Struct, frozen=True):
    """What to refresh, from where and how."""

    folder: Path
    source: str
    services: tuple[str, ...]
    regions: tuple[str, ...]
    format: str
    dry_run: bool
    allow_missing: bool
    timeout: int


class _File(Struct):
    """One price file on its way: the old prices by region, the new ones, and what is wrong."""

    name: str
    old: dict[str, Prices]
    new: dict[str, Prices] = field(default_factory=dict)
    refusals: list[Refusal] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    @property
    def catalogue(self) -> Catalogue:
        return CATALOGUES[self.name]

    @property
    def units(self) -> dict[str, str]:
        return {m: tiers[0].unit for part in self.old.values() for m, tiers in part.items()}

    @property
    def text(self) -> str:
        return book.text({**self.old, **self.new})

    def take(self, region: str, found: Refreshed) -> None:
        """Note the new prices of a region."""
        self.new[region] = found.prices
        self.refusals += found.refusals
        self.kept += found.kept

    def differences(self) -> Iterator[tuple[str, Change]]:
        """The rows of the regions that were read, before and after."""
        for region, prices in sorted(self.new.items()):
            for change in compared(self.name, self.old.get(region, {}), prices):
                yield region, change


def refresh_book(order: Order) -> bool:
    """Refresh a book and show what changed; False where a price was refused."""
    if not order.dry_run:
        recover(order.folder)
    base = order.folder if _used(order.folder) else _io.bundled_folder()
    files = _files(order, base)
    regions = tuple(_io.region_of(region) for region in order.regions)
    beside = nullcontext(None) if order.dry_run else scratch(order.folder)
    with beside as place:
        _read(files, source(order.source, place, order.timeout), regions, order.format)
        if _refused(files, allow_missing=order.allow_missing):
            return False
        _io.tell(kept({file.name: file.kept for file in files}))
        found = report(one for file in files for one in file.differences())
        if place:
            swap(order.folder, place, base, {f"{file.name}.csv": file.text for file in files})
    _io.say(changes(found))
    _io.say("nothing written\n" if order.dry_run else f"wrote {order.folder}\n")
    return True


def _used(folder: Path) -> bool:
    """Whether a folder is there with something in it."""
    return folder.exists() and not (folder.is_dir() and not any(folder.iterdir()))


def _files(order: Order, base: Path) -> list[_File]:
    """The price files to refresh, all their rows read; raises UsageError."""
    there = [name for name in _io.price_files(base) if name in CATALOGUES]
    wanted = {_price_file(name, there) for name in order.services} or {*there}
    prices = PriceBook(lambda name: _io.read_prices(base, name), f"{base}/")
    return [
        _File(name, {r: dict(prices.prices(name, r)) for r in (*prices.regions(name), GLOBAL)})
        for name in there
        if name in wanted
    ]


def _price_file(name: str, there: list[str]) -> str:
    service = lookup(name)
    file = service.price_file if service else name
    if file not in there:
        hint = suggestion(name, [*there, *known_types()], "known")
        raise UsageError(f"--service: {quoted(name)} has no price file to refresh; {hint}")
    return file


def _read(files: list[_File], list_: Source, regions: tuple[str, ...], kind: str) -> None:
    """Read the offer files of all regions, one after the other; raises PriceListError."""
    missing = {*regions}
    services = _index(list_, indexes.SERVICES)
    for number, file in enumerate(files, 1):
        offer = file.catalogue.offer
        with _named(list_.name(indexes.SERVICES)):
            path = indexes.regions_path(services, offer)
        data = _index(list_, path)
        with _named(list_.name(path)):
            paths = indexes.region_paths(data)
        offered = {*paths} & {*PRICED}
        for region in sorted(({*file.old} - {GLOBAL}) | offered):
            if regions and region not in regions:
                continue
            missing.discard(region)
            _io.progress(f"[{number}/{len(files)}] {offer} {region}")
            _region(file, list_, region, paths.get(region, ""), kind)
    if missing:
        raise PriceListError(f"--region: AWS's list has no prices for {', '.join(sorted(missing))}")


def _region(file: _File, list_: Source, region: str, path: str, kind: str) -> None:
    """Read a region's offer file and take its prices, and the account's from that of us-east-1."""
    old, catalogue = file.old.get(region, {}), file.catalogue
    if not path:
        file.take(region, Refreshed({}, gone(old, region, catalogue.offer), ()))
        return
    account = file.old[GLOBAL] if region == ACCOUNT_REGION else {}
    where = indexes.csv_path(path) if kind == "csv" else path
    with list_.open(where) as data, _named(list_.name(where)):
        offer = _READERS[kind](data, catalogue.wanted(file.units, old, account))
        if offer.head.offer != catalogue.offer:
            raise PriceListError(f"is the offer {quoted(offer.head.offer)}")
    file.take(region, refresh(catalogue, offer, region, old, file.units))
    if account:
        file.take(GLOBAL, refresh(catalogue, offer, GLOBAL, account, file.units))


def _index(list_: Source, path: str) -> bytes:
    """An index of the list, as it is."""
    with list_.open(path) as file:
        data = file.read(_LARGEST_INDEX + 1)
    if len(data) > _LARGEST_INDEX:
        raise PriceListError(f"{list_.name(path)}: is too large for an index")
    return data


@contextmanager
def _named(name: str) -> Iterator[None]:
    """Say which file of the list a fault is in."""
    try:
        yield
    except PriceListError as error:
        raise PriceListError(f"{name}: {error}") from None


def _refused(files: list[_File], *, allow_missing: bool) -> bool:
    """Tell which prices cannot be taken; whether there are any."""
    found = {
        file.name: [
            refusal
            for refusal in file.refusals
            if not (allow_missing and refusal.rule == "price_missing")
        ]
        for file in files
    }
    _io.tell(refusals(found))
    return any(found.values())
