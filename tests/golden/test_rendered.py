"""`archcode render` on all specs: what it writes, without Graphviz on the path, and twice."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from golden import looks, parts

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
NAMES = sorted(path.stem for path in (ROOT / "specs").glob("*.yaml"))
AGAIN = NAMES[::3]
KINDS = ("pdf", "dot", "png", "pptx", "html")
MAGIC = {
    "dot": b"digraph",
    "html": b"<!DOCTYPE html>",
    "json": b"{",
    "md": b"# ",
    "pdf": b"%PDF-",
    "png": b"\x89PNG\r\n",
    "pptx": b"PK\x03\x04",
    "svg": b"<",
}


def render(
    home: Path, folder: Path, *options: str, names: Sequence[str] = NAMES, seed: int = 0
) -> subprocess.CompletedProcess:
    """Run the command on specs, with no program to be found on the path."""
    specs = [ROOT / "specs" / f"{name}.yaml" for name in names]
    command = [sys.executable, "-m", "archcode", "render", *specs, "-o", folder, *options]
    environment = {
        "HOME": str(home),
        "LC_ALL": "C" if seed else "C.UTF-8",
        "PATH": str(home / "nowhere"),
        "PYTHONHASHSEED": str(seed),
        "TZ": "Asia/Kathmandu" if seed else "UTC",
    }
    return subprocess.run(command, cwd=home, env=environment, capture_output=True, check=False)


@pytest.fixture(scope="module")
def default(tmp_path_factory):
    """The four outputs that are written where none are named."""
    home = tmp_path_factory.mktemp("default")
    return render(home, home / "out"), home / "out"


@pytest.fixture(scope="module")
def drawings(tmp_path_factory):
    """Other formats of pictures, made in two processes that differ in all that must not matter.

    Of the second one's, some of the specs are enough.
    """
    made = []
    for seed, names in ((0, NAMES), (1, AGAIN)):
        home = tmp_path_factory.mktemp("drawings")
        formats = ("--format", ",".join(KINDS))
        ended = render(home, home / "out", *formats, names=names, seed=seed)
        assert ended.returncode == 0, ended.stderr.decode()
        made.append({path.name: path.read_bytes() for path in (home / "out").iterdir()})
    return made


def test_ends_well_and_silently(default):
    ended, _ = default

    assert (ended.returncode, ended.stderr) == (0, b"")
    assert ended.stdout.count(b"wrote ") == len(NAMES)


def test_writes_four_outputs_of_each_spec_and_nothing_else(default):
    _, folder = default
    expected = {f"{name}.{kind}" for name in NAMES for kind in ("svg", "png", "md", "json")}

    assert {path.name for path in folder.iterdir()} == expected
    for path in folder.iterdir():
        assert path.read_bytes().startswith(MAGIC[path.suffix[1:]]), path.name
        assert path.stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("name", NAMES)
def test_writes_what_the_goldens_say(default, name):
    _, folder = default
    goldens = FOLDER / name
    markdown = (goldens / "estimate.md").read_text("utf-8")
    drawing = parts.shortened((folder / f"{name}.svg").read_text("utf-8"))

    assert (folder / f"{name}.json").read_bytes() == (goldens / "estimate.json").read_bytes()
    assert (folder / f"{name}.md").read_text("utf-8") == markdown.replace(
        "picture.svg", f"{name}.svg"
    )
    assert drawing == (goldens / "picture.svg").read_text("utf-8")


def test_writes_the_formats_that_are_named(drawings):
    for made, names in zip(drawings, (NAMES, AGAIN), strict=True):
        assert set(made) == {f"{name}.{kind}" for name in names for kind in KINDS}
        for name, data in made.items():
            assert data.startswith(MAGIC[name.rpartition(".")[2]]), name


@pytest.mark.parametrize("name", AGAIN)
@pytest.mark.parametrize("kind", KINDS)
def test_bytes_are_the_same_in_two_runs(drawings, name, kind):
    first, second = drawings

    assert first[f"{name}.{kind}"] == second[f"{name}.{kind}"]


@pytest.mark.parametrize("name", NAMES)
def test_writes_the_dot_of_the_goldens(drawings, name):
    first, _ = drawings

    assert first[f"{name}.dot"] == (FOLDER / name / "picture.dot").read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_writes_the_slides_of_the_goldens(drawings, name):
    first, _ = drawings

    assert parts.deck(first[f"{name}.pptx"]) == (FOLDER / name / "deck.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("kind", "told", "file"), [("html", parts.page, "page.txt"), ("pdf", parts.pdf, "pdf.txt")]
)
def test_each_part_is_what_it_was(drawings, name, kind, told, file, update):
    first, _ = drawings
    text, golden = told(first[f"{name}.{kind}"]), FOLDER / name / file
    if update:
        golden.write_bytes(text.encode())

    assert text.splitlines() == golden.read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", NAMES)
def test_a_png_looks_as_it_did(drawings, name, update):
    """Not byte for byte: libraries that draw and pack pixels differ from machine to machine."""
    first, _ = drawings
    png, golden = first[f"{name}.png"], FOLDER / name / "picture.png"
    if update and not (golden.exists() and looks.same(png, golden.read_bytes())):
        golden.write_bytes(looks.kept(png))
    thumbnail = golden.read_bytes()

    assert looks.size(png) == looks.size(thumbnail)
    assert looks.apart(png, thumbnail) <= looks.TOLERANCE
    assert len(thumbnail) < 8000
