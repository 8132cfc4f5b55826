"""Every command of the page on prices does what the page says."""

from __future__ import annotations

import re
import shlex
import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from prices.listed import LISTED
from prices.offers import publish
from prices.test_update import reprice
from support import PRICES

from archcode.cli import app, prices_update

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "prices.md").read_text("utf-8")
COMMANDS = [
    line
    for block in re.findall(r"^```sh\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    for line in block.splitlines()
]
TEXTS = {name: PRICES._text(name) for name in LISTED}  # noqa: SLF001 - the raw files


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    """The list with fair queues dearer by a tenth where they were $0.10 per million."""
    cheap = {
        tiers[0].sku_id
        for region in PRICES.regions("sqs")
        for meter, tiers in PRICES.prices("sqs", region).items()
        if meter == "fair_queue_requests_surcharge" and tiers[0].usd == Decimal("0.0000001")
    }

    def dearer(service, region, products):
        for sku in cheap:
            products = reprice(sku, Decimal("1.1"))(service, region, products)
        return products

    root = tmp_path_factory.mktemp("mirror")
    publish(root, TEXTS, dearer)
    return root


@pytest.fixture
def run(archcode, mirror, tmp_path, monkeypatch):
    """Run a command of the page where its files are, with the mirror as AWS's list."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(ROOT / "specs", "specs")
    Path("pricing").mkdir()
    for name, text in TEXTS.items():
        (Path("pricing") / f"{name}.csv").write_text(text, "utf-8")

    def call(command):
        *settings, line = command.rpartition("archcode ")
        for setting in shlex.split(settings[0]):
            monkeypatch.setenv(*setting.split("="))
        words = [
            str(mirror) if word == "/mirror/aws-prices" else word for word in shlex.split(line)
        ]
        if "update" in words and "--from" not in words:
            words += ["--from", str(mirror)]
        return archcode(*words)

    return call


def test_the_page_has_commands():
    assert len(COMMANDS) == 7


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_page_works(command, run):
    ended = run(command)

    assert (ended.code, ended.err) == (0, "")
    assert ended.out


def test_the_table_of_changes_is_what_the_command_prints(run):
    (shown,) = re.findall(r"^```text\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)
    printed = run("archcode prices update pricing --service sqs").out

    assert printed.splitlines()[:-1] == shown.splitlines()[:-1]


def test_the_page_names_every_option_and_refusal():
    group = app.typer.main.get_command(app.build()).commands["prices"]
    options = {o for p in group.commands["update"].params for o in p.opts if o.startswith("--")}
    source = (ROOT / "archcode" / "offers" / "refresh.py").read_text("utf-8")
    rules = {*re.findall(r'"(\w+_missing|ambiguous_\w+|broken_\w+)"', source)}

    assert options - {"--timeout", "--help"} <= {*re.findall(r"--[a-z-]+", PAGE)}
    assert rules == {*re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE)}
    assert prices_update.AWS.startswith("https://")
