"""`archcode render --view`, `--direction` and `--scale`."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image
from pptx import Presentation

SPEC = """
title: Shop
region: us-east-1
components:
  web: {type: client, label: Web shop}
  orders: {type: sqs.queue}
  worker: {type: lambda.function, duration: 10 ms}
  stock: {type: sqs.queue}
flows:
  - web -> orders: {rate: 1/s, size: 1 KB}
  - orders -> worker
  - worker -> stock
groups:
  intake: {label: Intake, contains: [orders, worker]}
  store: {label: Store, contains: [stock]}
views:
  queues: {label: Queues & more, contains: [orders, stock]}
  after-web: {flow: web, until: [worker], direction: TB}
"""
PLAIN = "title: Plain\nregion: us-east-1\ncomponents: {q: {type: sqs.queue}}\n"


@pytest.fixture(autouse=True)
def _specs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("shop.yaml").write_text(SPEC, "utf-8")
    Path("plain.yaml").write_text(PLAIN, "utf-8")


@pytest.fixture
def render(archcode):
    """The command with errors of these bare specs put aside."""
    return lambda *arguments: archcode("render", *arguments, "--anyway", "--fail-on", "never")


def _files(folder="out"):
    return sorted(path.name for path in Path(folder).iterdir())


def _svg(name):
    return Path(f"out/{name}.svg").read_text("utf-8")


def test_each_view_is_a_file_of_its_own(render):
    ended = render("shop.yaml", "--view", "all", "-f", "svg,png,mmd", "--theme", "light,dark")

    assert ended.code == 0
    assert _files() == sorted(
        f"shop-{view}{dark}.{kind}"
        for view in ("queues", "after-web")
        for dark in ("", "-dark")
        for kind in ("svg", "png", "mmd")
    )
    assert "Shop: Queues &amp; more" in _svg("shop-queues")
    assert "2 of 4 components" in _svg("shop-queues")
    assert "worker" not in _svg("shop-queues")


@pytest.mark.parametrize(
    ("words", "views"),
    [
        ("queues", "queues"),
        ("queues,queues", "queues"),
        ("group", "groups group-intake group-store"),
        ("flow", "flow-web"),
        ("depth", "depth-0 depth-1"),
        ("flow,after-web", "flow-web after-web"),
        ("groups,depth-1,group-store", "groups depth-1 group-store"),
    ],
)
def test_views_that_nobody_wrote(render, words, views):
    render("shop.yaml", "--view", words, "-f", "dot")

    assert _files() == sorted(f"shop-{view}.dot" for view in views.split())


def test_a_report_shows_the_pages_with_their_titles_in_order(render):
    render("shop.yaml", "--view", "group,queues", "-f", "svg,md,json")
    report = Path("out/shop.md").read_text("utf-8")

    pictures = report.split("## Monthly")[0]
    assert re.findall(r"(?m)^(?:## (.+)|!\[(.+)\]\((.+)\))$", pictures) == [
        ("Overview", "", ""), ("", "Overview", "shop-groups.svg"),
        ("Intake", "", ""), ("", "Intake", "shop-group-intake.svg"),
        ("Store", "", ""), ("", "Store", "shop-group-store.svg"),
        ("Queues &amp; more", "", ""), ("", "Queues &amp; more", "shop-queues.svg"),
    ]  # fmt: skip
    assert json.loads(Path("out/shop.json").read_text("utf-8"))["title"] == "Shop"


def test_all_views_of_a_spec_without_any_are_the_whole(render):
    ended = render("plain.yaml", "shop.yaml", "--view", "all", "-f", "svg,md")

    assert ended.code == 0
    assert {"plain.svg", "plain.md", "shop-queues.svg", "shop.md"} <= {*_files()}
    assert "![Plain](plain.svg)" in Path("out/plain.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["shop.yaml", "--view", "queus"], '--view: "queus" is no view; did you mean queues?'),
        (
            ["plain.yaml", "--view", "other"],
            '--view: "other" is no view; known: all, group, flow, depth',
        ),
        (["plain.yaml", "--view", "group"], "--view group: the spec has no groups"),
        (["plain.yaml", "--view", "depth"], "--view depth: the spec has no groups"),
        (["plain.yaml", "--view", "flow"], "--view flow: no traffic enters anywhere"),
        (["shop.yaml", "--view", ","], "--view: no view is named"),
        (
            ["shop.yaml", "--view", "all", "--focus", "web"],
            "--focus draws one component and --view others; ask for one of them",
        ),
        (["shop.yaml", "--scale", "9"], '--scale is "9"; it must be a number from 0.5 to 8'),
        (["shop.yaml", "--scale", "0.4"], '--scale is "0.4"; it must be a number from 0.5 to 8'),
        (["shop.yaml", "--scale", "nan"], '--scale is "nan"; it must be a number from 0.5 to 8'),
    ],
)
def test_wrong_usage_is_told_and_nothing_written(render, options, message):
    ended = render(*options, "-f", "svg")

    assert (ended.code, ended.err) == (2, f"archcode: {message}\n")
    assert not Path("out").exists()


@pytest.mark.parametrize("name", ["groups", "GROUP-intake", "flow-web", "depth-1"])
def test_a_view_that_has_the_file_of_another_page_is_refused(render, name):
    Path("shop.yaml").write_text(SPEC.replace("queues:", f"{name}:"), "utf-8")
    ended = render("shop.yaml", "--view", "all", "-f", "svg")

    assert ended.code == 2
    fact = f'the view "{name}" of the spec and the page "{name.lower()}" would be one file'
    assert ended.err == f"archcode: --view: {fact}; give the view another name\n"


def test_two_specs_that_have_one_file_are_refused(render):
    Path("shop-queues.yaml").write_text(PLAIN, "utf-8")
    ended = render("shop.yaml", "shop-queues.yaml", "--view", "all", "-f", "dot")

    assert ended.code == 2
    assert ended.err.endswith(
        "archcode: out/shop-queues.dot: is an output of shop.yaml and of shop-queues.yaml\n"
    )
    assert "Queues & more" in Path("out/shop-queues.dot").read_text("utf-8")


def test_a_component_named_like_a_view_has_a_file_of_its_own(render):
    Path("shop.yaml").write_text(SPEC.replace("after-web:", "web:"), "utf-8")
    render("shop.yaml", "--view", "web", "-f", "dot")
    render("shop.yaml", "--focus", "web", "-f", "dot,md")
    render("shop.yaml", "--focus", "stock", "-f", "dot")

    assert _files() == [
        "shop-focus-web.dot", "shop-focus-web.md", "shop-stock.dot", "shop-web.dot",
    ]  # fmt: skip


def test_a_name_that_leads_out_of_the_folder_is_none(render):
    Path("shop.yaml").write_text(SPEC.replace("queues:", "../queues:"), "utf-8")
    ended = render("shop.yaml", "--view", "all", "-f", "svg")

    assert ended.code == 1
    assert "[bad_name]" in ended.err
    assert not Path("out").exists()


def test_a_check_covers_views_themes_and_the_report(render):
    options = ("shop.yaml", "--view", "all,group", "--theme", "light,dark", "-f", "svg,md")
    render(*options)
    same = render(*options, "--check")
    Path("out/shop-queues-dark.svg").unlink()
    Path("out/shop-group-store.svg").write_text("<svg/>")
    missing = render(*options, "--check")

    assert same.code == 0
    assert missing.code == 1
    again = (
        "archcode render shop.yaml -f svg,md --theme light,dark --view all,group --anyway"
        " --fail-on never"
    )
    told = [line for line in missing.err.splitlines() if line.startswith("out/")]
    assert told == [
        f"out/shop-queues-dark.svg: is missing: {again}",
        f"out/shop-group-store.svg: is stale: {again}",
    ]
    assert render(*again.split()[2:-3]).code == 0
    assert render(*options, "--check").code == 0


def test_a_check_covers_what_is_near_a_component(render):
    options = ("shop.yaml", "--focus", "worker", "--hops", "1", "-f", "svg")
    render(*options)

    assert render(*options, "--check").code == 0
    assert render(*options[:3], "--hops", "2", "-f", "svg", "--check").code == 1


def test_a_page_for_a_browser_is_made_of_each_view(render):
    render("shop.yaml", "--view", "group", "-f", "html")

    assert _files() == ["shop-group-intake.html", "shop-group-store.html", "shop-groups.html"]
    assert 'data-name="intake"' in Path("out/shop-groups.html").read_text("utf-8")


def test_slides_and_drawings_of_one_view(render):
    render("shop.yaml", "--view", "queues", "-f", "pptx,drawio,pdf,d2")

    assert _files() == [f"shop-queues.{kind}" for kind in ("d2", "drawio", "pdf", "pptx")]


def test_slides_and_draw_io_hold_all_views_in_one_file(render):
    options = (
        "shop.yaml",
        "--view",
        "queues,group",
        "-f",
        "pptx,drawio,d2",
        "--theme",
        "light,dark",
    )
    render(*options)
    pages = ["Overview", "Intake", "Store"]
    drawing = Path("out/shop.drawio").read_text("utf-8")
    deck = Presentation("out/shop.pptx")
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]

    assert _files() == sorted(
        f"shop{view}{dark}.{kind}"
        for dark in ("", "-dark")
        for kind in ("d2", "drawio", "pptx")
        for view in (
            ["-queues", "-groups", "-group-intake", "-group-store"] if kind == "d2" else [""]
        )
    )
    assert re.findall(r'<diagram [^>]*name="Shop: ([^"]*)"', drawing) == [
        "Queues &amp; more",
        *pages,
    ]
    assert titles[:4] == ["Shop: Queues & more", *(f"Shop: {page}" for page in pages)]
    assert titles.count("Monthly cost") == 1
    assert render(*options, "--check").code == 0


def test_the_scale_is_that_of_the_pixels_only(render):
    sizes = {}
    for scale in ("1", "2", "2.5", "4"):
        ended = render("plain.yaml", "-f", "png,pdf", "--scale", scale, "-o", scale)
        assert ended.code == 0
        with Image.open(f"{scale}/plain.png") as image:
            sizes[scale] = image.width
        assert Path(scale, "plain.pdf").read_bytes() == Path("1/plain.pdf").read_bytes()

    assert sizes["2"] == pytest.approx(sizes["1"] * 2, abs=1)
    assert sizes["2.5"] == pytest.approx(sizes["1"] * 2.5, abs=1)
    assert sizes["4"] == pytest.approx(sizes["1"] * 4, abs=2)


def test_the_usual_scale_needs_no_option(render):
    render("plain.yaml", "-f", "png", "-o", "usual")
    render("plain.yaml", "-f", "png", "-o", "two", "--scale", "2.0")

    assert Path("usual/plain.png").read_bytes() == Path("two/plain.png").read_bytes()


def test_fewer_pixels_than_asked_for_are_told(render):
    names = [f"queue-{n}" for n in range(40)]
    lines = ["title: Long", "region: eu-west-1", "components:", "  app: {type: client}"]
    lines += [
        f"  {name}: {{type: {'lambda.function' if n % 2 else 'sqs.queue'}}}"
        for n, name in enumerate(names)
    ]
    lines += ["flows:", "  - app -> queue-0: {rate: 1/s, size: 1 KB}"]
    lines += [f"  - {one} -> {two}" for one, two in pairwise(names)]
    Path("long.yaml").write_text("\n".join(lines))
    ended = render("long.yaml", "-f", "png", "--scale", "4", "--anyway")

    with Image.open("out/long.png") as image:
        assert max(image.size) == 8192
    (line,) = [line for line in ended.err.splitlines() if line.startswith("out/")]
    assert re.fullmatch(
        r"out/long\.png: [123]\.\d\d pixels a point in place of 4, which would be too many", line
    )


@pytest.mark.parametrize(
    ("asked", "shown"), [("TB", "TB"), ("LR", "LR"), ("auto", "auto"), ("", "")]
)
def test_the_direction_of_the_command_goes_before_all_others(render, monkeypatch, asked, shown):
    from archcode.cli._artist import Artist

    drawn = []
    draw = Artist.draw
    monkeypatch.setattr(
        Artist,
        "draw",
        lambda self, one, *rest, last: drawn.append(one) or draw(self, one, *rest, last=last),
    )
    Path("shop.yaml").write_text(
        SPEC.replace("components:", "direction: LR\ncomponents:", 1), "utf-8"
    )
    options = ("--direction", asked) if asked else ()
    render("shop.yaml", "--view", "all", "-f", "dot", *options)
    render("shop.yaml", "-f", "dot", *options)

    found = [picture.direction for picture in drawn]
    assert found == ([shown] * 3 if shown else ["LR", "TB", "LR"])
