"""The page on decision records, and the record that it shows."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "decisions"
PAGE = (ROOT / "docs" / "decide.md").read_text("utf-8")
RECORD = FOLDER / "launch-forecast-decision.md"


def test_the_record_is_what_the_command_writes(archcode, update, tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    ended = archcode("decide", "specs/launch-forecast.yaml", "-o", tmp_path)
    if update:
        for path in tmp_path.glob("*-decision*.[ms][dv]*"):
            (FOLDER / path.name).write_bytes(path.read_bytes())

    assert ended.code == 0
    assert (tmp_path / RECORD.name).read_text("utf-8") == RECORD.read_text("utf-8")


def test_names_every_part_of_the_record_in_its_order():
    parts = re.findall(r"^\| ([A-Z][^|]+?) \|", PAGE, re.MULTILINE)
    headings = re.findall(r"^## (.+)$", RECORD.read_text("utf-8"), re.MULTILINE)

    assert [part for part in parts if part in headings] == headings
