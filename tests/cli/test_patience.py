"""What a user sees while something takes long, or when the drawing fails."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

from archcode.cli import _artist
from archcode.errors import DrawingError

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "specs" / "work-queue.yaml"
SLOW = (
    "import sys, time\n"
    "from archcode.cli._io import patience\n"
    "with patience('pricing big.yaml'):\n"
    "    time.sleep(float(sys.argv[1]))\n"
)


def on_a_terminal(seconds: str) -> str:
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-c", SLOW, seconds], stderr=theirs) as process:
        os.close(theirs)
        process.wait()
        try:
            return os.read(ours, 1000).decode()
        except OSError:
            return ""
        finally:
            os.close(ours)


def test_after_a_second_a_terminal_is_told_what_takes_so_long():
    assert on_a_terminal("1.3") == "pricing big.yaml …\r\n"


def test_what_is_quick_says_nothing():
    assert on_a_terminal("0") == ""


def test_a_pipe_is_told_nothing():
    done = subprocess.run(
        [sys.executable, "-c", SLOW, "1.2"], capture_output=True, check=True, text=True
    )

    assert done.stderr == ""


def test_a_picture_that_fails_costs_its_own_outputs_only(archcode, tmp_path, monkeypatch):
    draw = _artist.Artist.draw

    def fail_once(self, picture, formats, chapters, *, last):
        if picture.title == "Work queue":
            raise DrawingError("drawing 'Work queue' took longer than 60 s")
        return draw(self, picture, formats, chapters, last=last)

    monkeypatch.setattr(_artist.Artist, "draw", fail_once)
    other = ROOT / "specs" / "activemq-backoffice.yaml"
    ended = archcode("render", SPEC, other, "-o", tmp_path, "-f", "svg")

    assert ended.code == 1
    assert f"{SPEC}: nothing written: drawing 'Work queue' took longer than 60 s" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["activemq-backoffice.svg"]
