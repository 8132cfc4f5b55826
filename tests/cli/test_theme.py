"""`archcode render --theme`."""

from __future__ import annotations

from pathlib import Path

SPEC = str(Path(__file__).parents[2] / "specs" / "work-queue.yaml")


def _files(folder):
    return sorted(path.name for path in Path(folder).iterdir())


def test_draws_both_themes_beside_each_other(archcode, tmp_path):
    ended = archcode(
        "render", SPEC, "-o", str(tmp_path), "--theme", "light,dark", "-f", "svg,png,md"
    )

    assert ended.code == 0
    assert _files(tmp_path) == [
        "work-queue-dark.png",
        "work-queue-dark.svg",
        "work-queue.md",
        "work-queue.png",
        "work-queue.svg",
    ]
    light, dark = ((tmp_path / f"work-queue{x}.png").read_bytes() for x in ("", "-dark"))
    assert light.startswith(b"\x89PNG")
    assert dark.startswith(b"\x89PNG")
    assert light != dark
    assert '"#0F1B2A"' in (tmp_path / "work-queue-dark.svg").read_text("utf-8")
    assert "(work-queue.svg)" in (tmp_path / "work-queue.md").read_text("utf-8")


def test_the_report_shows_the_picture_that_there_is(archcode, tmp_path):
    archcode("render", SPEC, "-o", str(tmp_path), "--theme", "dark", "-f", "svg,md")

    assert _files(tmp_path) == ["work-queue-dark.svg", "work-queue.md"]
    assert "(work-queue-dark.svg)" in (tmp_path / "work-queue.md").read_text("utf-8")


def test_refuses_a_theme_that_there_is_not(archcode, tmp_path):
    ended = archcode("render", SPEC, "-o", str(tmp_path), "--theme", "light,blue")

    assert ended.code == 2
    assert ended.err == 'archcode: --theme: "blue" is no theme; known: light, dark\n'
    assert _files(tmp_path) == []
