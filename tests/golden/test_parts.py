"""What the digests of a page and of a PDF tell apart, and what they do not."""

from __future__ import annotations

import re
import zlib

import pytest
from golden import parts
from msgspec.structs import replace

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import THEMES
from archcode.draw.picture import Arrow, Box, Picture
from archcode.render import pdf

LINK = "https://wiki.example.com/orders"
PAIR = Picture("P", boxes=(Box("a", "Orders", link=LINK), Box("b", "Worker")))
PAGE = (
    '<meta content="default-src \'none\'"><style>a{}</style><svg x="1"></svg>'
    '<script type="application/json" id="model">{"components":[{"name":"q","cost":"1"}],"flows":[]}'
    "</script><script>go()</script>"
)


def drawn(picture: Picture, theme: str = "light") -> str:
    return parts.pdf(pdf.render(lay_out(picture), {}, _assets.fonts(), THEMES[theme]))


def changed(one: str, other: str) -> set[str]:
    """The first words of the lines that only one of two texts has."""
    return {line.split(" ", 1)[0] for line in {*one.splitlines()} ^ {*other.splitlines()}}


def test_a_pdf_tells_its_size_fonts_and_links():
    icon = lay_out(PAIR).cells[0].picture

    assert re.findall(r"^\w+", drawn(PAIR), re.MULTILINE) == [
        "link",
        "link",
        "page",
        "content",
        "font",
    ]
    assert f"link {LINK} at {icon.x:g} " in drawn(PAIR)


@pytest.mark.parametrize(
    ("other", "lines"),
    [
        (replace(PAIR, boxes=(PAIR.boxes[0], Box("b", "Porter"))), {"content"}),
        (replace(PAIR, boxes=(Box("a", "Orders", link=f"{LINK}!"), PAIR.boxes[1])), {"link"}),
        (replace(PAIR, boxes=(Box("a", "Orders"), PAIR.boxes[1])), {"link"}),
        (replace(PAIR, arrows=(Arrow("a", "b"),)), {"content"}),
        (
            replace(PAIR, boxes=(*PAIR.boxes, *(Box(name, name) for name in "cdefgh"))),
            {"page", "content", "link"},
        ),
    ],
)
def test_another_pdf_differs_where_it_is_another(other, lines):
    assert changed(drawn(other), drawn(PAIR)) == lines


def test_another_theme_is_other_content():
    assert changed(drawn(PAIR, "dark"), drawn(PAIR)) == {"content"}


def test_a_pdf_is_the_same_however_well_it_is_packed():
    data = pdf.render(lay_out(PAIR), {}, _assets.fonts())
    packed = re.sub(rb"stream\r?\n(.*?)endstream", _packed_anew, data, flags=re.DOTALL)

    assert packed != data
    assert parts.pdf(packed) == parts.pdf(data)


def _packed_anew(found: re.Match[bytes]) -> bytes:
    content = zlib.decompressobj().decompress(found[1])
    return b"stream\n" + zlib.compress(content, 1) + b"\nendstream"


def test_a_page_tells_its_policy_and_a_digest_of_every_part():
    names = [line.rpartition(" ")[0] for line in parts.page(PAGE.encode()).splitlines()]

    assert names == [
        "policy default-src",
        "style",
        "drawing",
        "model component q",
        "model flows",
        "script",
        "frame",
    ]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("a{}", "b{}", "style"),
        ('x="1"', 'x="2"', "drawing"),
        ('"cost":"1"', '"cost":"2"', "model"),
        ('"flows":[]', '"flows":[1]', "model"),
        ("go()", "run()", "script"),
        ("<meta", "<link", "frame"),
        ("'none'", "*", "policy"),
    ],
)
def test_a_changed_part_changes_its_line_alone(old, new, line):
    one, other = (parts.page(text.encode()) for text in (PAGE, PAGE.replace(old, new)))

    assert changed(other, one) == {line}
    assert len({*other.splitlines()} - {*one.splitlines()}) == 1
