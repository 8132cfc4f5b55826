"""The page on scenarios: its example, its table, and the keys of its JSON."""

from __future__ import annotations

import json
import re
from pathlib import Path

from archcode.render.scenarios_json import SCHEMA_VERSION
from archcode.spec.scenario import ScenarioText

ROOT = Path(__file__).parents[2]
PATH = ROOT / "docs" / "scenarios.md"
PAGE = PATH.read_text("utf-8")
SPEC = ROOT / "specs" / "clickstream-kinesis.yaml"


def _block(language: str) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)[0]


def _keys(part: str) -> list[str]:
    return re.findall(r"^\| `([a-z_]+)` \|", part.split("\n## ", maxsplit=1)[0], re.MULTILINE)


def test_the_example_stands_in_the_spec():
    assert _block("yaml") in SPEC.read_text("utf-8")


def test_the_table_is_what_the_command_prints(archcode, update):
    printed = archcode("scenarios", SPEC).out
    if update:
        pattern = re.compile(r"^```text\n.*?^```$", re.DOTALL | re.MULTILINE)
        PATH.write_text(pattern.sub(lambda _: f"```text\n{printed}```", PAGE), "utf-8")
        return

    assert _block("text") == printed


def test_names_every_key_of_a_scenario_and_no_other():
    assert _keys(PAGE) == [*ScenarioText.model_fields]


def test_names_every_key_of_the_json_and_no_other(archcode):
    shape = json.loads(archcode("scenarios", SPEC, "-f", "json").out)
    one = shape["scenarios"][0]
    sections = {
        "JSON": shape,
        "`scenarios[]`": one,
        "`first_to_break`": one["first_to_break"],
        "`sizes[]`": shape["sizes"][0],
    }

    for title, values in sections.items():
        assert _keys(PAGE.split(f"## {title}\n")[1]) == [*values], title
    assert f"`schema_version` is `{SCHEMA_VERSION}`" in PAGE
