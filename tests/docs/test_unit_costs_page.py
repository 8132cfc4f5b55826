"""The page on unit costs: its example, and what the command prints of it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATH = ROOT / "docs" / "unit-costs.md"
PAGE = PATH.read_text("utf-8")
SPEC = ROOT / "specs" / "order-fanout.yaml"


def _block(language: str) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)[0]


def test_the_example_stands_in_the_spec():
    assert _block("yaml").strip() in SPEC.read_text("utf-8")


def test_the_table_is_what_the_command_prints(archcode, update):
    sections = archcode("estimate", SPEC).out.split("\n\n")
    (printed,) = [section for section in sections if "PER MILLION MESSAGES" in section]
    text = f"{printed.rstrip()}\n"
    if update:
        pattern = re.compile(r"^```text\n.*?^```$", re.DOTALL | re.MULTILINE)
        PATH.write_text(pattern.sub(lambda _: f"```text\n{text}```", PAGE), "utf-8")
        return

    assert _block("text") == text
