"""`archcode render --format html,drawio`."""

from __future__ import annotations

from pathlib import Path

SPEC = str(Path(__file__).parents[2] / "specs" / "work-queue.yaml")


def test_writes_one_page_whatever_the_themes_are(archcode, tmp_path):
    ended = archcode(
        "render", SPEC, "-o", str(tmp_path), "-f", "html,drawio,md", "--theme", "light,dark"
    )

    assert ended.code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "work-queue-dark.drawio",
        "work-queue.drawio",
        "work-queue.html",
        "work-queue.md",
    ]
    text = (tmp_path / "work-queue.html").read_text("utf-8")
    assert text.startswith("<!DOCTYPE html>\n")
    assert "$126.16/mo" in text
    assert (tmp_path / "work-queue.drawio").read_text("utf-8").startswith("<mxfile ")
    # the drawing inside the page is no picture of the report's
    assert "![" not in (tmp_path / "work-queue.md").read_text("utf-8")


def test_a_page_alone_is_drawn(archcode, tmp_path):
    ended = archcode("render", SPEC, "-o", str(tmp_path), "-f", "html")

    assert ended.code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["work-queue.html"]


def test_findings_are_in_the_page(archcode, tmp_path):
    spec = tmp_path / "a.yaml"
    spec.write_text("region: us-east-1\ncomponents:\n  q: {type: sqs.queue}\n", "utf-8")
    archcode("render", str(spec), "-o", str(tmp_path), "-f", "html")

    assert "unconnected_component" in (tmp_path / "a.html").read_text("utf-8")
