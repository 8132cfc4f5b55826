import os
import pickle
import random
import signal
import subprocess
import sys
import threading
from hashlib import sha256
from pathlib import Path

import pytest
from msgspec.structs import replace

from archcode.cli import _easel
from archcode.cli._artist import Artist
from archcode.draw.layout import lay_out
from archcode.draw.picture import Arrow, Box, Picture
from archcode.errors import DrawingError
from archcode.render import png

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ("svg", "png", "pdf", "dot")
DRAW = """
import pickle, sys
from hashlib import sha256
from archcode.cli._artist import Artist
with Artist() as artist:
    for picture in pickle.load(sys.stdin.buffer):
        drawn = artist.draw(picture, ("svg", "png", "pdf", "dot"))
        print(*(sha256(data).hexdigest() for data in drawn.values()))
"""
LOADED = """
import sys
import archcode.draw.layout, archcode.render.svg, archcode.render.png, archcode.render.pdf
import archcode.cli._artist
print(*sys.modules)
"""


def tangle(count: int = 700) -> Picture:
    """More than Graphviz can order in a few seconds."""
    dice = random.Random(1)
    names = [f"n{n}" for n in range(count)]
    arrows = (Arrow(*dice.sample(names, 2)) for _ in range(4 * count))
    return Picture("Tangle", "", tuple(Box(name, name) for name in names), tuple(arrows))


@pytest.fixture(scope="module")
def artist():
    with Artist() as one:
        yield one


def test_every_format_comes_back(artist, examples):
    drawn = artist.draw(examples["lanes"], FORMATS)
    assert list(drawn) == list(FORMATS)
    assert drawn["svg"].startswith(b"<svg ")
    assert drawn["png"].startswith(b"\x89PNG")
    assert drawn["pdf"].startswith(b"%PDF")
    assert drawn["dot"].startswith(b"digraph ")


def test_only_the_formats_asked_for_come_back(artist, examples):
    assert list(artist.draw(examples["queue"], ["svg"])) == ["svg"]


def test_a_picture_has_the_same_bytes_on_a_machine_without_fonts_or_dot(artist, examples, tmp_path):
    fonts = tmp_path / "fonts.conf"
    fonts.write_text("<fontconfig></fontconfig>")
    bare = {"PATH": "/nonexistent", "FONTCONFIG_FILE": str(fonts), "PYTHONPATH": str(ROOT)}
    pictures = [examples[name] for name in ("queue", "lanes", "nested", "cyclic", "crossed")]
    here = [
        " ".join(sha256(data).hexdigest() for data in artist.draw(one, FORMATS).values())
        for one in pictures
    ]
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", DRAW],
            input=pickle.dumps(pictures),
            env=bare | {"PYTHONHASHSEED": seed},
            cwd=tmp_path,
            capture_output=True,
            check=True,
        )
        assert there.stdout.decode().splitlines() == here
        assert there.stderr == b""


def test_a_contradictory_picture_is_reported_and_the_process_lives_on(artist, examples):
    before = artist.pid
    with pytest.raises(DrawingError, match="'nowhere', which is no box"):
        artist.draw(Picture("P", "", (Box("a", "a"),), (Arrow("a", "nowhere"),)), ["svg"])
    assert artist.draw(examples["single"], ["svg"])
    assert artist.pid == before


def test_a_killed_process_costs_one_picture(examples):
    with Artist() as artist:
        artist.draw(examples["single"], ["svg"])
        first = artist.pid
        threading.Timer(0.2, os.kill, (first, signal.SIGKILL)).start()
        with pytest.raises(DrawingError, match="ended while it drew 'Tangle'"):
            artist.draw(tangle(), ["svg"])
        assert artist.draw(examples["single"], ["svg"])["svg"]
        assert artist.pid != first


def test_an_endless_layout_is_given_up(examples):
    with Artist(timeout=4) as artist:
        with pytest.raises(DrawingError, match="drawing 'Tangle' took longer than 4 s"):
            artist.draw(tangle(2000), ["svg"])
        assert artist.draw(examples["single"], ["svg"])["svg"]


def test_what_was_begun_is_drawn_once(examples):
    with Artist() as artist:
        usual = {name: artist.draw(examples[name], ["svg"]) for name in ("single", "lanes")}
        pid = artist.pid
        for name in ("single", "lanes", "single"):
            artist.begin(examples[name], ["svg"])
            assert artist.draw(examples[name], ["svg"]) == usual[name]
        assert artist.pid == pid


def test_what_was_begun_is_not_taken_for_another_picture(examples):
    with Artist() as artist:
        artist.begin(examples["single"], ["svg"])
        first = artist.pid
        other = artist.draw(examples["lanes"], ["svg"])["svg"]
        assert artist.pid != first
        assert other == artist.draw(examples["lanes"], ["svg"])["svg"]


def test_a_process_that_ends_after_it_began_is_told_by_its_answer(examples):
    with Artist() as artist:
        artist.begin(examples["single"], ["svg"])
        os.kill(artist.pid, signal.SIGKILL)
        with pytest.raises(DrawingError, match="the drawing process ended"):
            artist.draw(examples["single"], ["svg"])
        assert artist.draw(examples["single"], ["svg"])["svg"]


def test_after_the_last_picture_the_process_has_ended(examples):
    with Artist() as artist:
        usual = artist.draw(examples["queue"], ["png", "svg"])
        pid = artist.pid
        assert artist.draw(examples["queue"], ["png", "svg"], last=True) == usual
        os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)
        # Who was wrong about that waits for another process, and for nothing else.
        assert artist.draw(examples["queue"], ["png", "svg"]) == usual
        assert artist.pid != pid


def test_an_interrupt_does_not_reach_the_process(examples):
    with Artist() as artist:
        artist.draw(examples["single"], ["svg"])
        os.kill(artist.pid, signal.SIGINT)
        assert artist.draw(examples["single"], ["svg"])["svg"]


def test_no_process_is_left_behind():
    with Artist() as artist:
        pid = artist.pid
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_file_in_the_current_folder_does_not_replace_a_module(examples, tmp_path, monkeypatch):
    (tmp_path / "pickle.py").write_text("raise SystemExit('hijacked')")
    monkeypatch.chdir(tmp_path)
    with Artist() as artist:
        assert artist.draw(examples["single"], ["svg"])["svg"]


def test_drawing_code_loads_nothing_heavy():
    loaded = subprocess.run(
        [sys.executable, "-c", LOADED],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    heavy = "pydantic typer yaml diagrams numpy PIL lxml fontTools pygraphviz resvg_py reportlab"
    assert not set(heavy.split()).intersection(loaded)


@pytest.mark.parametrize(
    ("side", "scale", "times"),
    [
        (2048, 2, 2),  # 4,096 pixels
        (2049, 2, 2),
        (4095, 2, 2),
        (4096, 2, 1),  # a pixel a point
        (9000, 2, 1),
        (1000, 0.5, 1),
        (1000, 4, 4),
        (1000, 2.5, 4),
    ],
)
def test_icons_of_a_png_have_about_as_many_pixels_as_it_shows(side, scale, times):
    scene = replace(lay_out(Picture("P", boxes=(Box("a", "A"),))), width=side, height=100)

    assert _easel.times_of(scene, scale) == times


def test_a_png_is_the_same_with_a_pdf_beside_it_and_without():
    wide = tuple(Box(f"b{n}", f"Box {n}", icon="aws/compute/lambda.png") for n in range(60))
    arrows = tuple(Arrow(f"b{n}", f"b{n + 1}") for n in range(59))
    picture = Picture("P", boxes=wide, arrows=arrows)
    with Artist() as artist:
        alone, both = artist.draw(picture, ["png"]), artist.draw(picture, ["pdf", "png"])
        page = artist.draw(picture, ["pdf"])

    assert lay_out(picture).width > png.LONGEST
    assert alone["png"] == both["png"]
    assert page["pdf"] == both["pdf"]
