"""`archcode prices update`: what it reads, writes, leaves and says."""

from __future__ import annotations

import csv
import os
import shutil
import stat
import time
from decimal import Decimal
from pathlib import Path

import pytest
from msgspec.structs import replace
from prices.conftest import REGIONS, TEXTS, tree
from prices.listed import LISTED
from prices.offers import VERSION, flat, product, publish, sku_of
from prices.server import serving
from support import PRICES

from archcode.cli import _swap, _updating
from archcode.cli._io import bundled_folder
from archcode.pricebook import GLOBAL, PriceBook, parse, places

STANDARD = "SSZJAF3K6XY544ES"  # Amazon SQS standard requests in eu-west-1


def rows(folder, name):
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def money(found):
    return [
        tuple(row[c] for c in ("region", "meter", "unit", "tier_from", "tier_to", "usd"))
        for row in found
    ]


def edited(tmp_path, edit, texts=TEXTS):
    """A list in which some products are changed."""
    root = tmp_path / "edited"
    publish(root, texts, edit)
    return root


def reprice(sku, factor):
    """The same products, one of them at a multiple of its price."""

    def edit(_service, _region, products):
        def dearer(one):
            return replace(
                one,
                terms=tuple(
                    replace(
                        term,
                        dimensions=tuple(
                            replace(d, usd=str(Decimal(d.usd) * factor)) for d in term.dimensions
                        ),
                    )
                    for term in one.terms
                ),
            )

        return [dearer(one) if sku in ("", one.sku) else one for one in products]

    return edit


def drop(*skus):
    return lambda _service, _region, products: [one for one in products if one.sku not in skus]


@pytest.mark.parametrize("kind", ["json", "csv"])
@pytest.mark.parametrize("where", ["folder", "address"])
def test_a_list_of_the_same_prices_gives_the_same_prices(
    archcode, book, published, server, kind, where
):
    place = published if where == "folder" else server.address
    ended = archcode("prices", "update", book, "--from", place, "--format", kind)
    number = sum(len(rows(book, name)) for name in TEXTS)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out == (
        f"{number} rows compared: {number} unchanged, 0 changed, 0 added, 0 dropped\nwrote {book}\n"
    )
    for name, text in TEXTS.items():
        assert money(rows(book, name)) == money(csv.DictReader(text.splitlines()))
        assert {row["source_date"] for row in rows(book, name)} == {"2026-11-01"}
    assert sorted(tree(book.parent)) == ["book/README.md", "book/msk.csv", "book/sqs.csv"]
    assert (book / "README.md").read_text() == "our book\n"


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_the_whole_bundled_book_makes_the_round(archcode, tmp_path, kind):
    names = [*LISTED]
    old = {name: PRICES._text(name) for name in names}  # noqa: SLF001 - the raw files
    publish(tmp_path / "list", old)
    services = [word for name in names for word in ("--service", name)]
    ended = archcode(
        "prices", "update", "new", "--from", "list", "--format", kind, *services
    )  # fmt: skip

    assert (ended.code, ended.err) == (0, "")
    for name in names:
        assert money(rows(Path("new"), name)) == money(csv.DictReader(old[name].splitlines()))
        text = (Path("new") / f"{name}.csv").read_text("utf-8")
        assert places(text) == places(old[name])
    assert {p.name for p in Path("new").iterdir()} == {p.name for p in bundled_folder().iterdir()}


def test_rows_name_the_version_that_they_were_read_from(archcode, book, server):
    archcode("prices", "update", book, "--from", server.address)
    found = rows(book, "msk")[0]

    assert found["source"] == (
        "https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/AmazonMSK/"
        f"{VERSION}/{found['region']}/index.json"
    )


def test_indexes_lead_to_the_files(archcode, book, server):
    archcode("prices", "update", book, "--from", f"{server.address}/", "--service", "sqs")
    base = "/offers/v1.0/aws"

    assert [*server.asked] == [
        f"{base}/index.json",
        f"{base}/AWSQueueService/current/region_index.json",
        *(f"{base}/AWSQueueService/{VERSION}/{region}/index.json" for region in sorted(REGIONS)),
    ]


def test_what_changed_is_shown(archcode, book, tmp_path):
    place = edited(tmp_path, reprice(STANDARD, Decimal("1.1")))
    ended = archcode("prices", "update", book, "--from", place, "--service", "sqs")
    price = {
        row["tier_from"]: row["usd"]
        for row in rows(book, "sqs")
        if row["region"] == "eu-west-1" and row["meter"] == "standard_requests"
    }

    assert [line.split() for line in ended.out.splitlines()[:4]] == [
        ["PRICES", "METER", "FROM", "TO", "OLD", "NEW", "CHANGE", "REGIONS"],
        ["sqs", "standard_requests", "0", "100,000,000,000",
         "0.0000004", "0.00000044", "+10%", "eu-west-1"],
        ["sqs", "standard_requests", "100,000,000,000", "200,000,000,000",
         "0.0000003", "0.00000033", "+10%", "eu-west-1"],
        ["sqs", "standard_requests", "200,000,000,000", "and", "over",
         "0.00000024", "0.000000264", "+10%", "eu-west-1"],
    ]  # fmt: skip
    assert ended.out.splitlines()[4] == (
        "22 rows compared: 19 unchanged, 3 changed, 0 added, 0 dropped"
    )
    assert price == {
        "0": "0.00000044",
        "100000000000": "0.00000033",
        "200000000000": "0.000000264",
    }


def test_equal_changes_of_36_regions_are_one_line(archcode, tmp_path):
    text = PRICES._text("sqs")  # noqa: SLF001 - the raw file
    fair = {parse(text, r)["fair_queue_requests_surcharge"][0] for r in places(text) if r != GLOBAL}
    assert len({tier.usd for tier in fair}) == 5
    changed = {tier.sku_id for tier in fair}

    def edit(service, region, products):
        for sku in changed:
            products = reprice(sku, 2)(service, region, products)
        return products

    place = edited(tmp_path, edit, {"sqs": text})
    shutil.copytree(bundled_folder(), "book")
    out = archcode("prices", "update", "book", "--from", place, "--service", "sqs").out
    lines = [line for line in out.splitlines() if "fair_queue" in line]

    assert len(lines) == 5
    assert all("+100%" in line for line in lines)
    assert "36 changed" in out


def test_a_dry_run_writes_nothing(archcode, book, tmp_path):
    before = tree(tmp_path)
    place = edited(tmp_path, reprice("", 3))
    ended = archcode("prices", "update", book, "--from", place, "--dry-run")

    assert ended.code == 0
    assert "+200%" in ended.out
    assert ended.out.endswith("nothing written\n")
    assert {k: v for k, v in tree(tmp_path).items() if not k.startswith("edited")} == before


def test_only_the_services_and_regions_that_were_asked_for_are_read(archcode, book, server):
    ended = archcode(
        "prices", "update", book, "--from", server.address,
        "--service", "msk.cluster", "--region", "eu-west-1",
    )  # fmt: skip
    dates = {row["region"]: row["source_date"] for row in rows(book, "msk")}

    assert ended.code == 0
    assert not any("AWSQueueService" in path or "us-east-1" in path for path in server.asked)
    assert dates["eu-west-1"] == "2026-11-01"
    assert dates["us-east-1"] == "2025-11-20"
    assert (book / "sqs.csv").read_text("utf-8") == TEXTS["sqs"]


def test_free_quantities_are_refreshed_with_us_east_1(archcode, book, published):
    def date():
        return next(r["source_date"] for r in rows(book, "sqs") if r["region"] == GLOBAL)

    archcode("prices", "update", book, "--from", published, "--region", "eu-west-1")
    assert date() == "2025-08-28"
    archcode("prices", "update", book, "--from", published, "--region", "us-east-1")
    assert date() == "2026-11-01"


def test_a_missing_price_is_refused_and_the_book_stays(archcode, book, tmp_path):
    before = tree(book.parent)
    place = edited(tmp_path, drop(STANDARD))
    ended = archcode("prices", "update", book, "--from", place)

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        "sqs: error: standard_requests in eu-west-1 has no price in AWS's list any more"
        " [price_missing]\n"
        "    hint: --allow-missing drops it\n"
        "1 price is refused; the price book stays as it is\n"
    )
    assert tree(book.parent) == before


def test_a_missing_price_can_be_dropped_knowingly(archcode, book, tmp_path):
    place = edited(tmp_path, drop(STANDARD))
    ended = archcode("prices", "update", book, "--from", place, "--allow-missing")

    assert (ended.code, ended.err) == (0, "")
    assert "0 added, 3 dropped" in ended.out
    assert not any(
        row["meter"] == "standard_requests" and row["region"] == "eu-west-1"
        for row in rows(book, "sqs")
    )


def test_a_region_without_a_file_is_refused_as_one_line_for_each_meter(archcode, book, tmp_path):
    place = edited(tmp_path, lambda _s, _r, products: products)
    index = place / "offers/v1.0/aws/AWSQueueService/current/region_index.json"
    index.write_text(index.read_text().replace('"eu-west-1": {', '"eu-moon-1": {'))
    ended = archcode("prices", "update", book, "--from", place, "--service", "sqs")

    assert ended.code == 1
    assert ended.err.splitlines()[0] == (
        "sqs: error: fair_queue_requests_surcharge in eu-west-1 is not in AWS's list: "
        "AWSQueueService has no file for the region [price_missing]"
    )
    assert ended.err.splitlines()[-1] == "3 prices are refused; the price book stays as it is"


def test_an_ambiguous_match_is_refused_whatever_is_allowed(archcode, book, tmp_path):
    sku = sku_of("twin")
    what = ("API Request", "Requests-RBP", {"queueType": "Standard"})
    twin = replace(product("sqs", "eu-west-1", sku, what), terms=(flat(sku, "0.5"),))

    def edit(service, region, products):
        return [*products, twin] if (service, region) == ("sqs", "eu-west-1") else products

    before = tree(book.parent)
    ended = archcode(
        "prices", "update", book, "--from", edited(tmp_path, edit), "--allow-missing"
    )  # fmt: skip

    assert (ended.code, ended.out) == (1, "")
    assert "[ambiguous_price]" in ended.err
    assert sku in ended.err
    assert STANDARD in ended.err
    assert tree(book.parent) == before


def test_a_row_of_our_own_stays(archcode, book, published):
    own = "eu-west-1,zz_contract,request,0,Inf,0.1,contract 7,our contract,2025-01-01,low\n"
    path = book / "sqs.csv"
    kept = path.read_text("utf-8").splitlines(keepends=True)
    place = next(i for i, line in enumerate(kept) if line.startswith("us-east-1"))
    path.write_text("".join([*kept[:place], own, *kept[place:]]), "utf-8")
    ended = archcode("prices", "update", book, "--from", published)

    assert ended.code == 0
    assert ended.err == "sqs: zz_contract: not of AWS's list, so as before\n"
    assert own in path.read_text("utf-8")


def test_a_new_region_of_the_list_is_added(archcode, book, published):
    text = TEXTS["sqs"]
    (book / "sqs.csv").write_text(
        "".join(line for line in text.splitlines(keepends=True) if not line.startswith("eu-west-1"))
    )
    ended = archcode("prices", "update", book, "--from", published, "--service", "sqs")

    assert "7 added" in ended.out
    assert money(rows(book, "sqs")) == money(csv.DictReader(text.splitlines()))


def test_where_there_is_no_book_the_bundled_one_is_the_old_one(archcode, tmp_path):
    text = PRICES._text("sqs")  # noqa: SLF001 - the raw file
    place = edited(tmp_path, lambda _s, _r, p: p, {"sqs": text})
    ended = archcode("prices", "update", "a/new", "--from", place, "--service", "sqs")
    folder = Path("a/new")

    assert ended.code == 0
    assert "253 rows compared: 253 unchanged" in ended.out
    assert (folder / "msk.csv").read_bytes() == (bundled_folder() / "msk.csv").read_bytes()
    assert (folder / "sqs.csv").read_bytes() != (bundled_folder() / "sqs.csv").read_bytes()
    assert folder.stat().st_mode & 0o777 == bundled_folder().stat().st_mode & 0o777


def test_the_new_book_is_one_to_estimate_with(archcode, book, tmp_path):
    place = edited(tmp_path, reprice("", 10))
    archcode("prices", "update", book, "--from", place)
    new = PriceBook(lambda name: (book / f"{name}.csv").read_text("utf-8"))

    assert [t.usd for t in new.find("sqs", "fifo_requests", "eu-west-1")] == [
        Decimal("0.000005"),
        Decimal("0.000004"),
        Decimal("0.0000035"),
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--service", "sqq"], '--service: "sqq" has no price file to refresh; did you mean sqs?'),
        (["--service", "client"], '--service: "client" has no price file to refresh; '),
        (["--region", "eu-west-9"], '--region is "eu-west-9", which is no AWS region; '),
        (["--from", "nowhere"], "--from: nowhere: is no folder, and no http:// or https:// "),
        (["--from", "ftp://example.org"], "--from: ftp://example.org: is no folder, and "),
        (["--format", "xml"], "xml"),
        (["--timeout", "0"], "0"),
    ],
)
def test_a_wrong_call_is_told(archcode, book, arguments, message):
    before = tree(book.parent)
    ended = archcode("prices", "update", book, *arguments)

    assert ended.code == 2
    assert message in ended.err
    assert tree(book.parent) == before


def test_a_folder_that_is_no_price_book_is_left_alone(archcode, published, tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "main.py").write_text("x = 1\n")
    ended = archcode("prices", "update", folder, "--from", published)

    assert (ended.code, ended.err) == (2, f"archcode: {folder}: no price file in this folder\n")
    assert tree(folder) == {"main.py": b"x = 1\n"}

    ended = archcode("prices", "update", folder / "main.py", "--from", published)
    assert ended.code == 2
    assert "main.py: no folder of prices: Not a directory" in ended.err


def test_the_working_directory_is_not_pulled_away(archcode, book, published, monkeypatch):
    monkeypatch.chdir(book)
    ended = archcode("prices", "update", ".", "--from", published)

    assert ended.code == 2
    assert ended.err == (
        f"archcode: {book}: is replaced as a whole; call this from outside the folder\n"
    )


def test_a_link_to_a_book_stays_a_link(archcode, book, published, tmp_path):
    link = tmp_path / "link"
    link.symlink_to(book)
    ended = archcode("prices", "update", link, "--from", published)

    assert ended.code == 0
    assert link.is_symlink()
    assert rows(link, "sqs")[0]["source_date"] == "2026-11-01"


def test_a_bad_row_of_the_old_book_is_named_by_its_line(archcode, book, published):
    path = book / "sqs.csv"
    path.write_text(path.read_text("utf-8").replace(",0.0000001,", ",cheap,", 1), "utf-8")
    ended = archcode("prices", "update", book, "--from", published)
    line = 1 + next(i for i, t in enumerate(path.read_text().splitlines()) if ",cheap," in t)

    assert ended.code == 2
    assert ended.err == f'archcode: {path}:{line}: usd is "cheap", not an exact decimal from 0\n'


def test_a_proxy_is_asked_for_whole_addresses(archcode, book, published, monkeypatch):
    with serving(published) as proxy:
        monkeypatch.setenv("http_proxy", proxy.address)
        ended = archcode(
            "prices", "update", book, "--from", "http://prices.example", "--service", "sqs"
        )  # fmt: skip

        assert ended.code == 0
        assert sum(proxy.asked.values()) == 5


def interrupted(*_arguments, **_options):
    raise KeyboardInterrupt


def test_ctrl_c_leaves_the_old_book(archcode, book, published, monkeypatch):
    before = tree(book.parent)
    monkeypatch.setattr(_updating, "refresh", interrupted)
    ended = archcode("prices", "update", book, "--from", published)

    assert ended.code == 130
    assert tree(book.parent) == before


@pytest.mark.parametrize("moment", [0, 1])
@pytest.mark.parametrize("fault", [OSError(5, "Input/output error"), KeyboardInterrupt()])
def test_a_swap_that_fails_half_way_is_taken_back(
    archcode, book, published, monkeypatch, moment, fault
):
    before = tree(book.parent)
    rename, done = Path.rename, []

    def failing(path, target):
        done.append(path)
        if len(done) == moment + 1:
            raise fault
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    ended = archcode("prices", "update", book, "--from", published)

    assert ended.code == (130 if isinstance(fault, KeyboardInterrupt) else 1)
    assert tree(book.parent) == before
    assert [p.name for p in book.parent.iterdir()] == ["book"]


def test_a_book_that_a_killed_run_had_moved_aside_comes_back(archcode, book, published):
    before = tree(book)
    left = book.parent / ".book.update-killed"
    left.mkdir()
    book.rename(left / "old")
    ended = archcode(
        "prices", "update", book, "--from", published, "--region", "eu-west-1", "--service", "sqs"
    )  # fmt: skip

    assert ended.code == 0
    assert (book / "msk.csv").read_bytes() == before["msk.csv"]
    assert (book / "README.md").read_bytes() == before["README.md"]


def test_a_book_whose_name_is_a_pattern_comes_back_as_well(archcode, book, published):
    named = book.rename(book.parent / "b[oo]k*")
    before = tree(named)
    left = named.parent / ".b[oo]k*.update-killed"
    left.mkdir()
    named.rename(left / "old")
    ended = archcode("prices", "update", named, "--from", published)

    assert ended.code == 0
    assert {*tree(named)} == {*before}


@pytest.mark.parametrize("target", ["{}/shared.csv", "../shared.csv"])
def test_a_price_file_that_is_a_link_is_not_written_through(archcode, book, published, target):
    shared = book.parent / "shared.csv"
    (book / "sqs.csv").rename(shared)
    (book / "sqs.csv").symlink_to(target.format(book.parent))
    before = shared.read_bytes()
    ended = archcode("prices", "update", book, "--from", published)

    assert ended.code == 0
    assert shared.read_bytes() == before
    assert VERSION in (book / "sqs.csv").read_text("utf-8")


@pytest.mark.parametrize("mode", [0o400, 0o444, 0o664])
def test_price_files_keep_their_mode(archcode, book, published, mode):
    (book / "sqs.csv").chmod(mode)
    ended = archcode("prices", "update", book, "--from", published)

    assert ended.code == 0
    assert stat.S_IMODE((book / "sqs.csv").stat().st_mode) == mode
    assert VERSION in (book / "sqs.csv").read_text("utf-8")


def test_what_cannot_be_copied_is_named(archcode, book, published):
    before = tree(book)
    os.mkfifo(book / "pipe")
    ended = archcode("prices", "update", book, "--from", published)

    assert ended.code == 1
    assert "cannot be written: `" in ended.err
    assert "/pipe` is a named pipe; the price book stays as it is\n" in ended.err
    assert tree(book) == before


@pytest.mark.parametrize("region", ["cn-north-1", "eu-west-3"])
def test_a_region_that_neither_book_nor_list_has_is_refused(archcode, book, published, region):
    before = tree(book)
    ended = archcode(
        "prices", "update", book, "--from", published, "--region", "us-east-1", "--region", region
    )  # fmt: skip

    assert (ended.code, ended.out) == (1, "")
    assert ended.err == f"archcode: --region: AWS's list has no prices for {region}\n"
    assert tree(book) == before


def test_what_killed_runs_left_is_cleared_when_it_is_old(archcode, book, published):
    stale, fresh = (book.parent / f".book.update-{name}" for name in ("stale", "fresh"))
    for folder in (stale, fresh):
        folder.mkdir()
        (folder / "download").write_bytes(b"x")
    past = time.time() - _swap._STALE_SECONDS - 60  # noqa: SLF001 - the constant under test
    os.utime(stale / "download", (past, past))
    os.utime(stale, (past, past))
    archcode("prices", "update", book, "--from", published)

    assert not stale.exists()
    assert fresh.exists()
