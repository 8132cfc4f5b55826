"""Links of boxes in SVG, PDF and the interactive page."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from ctypes import create_string_buffer

import pypdfium2
import pytest
from pypdfium2 import raw
from support import priced

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.picture import Box, Picture
from archcode.draw.web import WEB
from archcode.errors import DrawingError
from archcode.render import pdf, picture, svg, web_page

SVG = "{http://www.w3.org/2000/svg}"
LINK = "https://wiki.example.com/a?b=c&d='(e)'"
PAIR = Picture("P", boxes=(Box("a", "Orders", link=LINK), Box("b", "Worker")))


def drawn(shown: Picture, **options: object) -> str:
    return svg.render(lay_out(shown), _assets.icons(shown), _assets.web_fonts(), **options)


def test_an_svg_links_the_icon_and_its_caption_in_a_new_tab():
    (link,) = ET.fromstring(drawn(PAIR)).iter(f"{SVG}a")

    assert link.attrib == {"href": LINK, "target": "_blank", "rel": "noopener noreferrer"}
    assert [text.text for text in link.iter(f"{SVG}text")] == ["Orders"]


def test_a_hostile_link_stays_an_attribute():
    """The spec refuses it; a picture that a program makes is escaped all the same."""
    hostile = 'https://example.com/"><script>alert(1)</script>'
    root = ET.fromstring(drawn(Picture("P", boxes=(Box("a", "a", link=hostile),))))

    assert [element.get("href") for element in root.iter(f"{SVG}a")] == [hostile]
    assert not list(root.iter(f"{SVG}script"))


@pytest.mark.parametrize("link", ["javascript:alert(1)", "http://example.com", "HTTPS://x", "x"])
def test_a_picture_with_another_link_is_not_drawn(link):
    with pytest.raises(DrawingError, match="not https"):
        lay_out(Picture("P", boxes=(Box("a", "a", link=link),)))


def test_a_pdf_has_the_link_where_the_icon_is_and_is_the_same_twice():
    scene = lay_out(PAIR)
    data = pdf.render(scene, {}, _assets.fonts())
    icon = scene.cells[0].picture

    assert data == pdf.render(scene, {}, _assets.fonts())
    assert links(data, icon.x + 26, scene.height - icon.y - 26) == LINK
    other = scene.cells[1].picture
    assert links(data, other.x + 26, scene.height - other.y - 26) == ""


def links(data: bytes, x: float, y: float) -> str:
    """The address that a PDF opens at a point."""
    document = pypdfium2.PdfDocument(data)
    page = document[0]
    found = raw.FPDFLink_GetLinkAtPoint(page.raw, x, y)
    if not found:
        return ""
    action = raw.FPDFLink_GetAction(found)
    size = raw.FPDFAction_GetURIPath(document.raw, action, None, 0)
    text = create_string_buffer(size)
    raw.FPDFAction_GetURIPath(document.raw, action, text, size)
    return text.value.decode()


def test_the_page_tells_steps_and_descriptions_of_flows():
    flow = "{rate: 1/s, size: 1 KB, step: 2, description: 'It <goes>.'}"
    result = priced("a: {type: client}\nb: {type: server}", f"- a -> b: {flow}")
    page = web_page.render(result, (), drawn(picture.render(result)), _assets.page())
    model = json.loads(re.search(r'id="model">(.*?)</script>', page).group(1))

    assert [flow["words"] for flow in model["flows"]] == ["step 2: It <goes>."]
    assert "<goes>" not in page


def test_the_page_has_the_link_beside_the_drawing():
    """A click on the drawing chooses a component."""
    result = priced(f'a: {{type: sqs.queue, link: "{LINK}"}}\nb: {{type: sqs.queue}}')
    drawing = drawn(picture.render(result), theme=WEB, named=True)
    page = web_page.render(result, (), drawing, _assets.page())
    model = json.loads(re.search(r'id="model">(.*?)</script>', page).group(1))

    assert "<a " not in page
    assert [part["link"] for part in model["components"]] == [LINK, ""]
    assert 'rel: "noopener noreferrer"' in page
