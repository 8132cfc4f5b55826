"""`--prices FOLDER` and ARCHCODE_PRICES: estimates with prices of one's own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from archcode.cli import _plain
from archcode.cli._io import bundled_folder, bundled_prices, price_book
from archcode.errors import UsageError
from archcode.pricebook import PriceBook, flaw

SPEC = """\
region: us-east-1
components:
  shop: {type: server}
  orders: {type: sqs.queue, usage: {requests: 1_000_000}}
flows:
  - shop -> orders: {rate: 1/s, size: 1 KB}
"""
ORDINARY = ",0.0000004,"
"""The price of a standard request in us-east-1: $0.40 per million."""


@pytest.fixture
def own() -> Path:
    """The bundled book with another price: $4 per million standard requests in us-east-1."""
    Path("spec.yaml").write_text(SPEC)
    folder = Path("own")
    shutil.copytree(bundled_folder(), folder)
    path = folder / "sqs.csv"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(
            line.replace(ORDINARY, ",0.000004,") if line.startswith("us-east-1,standard") else line
            for line in lines
        ),
        "utf-8",
    )
    return folder


def total(ended):
    assert (ended.code, ended.err) == (0, ""), ended
    return json.loads(ended.out)["list_cost"]


ESTIMATE = ("estimate", "spec.yaml", "--format", "json", "--no-free-tier")


def test_an_estimate_takes_the_prices_of_a_folder(archcode, own):
    # 1,000,000 requests: $0.40 at https://aws.amazon.com/sqs/pricing/, ten times as much here
    assert total(archcode(*ESTIMATE)) == "0.4"
    assert total(archcode(*ESTIMATE, "--prices", own)) == "4"


def test_the_environment_may_name_the_folder(archcode, own, monkeypatch):
    monkeypatch.setenv("ARCHCODE_PRICES", str(own))

    assert total(archcode(*ESTIMATE)) == "4"
    assert total(archcode(*ESTIMATE, "--prices", bundled_folder())) == "0.4"
    monkeypatch.setenv("ARCHCODE_PRICES", "")
    assert total(archcode(*ESTIMATE)) == "0.4"


def test_a_call_without_options_heeds_the_environment(own, monkeypatch, capsys):
    monkeypatch.setenv("ARCHCODE_PRICES", str(own))
    _plain.run(["estimate", "spec.yaml"])

    # $4.00 for a million requests, less the million that is free: $0
    assert "$4.00" in capsys.readouterr().out
    assert price_book().find("sqs", "standard_requests", "us-east-1")[0].usd * 10**6 == 4


def test_render_validate_and_show_take_them_as_well(archcode, own):
    archcode("render", "spec.yaml", "-f", "json", "--no-free-tier", "--prices", own)
    shown = archcode("prices", "show", "sqs.queue", "--prices", own)

    assert json.loads(Path("out/spec.json").read_text())["list_cost"] == "4"
    assert "0.000004" in shown.out
    assert archcode("validate", "spec.yaml", "--prices", own).code == 0


def test_prices_that_a_folder_lacks_are_unknown(archcode, own):
    (own / "sqs.csv").unlink()
    ended = archcode(*ESTIMATE, "--prices", own)
    found = json.loads(ended.out)

    assert ended.code == 0
    assert found["complete"] is False
    assert found["list_cost"] == "0"


COMMANDS = [
    ("estimate", "spec.yaml"),
    ("validate", "spec.yaml"),
    ("render", "spec.yaml", "-f", "json"),
    ("prices", "show", "sqs.queue"),
]


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.usefixtures("own")
class TestWrong:
    def test_no_such_folder(self, archcode, command):
        ended = archcode(*command, "--prices", "nowhere")

        assert (ended.code, ended.out) == (2, "")
        assert ended.err == ("archcode: nowhere: no folder of prices: No such file or directory\n")

    def test_a_file(self, archcode, command):
        ended = archcode(*command, "--prices", "spec.yaml")

        assert ended.code == 2
        assert ended.err == "archcode: spec.yaml: no folder of prices: Not a directory\n"

    def test_a_folder_without_prices(self, archcode, command):
        Path("empty").mkdir()
        ended = archcode(*command, "--prices", "empty")

        assert (ended.code, ended.err) == (2, "archcode: empty: no price file in this folder\n")

    def test_a_folder_that_the_environment_names(self, archcode, command, monkeypatch):
        monkeypatch.setenv("ARCHCODE_PRICES", "nowhere")
        ended = archcode(*command)

        assert ended.code == 2
        assert ended.err.startswith("archcode: nowhere: no folder of prices")

    @pytest.mark.parametrize(
        ("old", "new", "fact"),
        [
            (",0.000004,", ",cheap,", 'usd is "cheap", not an exact decimal from 0'),
            (",0.000004,", ",-1,", 'usd is "-1", not an exact decimal from 0'),
            (",0.000004,", ",NaN,", 'usd is "NaN", not an exact decimal from 0'),
            (",0.000004,", ",Infinity,", 'usd is "Infinity", not an exact decimal from 0'),
            (",0.000004,", ",-0,", 'usd is "-0", not an exact decimal from 0'),
            (",0.000004,", ",4e-6,", 'usd is "4e-6", not an exact decimal from 0'),
            (",0.000004,", ",1e999999999,", 'usd is "1e999999999", not an exact decimal from 0'),
            (",0.000004,", ",1_000,", 'usd is "1_000", not an exact decimal from 0'),
            (",0.000004,", ",\u0664,", 'usd is "\u0664", not an exact decimal from 0'),
            (",0.000004,8RN6", ",0.000004,\x1b[31m8RN6", "holds a character that cannot be shown"),
            (",0.000004,", ",", "has 9 columns, not 10"),
            (",0.000004,", ",1,1,", "has 11 columns, not 10"),
            (
                ",100000000000,0.000004",
                ",many,0.000004",
                'tier_to is "many", not an exact decimal from 0',
            ),
        ],
    )
    def test_a_row_that_is_no_price_is_named_by_its_line(self, archcode, command, old, new, fact):
        path = Path("own/sqs.csv")
        text = path.read_text("utf-8")
        line = text[: text.index(old)].count("\n") + 1
        path.write_text(text.replace(old, new, 1), "utf-8")
        ended = archcode(*command, "--prices", "own")

        assert (ended.code, ended.out) == (2, "")
        assert ended.err == f"archcode: own/sqs.csv:{line}: {fact}\n"

    def test_tiers_with_a_gap(self, archcode, command):
        path = Path("own/sqs.csv")
        text = path.read_text("utf-8")
        path.write_text(text.replace(",100000000000,0.000004", ",1000,0.000004"), "utf-8")
        ended = archcode(*command, "--prices", "own")

        assert ended.code == 2
        assert ended.err == (
            "archcode: own/sqs.csv: standard_requests in us-east-1: "
            "a tier begins at 100000000000, not at 1000\n"
        )

    def test_columns_of_another_table(self, archcode, command):
        Path("own/sqs.csv").write_text("service,price\nsqs,1\n")
        ended = archcode(*command, "--prices", "own")

        assert ended.code == 2
        assert ended.err == "archcode: own/sqs.csv:1: the columns are not those of prices\n"

    def test_bytes_that_are_no_text(self, archcode, command):
        Path("own/sqs.csv").write_bytes(b"region\xff")
        ended = archcode(*command, "--prices", "own")

        assert ended.code == 2
        assert ended.err == "archcode: own/sqs.csv: is no UTF-8 text from byte 6\n"


def test_the_bundled_prices_are_the_bundled_ones_whatever_the_environment(monkeypatch, own):
    monkeypatch.setenv("ARCHCODE_PRICES", str(own))
    (tier, *_) = bundled_prices().find("sqs", "standard_requests", "us-east-1")

    assert tier.usd * 10**6 == tier.usd.__class__("0.4")


def test_an_unclosed_quote_is_a_bad_row():
    head = "region,meter,unit,tier_from,tier_to,usd,rate_code,source,source_date,confidence"
    book = PriceBook(lambda _: f'{head}\nus-east-1,"m,u,0,Inf,1,r,s,d,c\n')

    with pytest.raises(UsageError, match=r"^x\.csv:2: has 2 columns, not 10$"):
        book.prices("x", "us-east-1")


def test_tiers_without_a_flaw():
    (first, *rest) = bundled_prices().find("sqs", "standard_requests", "us-east-1")

    assert flaw((first, *rest), endless=True) == ""
    assert flaw((first,), endless=True) == "the tiers end at 100000000000"
    assert flaw((first,), endless=False) == ""
