"""Charts as SVG: what screen readers, browsers and version control meet."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from charts.drawn import HISTOGRAM, KINDS, LINES, MAP, TORNADO, page, told
from msgspec.structs import replace

from archcode.charts import Band, Bar, Mark, RegionMap, Series, described
from archcode.draw.look import DARK, LIGHT, THEMES
from archcode.render import chart_png, chart_svg

SVG = "{http://www.w3.org/2000/svg}"
HREFS = ("href", "{http://www.w3.org/1999/xlink}href")
HOSTILE = [
    "<script>alert(1)</script>",
    "$x_1$ and $\\frac{1}{2}$",
    "\"quotes\" & 'more' ]]> --> <!--",
    "emoji 😀 and 漢字",
    "\u202eright to left\u202c שלום",
    "tab\tand\nline\x00\x1b",
    "$",
    "\\",
    "x" * 400,
]


def _root(chart, theme=LIGHT):
    return ET.fromstring(chart_svg.render(chart, theme=theme))


@pytest.mark.parametrize("chart", KINDS.values(), ids=KINDS)
def test_title_and_description_come_first(chart):
    root = _root(chart)
    title, description = [*root][:2]

    assert (title.tag, description.tag) == (f"{SVG}title", f"{SVG}desc")
    assert title.text == chart.title
    assert description.text == described(chart).description
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (root.get("width"), root.get("height")) == ("1600", "900")


@pytest.mark.parametrize("chart", KINDS.values(), ids=KINDS)
def test_loads_and_runs_nothing(chart):
    text = chart_svg.render(chart)
    root = ET.fromstring(text)
    every = [*root.iter()]

    assert {e.tag for e in every}.isdisjoint({f"{SVG}script", f"{SVG}foreignObject", f"{SVG}image"})
    assert all(e.get(name, "#").startswith("#") for e in every for name in HREFS)
    assert not [e for e in every for name in e.attrib if name.startswith("on")]
    assert set(re.findall(r"https?://[^\"' )]+", text)) == {
        "http://www.w3.org/2000/svg",
        "http://www.w3.org/1999/xlink",
    }
    assert re.findall(r"url\((?!#)", text) == []
    assert "<!" not in text


@pytest.mark.parametrize("chart", KINDS.values(), ids=KINDS)
def test_references_resolve(chart):
    text = chart_svg.render(chart)
    names = re.findall(r'\bid="([^"]+)"', text)
    used = re.findall(r'href="#([^"]+)"', text) + re.findall(r"url\(#([^)]+)\)", text)

    assert {*used} <= {*names}
    assert len(names) == len({*names})


def test_two_charts_in_one_page_share_no_name_of_a_title():
    one, other = chart_svg.render(MAP), chart_svg.render(replace(MAP, title="Another"))

    assert re.findall(r'<title id="([^"]+)"', one) != re.findall(r'<title id="([^"]+)"', other)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
@pytest.mark.parametrize("chart", KINDS.values(), ids=KINDS)
def test_same_chart_same_bytes(chart, theme):
    assert chart_svg.render(chart, theme=theme) == chart_svg.render(chart, theme=theme)
    assert chart_png.render(chart, theme=theme) == chart_png.render(chart, theme=theme)


PROGRAM = """
import hashlib, sys
sys.path[:0] = [{tests!r}]
from charts.drawn import KINDS
from archcode.render import chart_png, chart_svg
for chart in KINDS.values():
    for made in (chart_svg.render(chart).encode(), chart_png.render(chart)):
        print(hashlib.sha256(made).hexdigest())
"""


def _digests(tmp_path, **environment):
    tests = Path(__file__).parents[1]
    kept = {k: v for k, v in os.environ.items() if k not in ("MPLCONFIGDIR", "XDG_CACHE_HOME")}
    home = {"HOME": str(tmp_path / "home"), "USERPROFILE": str(tmp_path / "home")}
    (tmp_path / "home").mkdir(exist_ok=True)
    program = PROGRAM.format(tests=str(tests))
    path = os.pathsep.join([str(tests.parent), kept.get("PYTHONPATH", "")])
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=kept | home | {"PYTHONPATH": path} | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stderr == ""
    return ended.stdout.split()


def test_another_process_makes_the_same_bytes_and_leaves_the_home_folder_alone(tmp_path):
    settings = "lines.linewidth: 40\nfont.size: 3\nsvg.fonttype: none\naxes.facecolor: red\n"
    (tmp_path / "matplotlibrc").write_text(settings)

    first = _digests(tmp_path, PYTHONHASHSEED="1", LC_ALL="C")
    second = _digests(tmp_path, PYTHONHASHSEED="2", LC_ALL="de_DE.UTF-8", TZ="Asia/Tokyo")

    assert first == second
    assert len(first) == 2 * len(KINDS)
    assert [*(tmp_path / "home").iterdir()] == []


def test_settings_of_the_program_are_neither_used_nor_changed():
    before = chart_svg.render(LINES)
    import matplotlib as mpl

    with mpl.rc_context({"lines.linewidth": 40, "svg.hashsalt": "other", "text.usetex": True}):
        kept = dict(mpl.rcParams)
        assert chart_svg.render(LINES) == before
        assert dict(mpl.rcParams) == kept


def _hostile(text):
    """Every place of every kind of chart where the words of an author go."""
    line = replace(
        LINES,
        series=(Series(text, ((1, 1), (100, 5), (1000, None))), Series(text, ((1, 2), (1000, 4)))),
        marks=(Mark(100, 3, text),),
        bands=(Band(1, 100, text),),
        x_label=text,
        y_label=text,
    )
    bars = (Bar(text, 50, 300, text, text), Bar(text, 120, 90, text, text))
    cells = ((text, text), (text, "other"))
    charts = {
        "lines": line,
        "map": RegionMap("Map", "", text, text, (1, 2), (1, 2), cells),
        "tornado": replace(TORNADO, bars=bars, x_label=text),
        "histogram": replace(HISTOGRAM, x_label=text, y_label=text),
    }
    return {name: replace(chart, title=text) for name, chart in charts.items()}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_words_of_others_stay_words(text, kind):
    chart = _hostile(text)[kind]
    root = _root(chart)

    assert f"{SVG}script" not in {element.tag for element in root.iter()}
    assert chart_png.render(chart, theme=DARK, scale=0.5).startswith(b"\x89PNG")


def test_a_dollar_sign_is_no_mathematics():
    assert "$x_1$ costs" in told(page(replace(MAP, title="$x_1$ costs")))


def test_what_the_font_lacks_is_a_question_mark():
    made = told(page(replace(MAP, title="a 😀 b \u202e\u05e9\u05dc\u05dd")))

    assert "a ? b ???" in made
