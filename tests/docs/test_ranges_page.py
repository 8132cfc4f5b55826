"""The page on ranges: its example, its table, and the keys of its JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

from archcode.render.sensitivity_json import SCHEMA_VERSION

ROOT = Path(__file__).parents[2]
PATH = ROOT / "docs" / "ranges.md"
PAGE = PATH.read_text("utf-8")
SPEC = ROOT / "specs" / "launch-forecast.yaml"
TEXT = re.compile(r"^```text\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def _keys(part: str) -> list[str]:
    return re.findall(r"^\| `([a-z_0-9]+)` \|", part.split("\n## ", maxsplit=1)[0], re.MULTILINE)


def test_the_example_stands_in_the_spec():
    assert (
        re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)[0] in SPEC.read_text()
    )


def test_the_table_is_what_the_command_prints(archcode, update):
    printed = archcode("sensitivity", SPEC, "--samples", "100000").out
    if update:
        PATH.write_text(TEXT.sub(lambda _: f"```text\n{printed}```", PAGE), "utf-8")
        return

    assert TEXT.findall(PAGE) == [printed]


def test_names_every_key_of_the_json_and_no_other(archcode):
    shape = json.loads(archcode("sensitivity", SPEC, "--samples", "100", "-f", "json").out)
    cost = shape["samples"]["list_cost"]
    influence = shape["samples"]["influences"][0]

    assert _keys(PAGE.split("## JSON\n")[1]) == [*shape]
    assert _keys(PAGE.split("## `samples`\n")[1]) == [*shape["samples"]]
    assert all(f"`{key}`" in PAGE for key in (*cost, *influence))
    assert f"`schema_version` is `{SCHEMA_VERSION}`" in PAGE
