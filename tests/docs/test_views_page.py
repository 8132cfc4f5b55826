"""docs/views.md and docs/docs-builds.md: keys, words, files and commands are as they say."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import yaml

from archcode.render import png
from archcode.render.views import READABLE
from archcode.spec.view import ViewText
from archcode.spec.views import WORDS
from archcode.units import grouped

ROOT = Path(__file__).parents[2]
SPEC = ROOT / "specs" / "orchestrated-saga.yaml"
VIEWS = (ROOT / "docs" / "views.md").read_text("utf-8")
BUILDS = (ROOT / "docs" / "docs-builds.md").read_text("utf-8")


def _first_cells(title: str) -> list[str]:
    part = VIEWS.split(f"## {title}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([a-z]+)` \|", part, re.MULTILINE)


def _block(text: str, language: str) -> str:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)[0]


def test_the_example_is_that_of_the_spec():
    assert _block(VIEWS, "yaml") in SPEC.read_text("utf-8")


def test_every_key_and_word_is_there():
    assert sorted(_first_cells("Keys")) == sorted(ViewText.model_fields)
    assert _first_cells("Views that need not be written") == [*WORDS]


def test_numbers_are_those_of_the_code():
    assert f"more than {READABLE} boxes" in VIEWS
    for pixels in (png.LONGEST, png.LIMIT, png.MOST):
        assert grouped(pixels) in BUILDS


def test_the_example_is_drawn_to_the_files_that_the_page_names(archcode, tmp_path):
    ended = archcode(
        "render", SPEC, "-o", tmp_path, "-f", "svg,md", "--view", "all,group,flow,depth"
    )
    names = {path.name for path in tmp_path.iterdir()}
    own = [*yaml.safe_load(_block(VIEWS, "yaml"))["views"]]
    expected = [*own, "groups", "group-steps", "group-compensation", "group-approval"]
    expected += ["flow-shop", "depth-0", "depth-1"]
    approval = (tmp_path / "orchestrated-saga-group-approval.svg").read_text("utf-8")

    assert ended.code == 0
    assert names == {f"orchestrated-saga-{n}.svg" for n in expected} | {"orchestrated-saga.md"}
    assert re.findall(r"`(\d+ of [^`]*a month)`", VIEWS)[0] in approval


def test_the_command_of_a_docs_build_works(archcode, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    specs = tmp_path / "docs" / "specs"
    specs.mkdir(parents=True)
    (specs / "saga.yaml").write_bytes(SPEC.read_bytes())
    _, *words = shlex.split(_block(BUILDS, "sh"))
    before = archcode(*words).code
    archcode(*(word for word in words if word != "--check"))

    assert (before, archcode(*words).code) == (1, 0)


def test_both_hooks_check_the_specs_they_are_given(archcode, tmp_path):
    (offered,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (repository,) = yaml.safe_load(_block(BUILDS, "yaml"))["repos"]
    for hook in (offered, *repository["hooks"]):
        program, *words = shlex.split(hook["entry"])
        ended = archcode(*words, "-o", tmp_path / "none", "-f", "json", SPEC)

        assert (program, hook["id"]) == ("archcode", "archcode-render-check")
        assert ended.code == 1
        assert "orchestrated-saga.json: is missing" in ended.err
        assert not (tmp_path / "none").exists()
