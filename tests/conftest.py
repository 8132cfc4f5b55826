"""What all tests share: `--update`, how they run, and the command line run in this process."""

from __future__ import annotations

import gc
import io
import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from archcode.cli import app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xdist.remote import Producer
    from xdist.scheduler.loadfile import LoadFileScheduling


TOGETHER = {
    "decks": ("tests/deck/", "tests/peers/test_open_xml.py", "tests/peers/test_slides.py"),
    "goldens": ("tests/golden/", "tests/draw/test_counts.py"),
}
"""Files whose tests run in one process, for what they read takes long to make."""


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def terminal(self) -> str:
        """Findings, then results: what stands on the terminal of `archcode validate`."""
        return self.err + self.out


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update", action="store_true", help="rewrite expected outputs (not where CI is set)"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--update") and os.environ.get("CI"):
        raise pytest.UsageError("--update is for people: CI compares, it never rewrites")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """One process where files are rewritten, for several would write the same ones at once."""
    return 0 if config.getoption("--update") else None


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LoadFileScheduling | None:
    """A file's tests stay together, and so do those of files that read the same outputs."""
    if config.getoption("dist") != "loadfile":
        return None
    # Where pytest-xdist is not installed nobody asks for it.
    from xdist.scheduler.loadfile import LoadFileScheduling

    class Together(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            file = nodeid.split("::", 1)[0]
            return next((name for name, files in TOGETHER.items() if file.startswith(files)), file)

    return Together(config, log)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """Thousands of tests are no garbage: none is looked for among them, now or later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.freeze()


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether expected outputs are to be rewritten."""
    return bool(request.config.getoption("--update"))


@pytest.fixture
def archcode(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Ended]]:
    """The command line with these arguments, all of it but the process."""
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("PYDANTIC_DISABLE_PLUGINS", "1")
    monkeypatch.delenv("ARCHCODE_PRICES", raising=False)

    def run(*arguments: object, stdin: bytes = b"") -> Ended:
        monkeypatch.setattr(sys, "argv", ["archcode", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            app.run()
        out, err = capsys.readouterr()
        return Ended(int(ended.value.code or 0), out, err)

    yield run
    gc.enable()  # the command does without
