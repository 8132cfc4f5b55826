import xml.etree.ElementTree as ET
from io import BytesIO
from itertools import pairwise

import pygraphviz
import pypdfium2
import pytest
from PIL import Image

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.metrics import clean, width, wrap
from archcode.draw.pen import Pen
from archcode.render import dot, pdf, png, svg

SVG = "{http://www.w3.org/2000/svg}"


def drawn(picture) -> str:
    return svg.render(lay_out(picture), _assets.icons(picture), _assets.web_fonts())


def texts(root: ET.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def png_size(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[16:20]), int.from_bytes(data[20:24])


def test_an_svg_is_well_formed_and_says_what_it_shows(picture):
    root = ET.fromstring(drawn(picture))
    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title") == clean(picture.title)
    assert root.findtext(f"{SVG}desc")
    shown = " ".join(texts(root))
    for box in picture.boxes:
        assert wrap(clean(box.title), 12, 150, bold=True)[0] in shown


def test_an_svg_needs_nothing_but_itself(picture):
    root = ET.fromstring(drawn(picture))
    parts = [element for element in root.iter() if element.tag != f"{SVG}a"]
    links = [value for e in parts for key, value in e.attrib.items() if "href" in key]
    assert all(link.startswith(("#icon-", "data:image/png;base64,")) for link in links)
    names = {element.get("id") for element in root.iter()}
    assert {link[1:] for link in links if link.startswith("#")} <= names


def test_an_icon_is_embedded_once(examples):
    text = drawn(examples["lanes"])
    assert text.count("data:image/png") == 3
    assert text.count("<use ") == len(examples["lanes"].boxes)


def test_hostile_text_stays_text(examples):
    text = drawn(examples["hostile"])
    root = ET.fromstring(text)
    assert not list(root.iter("script")) + list(root.iter(f"{SVG}script"))
    assert "\u202e" not in text
    assert any("<script>alert(1)</script>" in line for line in texts(root))


def test_dot_text_is_read_back_whole(picture):
    graph = pygraphviz.AGraph(string=dot.render(picture))
    legend = len(picture.scale.levels) if picture.scale else 0
    assert len(graph.nodes()) == len(picture.boxes) + legend + bool(picture.steps)
    assert len(graph.edges()) == len(picture.arrows) + max(legend - 1, 0)
    assert all(node.attr["label"] for node in graph.nodes())


def test_dot_text_of_a_queue(examples):
    lines = dot.render(examples["queue"]).splitlines()
    assert lines[0] == "digraph Queue {"
    assert '  orders -> worker [label="batch 10", color="#545B64"]' in lines
    assert "      orders [" not in lines


def test_a_png_has_as_many_pixels_as_are_asked_for(examples):
    scene = lay_out(examples["queue"])
    page = pdf.render(scene, _assets.icons(examples["queue"]), _assets.fonts())
    for scale in (0.5, 1, 2, 3.25, 8):
        wide, high = png_size(png.render(page, scale))
        assert wide == pytest.approx(scene.width * scale, abs=1)
        assert high == pytest.approx(scene.height * scale, abs=1)
        assert png.scale_of(page, scale) == scale


def test_a_large_png_is_cut_to_a_cap_that_grows_with_the_scale(examples, monkeypatch):
    monkeypatch.setattr(png, "LONGEST", 700)
    scene = lay_out(examples["many"])
    page = pdf.render(scene, _assets.icons(examples["many"]), _assets.fonts())
    for scale, most in ((1, 700), (2, 700), (4, 1400)):
        wide, high = png_size(png.render(page, scale))
        assert max(wide, high) == most
        assert wide / high == pytest.approx(scene.width / scene.height, rel=0.01)
        assert png.scale_of(page, scale) < scale


@pytest.mark.parametrize(
    ("width", "height", "scale", "found"),
    [
        (1000, 500, 2, 2),
        (4096, 100, 2, 1),
        (4096, 100, 0.5, 0.5),
        (4096, 100, 4, 2),  # 8,192 pixels are the cap of four pixels a point
        (100, 4096, 8, 4),
        (32_768, 10, 8, 0.5),  # 16,384 at most
        (4096, 4096, 8, 2),  # 2^26 pixels at most, although 4 x 4,096 fit a side
    ],
)
def test_no_side_and_no_page_has_too_many_pixels(width, height, scale, found):
    assert png.fitting(width, height, scale) == found


def test_a_png_shows_the_page_and_nothing_else(examples):
    scene = lay_out(examples["queue"])
    page = pdf.render(scene, _assets.icons(examples["queue"]), _assets.fonts())
    with Image.open(BytesIO(png.render(page))) as image:
        assert image.mode == "RGB"
        assert image.getpixel((0, 0)) == (255, 255, 255)
        icon = scene.cells[0].picture
        middle = (int(2 * icon.x + icon.width), int(2 * icon.y + icon.height))
        assert image.getpixel(middle) != (255, 255, 255)


def test_a_pdf_has_the_size_and_the_words_of_the_scene(picture):
    scene = lay_out(picture)
    data = pdf.render(scene, _assets.icons(picture), _assets.fonts())
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    assert len(document) == 1
    assert page.get_size() == pytest.approx((scene.width, scene.height), abs=0.01)
    shown = page.get_textpage().get_text_bounded()
    for cell in scene.cells:
        if cell.lines and cell.lines[0].text.isascii() and "<" not in cell.lines[0].text:
            assert cell.lines[0].text.rstrip("-") in shown
    document.close()


def test_the_pdf_draws_where_the_svg_draws(examples):
    scene = lay_out(examples["queue"])
    data = pdf.render(scene, _assets.icons(examples["queue"]), _assets.fonts())
    document = pypdfium2.PdfDocument(data)
    bitmap = document[0].render(scale=1)
    for cell in scene.cells:
        x, y = int(cell.picture.x + 4), int(cell.picture.y + 26)
        at = y * bitmap.stride + x * bitmap.n_channels
        assert bytes(bitmap.buffer[at : at + 3]) != b"\xff\xff\xff"
    document.close()


def test_a_line_that_two_arrows_share_is_drawn_once():
    pen = Pen()
    first = pen.steps("flow", [(0, 0), (50, 0), (50, 40), (90, 40)])
    second = pen.steps("flow", [(0, 0), (50, 0), (50, 80), (90, 80)])
    assert first[0] == ("M", ((0, 0),))
    assert ("M", ((0, 0),)) not in second
    assert second[-1][1][-1] == (83, 80)


def test_our_font_has_the_widths_that_layout_counts_on():
    assert width("iiii", 10) < width("mmmm", 10)
    assert width("orders", 12, bold=True) > width("orders", 12)
    assert width("ab", 10) == pytest.approx(width("a", 10) + width("b", 10))


def test_wrapping_keeps_to_the_limit():
    rows = wrap("a-name-so-long-that-no-picture-has-room.fifo", 12, 90)
    assert len(rows) == 2
    assert all(width(row, 12) <= 90 for row in rows)
    assert rows[1].endswith("…")
    assert all(one and two for one, two in pairwise(rows))
