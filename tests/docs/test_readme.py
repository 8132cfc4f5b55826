"""Every block of the README is true: commands, spec, picture, estimate and code."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from archcode.cli._artist import Artist
from archcode.cli._io import estimate_file
from archcode.cli.app import COMMANDS
from archcode.explanation import explain
from archcode.headroom import headroom_of
from archcode.model import Finding, Severity
from archcode.render import headroom_table, picture, table
from archcode.render.estimate_json import document
from archcode.spec.schema import json_schema

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")
SPEC = ROOT / "specs" / "work-queue.yaml"
PICTURE = ROOT / "docs" / "work-queue.svg"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def replace_block(language: str, index: int, text: str) -> None:
    """Put a text into a block of the README."""
    seen = -1

    def put(match: re.Match[str]) -> str:
        nonlocal seen
        seen += 1
        return f"```{language}\n{text}```" if seen == index else match.group(0)

    path = ROOT / "README.md"
    pattern = re.compile(rf"^```{language}\n.*?^```$", re.DOTALL | re.MULTILINE)
    path.write_text(pattern.sub(put, path.read_text("utf-8")), "utf-8")


@pytest.fixture(scope="module")
def estimate():
    found, _ = estimate_file(SPEC, region="", hours_per_month="730", free_tier=True)
    return found


@pytest.fixture(scope="module")
def budgeted():
    path = SPEC.with_name("clickstream-kinesis.yaml")
    found, _ = estimate_file(path, region="", hours_per_month="730", free_tier=True)
    return found


def test_the_yaml_block_is_the_spec(update):
    text = SPEC.read_text("utf-8")
    if update:
        replace_block("yaml", 0, text)
        return

    assert blocks("yaml") == [text]


def test_the_estimate_its_explanation_and_limits_are_what_the_commands_print(update, estimate):
    limits = headroom_table.render(headroom_of(estimate))
    shown = [table.render(estimate), explain(estimate, "orders"), limits]
    if update:
        for index, text in enumerate(shown):
            replace_block("text", index, text)
        return

    assert blocks("text") == shown


def test_the_picture_is_what_the_command_draws(update, estimate):
    with Artist() as artist:
        drawn = artist.draw(picture.render(estimate), ["svg"])["svg"]
    if update:
        PICTURE.write_bytes(drawn)
        return

    assert PICTURE.read_bytes() == drawn


def test_there_are_two_set_up_commands_and_ci_runs_the_second():
    first, second = blocks("sh")

    assert "archcode render specs/order-fanout.yaml" in first
    assert second in (ROOT / ".ci" / "run").read_text("utf-8")


def test_the_python_block_runs():
    (code,) = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.startswith("150.4554")  # $150.46
    assert "True" in done.stdout


def test_every_command_is_in_the_readme_and_every_one_there_exists():
    known = {*COMMANDS}
    named = {shlex.split(text)[1] for text in re.findall(r"`(archcode [a-z-]+)", README)}

    assert known == named


def test_the_schema_beside_the_specs_is_the_one_the_command_prints(update):
    path = ROOT / "archcode.schema.json"
    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if update:
        path.write_text(text, "utf-8")
        return

    assert path.read_text("utf-8") == text


def test_the_page_on_json_names_every_key_and_no_other(estimate, budgeted):
    page = (ROOT / "docs" / "estimate-json.md").read_text("utf-8")
    shape = document(estimate, [Finding("rule", Severity.INFO, "", "")])
    sections = {
        "": shape,
        "charges[]": shape["charges"][0],
        "loads{}": next(iter(shape["loads"].values())),
        "capacity{}": next(iter(shape["capacity"].values()))[0],
        "unit_costs[]": shape["unit_costs"][0],
        "budgets[]": document(budgeted, [])["budgets"][0],
        "findings[]": shape["findings"][0],
    }
    for title, values in sections.items():
        part = page.split(f"## `{title}`")[1] if title else page
        rows = re.findall(r"^\| (`[^|]+) \|", part.split("\n## ")[0], re.MULTILINE)
        named = [name for row in rows for name in re.findall(r"`([a-z_]+)`", row)]

        assert named == sorted(values, key=named.index), title


def test_links_of_the_documents_lead_somewhere():
    for name in (
        "README.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "pricing/README.md",
        "docs/budgets.md",
        "docs/docs-builds.md",
        "docs/estimate-json.md",
        "docs/failure-modes.md",
        "docs/gallery/README.md",
        "docs/limits-json.md",
        "docs/findings.md",
        "docs/price-overlay.md",
        "docs/prices.md",
        "docs/requirements.md",
        "docs/scenarios.md",
        "docs/unit-costs.md",
        "docs/views.md",
    ):
        path = ROOT / name
        for link in re.findall(r"\]\(([^)#]+)\)", path.read_text("utf-8")):
            if "://" not in link:
                assert (path.parent / link).exists(), (name, link)
