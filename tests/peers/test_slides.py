"""Decks are opened by LibreOffice: every page is there, and all of it is on the page.

LibreOffice routes glued connectors in its own way, so the bends are looked at in copies of the
decks in which connectors are plain shapes of the same geometry. Without LibreOffice these tests
are skipped; on Debian it is the package libreoffice-impress.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from ctypes import c_float
from zipfile import ZipFile

import pypdfium2
import pytest
from deck.made import SPECS, made, tables, texts
from pypdfium2 import raw

from archcode.draw.look import DASHES

OFFICE = shutil.which("soffice")
WIDE, HIGH = 960, 540
A_POINT = 1.0
pytestmark = pytest.mark.skipif(
    not OFFICE, reason="LibreOffice is not installed: apt-get install libreoffice-impress"
)
BENT = [*SPECS][::4]
"""Decks whose bends are looked at; LibreOffice takes a second for each."""
of_example = pytest.mark.parametrize("name", SPECS)


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """The PDF of every deck, and of copies without connectors, by file name."""
    folder = tmp_path_factory.mktemp("slides")
    for name in SPECS:
        (folder / f"{name}.pptx").write_bytes(made(name).data)
        if name in BENT:
            _plain(folder / f"{name}.pptx", folder / f"{name}-plain.pptx")
    (folder / "dark.pptx").write_bytes(made("order-fanout", "dark").data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder]
    files = sorted(folder.glob("*.pptx"))
    subprocess.run([*command, *files], capture_output=True, timeout=600, check=True)
    return {path.stem: pypdfium2.PdfDocument(path) for path in sorted(folder.glob("*.pdf"))}


def _plain(deck, copy):
    """Write a deck whose connectors are plain shapes."""
    with ZipFile(deck) as old, ZipFile(copy, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.startswith("ppt/slides/slide"):
                ends = rb"<p:cNvCxnSpPr>.*?</p:cNvCxnSpPr>|<p:cNvCxnSpPr/>"
                data = re.sub(ends, b"<p:cNvSpPr/>", data, flags=re.DOTALL)
                data = data.replace(b"p:cxnSp", b"p:sp").replace(b"p:nvCxnSpPr", b"p:nvSpPr")
            new.writestr(name, data)


def _words(text):
    return re.sub(r"\s", "", text)


@of_example
def test_every_slide_is_a_page_of_its_size(name, pages):
    assert len(pages[name]) == len(made(name).slides)
    for page in pages[name]:
        assert page.get_size() == pytest.approx((WIDE, HIGH), abs=A_POINT)


@of_example
def test_no_text_leaves_its_page(name, pages):
    for page in pages[name]:
        text = page.get_textpage()
        rects = [text.get_rect(number) for number in range(text.count_rects())]
        assert rects
        for left, bottom, right, top in rects:
            assert left >= 0
            assert right <= WIDE
            assert bottom >= 0
            assert top <= HIGH


@of_example
def test_all_text_is_shown(name, pages):
    for slide, page in zip(made(name).slides, pages[name], strict=True):
        shown = _words(page.get_textpage().get_text_range())
        for line in texts(slide):
            assert _words(line) in shown
        for row in (row for table in tables(slide) for row in table):
            for cell in row:
                assert all(_words(word) in shown for word in cell.split())


@of_example
def test_lines_of_text_stay_lines(name, pages):
    """A caption has as many lines in a font of LibreOffice's choice as in ours."""
    page = pages[name][0].get_textpage()
    shown = {_words(line) for line in page.get_text_range().splitlines()}
    for cell in made(name).scene.cells:
        title = "".join(line.text for line in cell.lines if line.role == "name")
        single = sum(line.role == "name" for line in cell.lines) == 1
        assert not single or any(_words(title) in line for line in shown), title


@of_example
def test_icons_and_tables_are_drawn(name, pages):
    pictures = list(pages[name][0].get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=9))

    assert len(pictures) >= len(made(name).scene.cells)


def _corners(page):
    """The corners of all paths on a page, y down."""
    for path in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=9):
        matrix = path.get_matrix()
        for number in range(raw.FPDFPath_CountSegments(path)):
            x, y = c_float(), c_float()
            raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(path, number), x, y)
            across, up = matrix.on_point(x.value, y.value)
            yield across, HIGH - up


@pytest.mark.parametrize("name", BENT)
def test_arrows_bend_where_the_drawing_has_it(name, pages):
    """LibreOffice computes the corners of the presets from definitions of its own."""
    drawn = list(_corners(pages[f"{name}-plain"][0]))
    bends = [
        corner
        for route in made(name).fitted.scene.routes
        if not DASHES.get(route.kind)  # which are drawn dash by dash
        for corner in route.points[1:-1]
    ]
    for x, y in bends:
        assert min(max(abs(x - dx), abs(y - dy)) for dx, dy in drawn) < A_POINT


def test_a_dark_deck_has_a_dark_page(pages):
    image = pages["dark"][0].render(scale=0.5).to_pil()

    assert image.getpixel((2, 2)) == (0x0F, 0x1B, 0x2A)
    assert image.getpixel((image.width - 3, image.height - 3)) == (0x0F, 0x1B, 0x2A)
