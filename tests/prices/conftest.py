"""A book of two services, AWS's list of it, and the list on a server."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from prices.offers import publish
from prices.server import Served, serving
from support import PRICES

from archcode.cli import _download
from archcode.pricebook import COLUMNS, GLOBAL

if TYPE_CHECKING:
    from collections.abc import Iterator

REGIONS = ("us-east-1", "eu-west-1", "ap-south-1")


def part(service: str, regions: tuple[str, ...] = REGIONS) -> str:
    """The rows of a few regions of a bundled price file."""
    lines = PRICES._text(service).splitlines()  # noqa: SLF001 - the raw file
    rows = [line for line in lines if line.partition(",")[0] in (*regions, GLOBAL)]
    return "".join(f"{line}\n" for line in (",".join(COLUMNS), *rows))


TEXTS = {name: part(name) for name in ("msk", "sqs")}


@pytest.fixture(autouse=True)
def _fast(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """In an empty folder, without waiting between attempts."""
    monkeypatch.setattr(_download, "PAUSE", 0)
    for name in ("http_proxy", "https_proxy", "all_proxy", "ARCHCODE_PRICES"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A price book of two files, with a file of somebody else in it."""
    folder = tmp_path / "home" / "book"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    (folder / "README.md").write_text("our book\n", "utf-8")
    return folder


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """AWS's list with the prices of that book; never changed."""
    root = tmp_path_factory.mktemp("list")
    publish(root, TEXTS)
    return root


@pytest.fixture
def server(published: Path) -> Iterator[Served]:
    """That list on a server."""
    with serving(published) as served:
        yield served


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder, hidden ones among them."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
