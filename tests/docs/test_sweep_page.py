"""docs/sweep.md and docs/sweep-json.md: the example is what is printed, the keys are all there."""

from __future__ import annotations

import re
from pathlib import Path

from lines import BASIS, BURSTS, swept

from archcode.cli._io import bundled_prices
from archcode.compare import Basis
from archcode.render import sweep_csv, sweep_table
from archcode.render.sweep_json import SCHEMA_VERSION, area_document, document
from archcode.spec.parse import parse
from archcode.sweep import COLUMNS, ROWS, area, sweep, variable_of

ROOT = Path(__file__).parents[2]
PATH = ROOT / "docs" / "sweep.md"
PAGE, JSON = (ROOT / "docs" / name for name in ("sweep.md", "sweep-json.md"))
BLOCK = re.compile(r"^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAIR = "SQS standard,Kinesis provisioned"


def _spec():
    return parse((ROOT / "specs" / "work-queue.yaml").read_text("utf-8"))


def _keys(part):
    return re.findall(r"^\| `([a-z_]+)` \|", part.split("\n## ", maxsplit=1)[0], re.MULTILINE)


def test_the_example_is_what_the_command_prints(update):
    rate = variable_of("rate", "1/s", "10k/s")
    told = sweep_table.render(sweep(_spec(), rate, Basis(bundled_prices()), channel="orders"))
    text = PATH.read_text("utf-8")
    if update:
        PATH.write_text(BLOCK.sub(lambda _: f"```text\n{told}```", text), "utf-8")
        return

    assert BLOCK.findall(text) == [told]


def test_the_code_of_the_page_runs():
    (code,) = re.findall(
        r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    names = {"spec": _spec(), "basis": Basis(bundled_prices())}
    exec(compile(code, "page", "exec"), names)

    assert len(names["found"].break_evens) == 1


def test_the_kinds_and_the_cells_are_those_of_the_code():
    page = PAGE.read_text("utf-8")
    found = swept(BURSTS, "1/s", "12/s", options=PAIR)

    assert f"a map of {COLUMNS} by {ROWS} cells" in page
    assert {one.kind for one in found.break_evens} <= {*_keys(page.split("## Three kinds")[1])}
    assert _keys(page.split("## Three kinds")[1]) == ["crossing", "step", "limit"]


def test_names_every_key_of_the_json_and_no_other():
    text = JSON.read_text("utf-8")
    shape = document(swept(BURSTS, "1/s", "12/s", options=PAIR))
    option = shape["options"][0]
    sections = {
        "": shape,
        "## `break_evens[]`": shape["break_evens"][0],
        "## `options[]`": option,
        "## `points[]`": option["points"][0],
    }

    for title, values in sections.items():
        part = text.split(f"{title}\n", maxsplit=1)[1] if title else text
        assert _keys(part) == [*values], title
    assert f"`schema_version` is `{SCHEMA_VERSION}`" in text


def test_names_the_keys_within_a_row():
    shape = document(swept(BURSTS, "1/s", "12/s", options=PAIR))
    lines = JSON.read_text("utf-8").splitlines()
    rows = {
        "variable": shape["variable"],
        "regions": shape["regions"][0],
        "from_list_cost": shape["break_evens"][0]["from_list_cost"],
    }
    for key, values in rows.items():
        (row,) = [line for line in lines if line.startswith(f"| `{key}` ")]
        assert re.findall(r"`(\w+)`", row)[1:] == [*values], key
    (row,) = [line for line in lines if line.startswith("| `fits` | list")]
    assert re.findall(r"`(\w+)`", row)[1:] == [*shape["options"][0]["fits"][0]]


def test_names_every_key_of_a_map_and_every_column():
    rate, size = variable_of("rate", "1/s", "2/s"), variable_of("size", "1 KB", "2 KB")
    found = area(parse(BURSTS), (rate, size), BASIS, channel="orders", options=PAIR.split(","))
    text = JSON.read_text("utf-8")

    assert _keys(text.split("## Maps\n")[1]) == [*area_document(found)]
    columns = re.findall(r"`(\w+)`", text.split("## CSV\n")[1])
    assert columns == [*sweep_csv.COLUMNS, *sweep_csv.AREA_COLUMNS]
