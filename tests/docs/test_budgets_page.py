"""The page on budgets: its example, and what the command says of it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args

from archcode.budgets import Verdict

ROOT = Path(__file__).parents[2]
PATH = ROOT / "docs" / "budgets.md"
PAGE = PATH.read_text("utf-8")
SPEC = "specs/clickstream-kinesis.yaml"


def _block(language: str) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)[0]


def test_the_example_stands_in_the_spec():
    assert _block("yaml") in (ROOT / SPEC).read_text("utf-8")


def test_the_finding_is_what_the_command_says(archcode, update, monkeypatch):
    monkeypatch.chdir(ROOT)
    told = archcode("estimate", SPEC, "--scenario", "next-year").err
    if update:
        pattern = re.compile(r"^```text\n.*?^```$", re.DOTALL | re.MULTILINE)
        PATH.write_text(pattern.sub(lambda _: f"```text\n{told}```", PAGE), "utf-8")
        return

    assert _block("text") == told


def test_names_every_verdict():
    assert re.findall(r"^\| `([a-z]+)` \|", PAGE, re.MULTILINE) == [*get_args(Verdict)]
