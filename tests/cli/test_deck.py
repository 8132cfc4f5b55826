"""`archcode render --format pptx`."""

from __future__ import annotations

from pathlib import Path

import pytest
from pptx import Presentation

from archcode.cli._artist import Artist
from archcode.draw.picture import Box, Picture
from archcode.render.deck import Chapter, Section

SPECS = Path(__file__).parents[2] / "specs"
SPEC = str(SPECS / "work-queue.yaml")


def _titles(path):
    return [slide.shapes.title.text_frame.text for slide in Presentation(str(path)).slides]


def test_writes_a_deck_in_both_themes(archcode, tmp_path):
    ended = archcode("render", SPEC, "-o", str(tmp_path), "-f", "pptx,md", "--theme", "light,dark")

    assert ended.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "work-queue-dark.pptx",
        "work-queue.md",
        "work-queue.pptx",
    ]
    for name in ("work-queue", "work-queue-dark"):
        assert _titles(tmp_path / f"{name}.pptx") == [
            "Work queue",
            "Monthly cost",
            "Findings and headroom",
        ]
    # A report shows pictures, and a deck is none.
    assert "![" not in (tmp_path / "work-queue.md").read_text("utf-8")


def test_findings_are_on_their_slide(archcode, tmp_path):
    spec = tmp_path / "lonely.yaml"
    spec.write_text("region: us-east-1\ncomponents:\n  q: {type: sqs.queue}\n")
    archcode("render", spec, "-o", tmp_path, "-f", "pptx")
    *_, last = Presentation(str(tmp_path / "lonely.pptx")).slides
    (table,) = [shape.table for shape in last.shapes if shape.has_table]

    assert [cell.text for cell in table.rows[1].cells][:2] == ["warning", "line 3: q"]


def test_agreed_prices_have_their_columns(archcode, tmp_path):
    terms = tmp_path / "terms.yaml"
    terms.write_text("title: Agreement\ndiscounts: {sqs: 10%}\n")
    ended = archcode("render", SPEC, "-o", tmp_path, "-f", "pptx", "--price-overlay", terms)
    _, cost, *_ = Presentation(str(tmp_path / "work-queue.pptx")).slides
    table, *_ = [shape.table for shape in cost.shapes if shape.has_table]

    assert ended.code == 0
    assert "Terms" in [cell.text for cell in table.rows[0].cells]


def test_the_drawing_process_makes_decks_of_what_it_is_told():
    drawn = Picture("One", boxes=(Box("a", "a"),))
    chapters = (Chapter("More", (Section("Heading", "A sentence."),)),)
    with Artist() as artist:
        made = artist.draw(drawn, ["pptx", "dark/pptx", "svg"], chapters)
        alone = artist.draw(drawn, ["pptx"])

    assert list(made) == ["pptx", "dark/pptx", "svg"]
    assert made["pptx"] != made["dark/pptx"]
    assert alone["pptx"].startswith(b"PK")
    assert alone["pptx"] != made["pptx"]


@pytest.mark.parametrize("kind", ["ppt", "PPTX", "key"])
def test_refuses_formats_that_there_are_not(archcode, tmp_path, kind):
    ended = archcode("render", SPEC, "-o", tmp_path, "-f", kind)

    assert ended.code == 2
    assert "pptx" in ended.err
