"""Pages are used in a real Chromium, and draw.io files are read by the library draw.io is made of.

Chromium is the system's, the rest comes from npm: `npm install` in this folder, as `.ci/run` does.
Without them the tests are skipped.
"""

from __future__ import annotations

import base64
import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest
from deck.decorated import TEXTS, decorated
from golden.made import priced
from PIL import Image
from support import PRICES, spec_text

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.web import WEB
from archcode.estimate import price
from archcode.render import drawio, pages, picture, svg, web_page
from archcode.rules import findings
from archcode.spec.parse import parse
from archcode.spec.view import View
from archcode.topology import propagate

FOLDER = Path(__file__).parent
SPECS = sorted((FOLDER.parents[1] / "specs").glob("*.yaml"))
SEEN = SPECS[::2]
"""Examples whose pages are opened; all of them have goldens."""
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome") or ""
pytestmark = pytest.mark.skipif(
    not (CHROMIUM and (FOLDER / "node_modules" / "playwright-core").is_dir()),
    reason="no Chromium, or no playwright-core: run npm install in tests/peers",
)
HOSTILE = [
    '<script>alert("1")</script>',
    "</script><img src=x onerror=alert(2)>",
    "'single' \"double\" `back`",
    "שלום عالم 注文 🎉",
    "${x} {{y}} <!-- -->",
]
QUEUE = """
shop: {type: client, label: Web shop}
orders:
  type: sqs.queue
  visibility_timeout: 10 s
  redrive_policy: {dead_letter_target: dlq}
  kms_master_key_id: alias/aws/sqs
  link: "https://wiki.example.com/orders?a=b&c='d'"
dlq: {type: sqs.queue}
worker: {type: lambda.function, timeout: 60 s, duration: 0.5 s, memory_size: 128}
other: {type: sns.topic}
"""
FLOWS = "- shop -> orders: {rate: 10/s, size: 1 KB}\n- orders -> worker: {batch: 10, step: 2}"
STEPS = {
    "chosen": [("click", "orders"), ("press", "Escape")],
    "keys": [
        ("press", "Tab"),  # search, then four buttons, then the drawing
        *[("press", "Tab")] * 5,
        ("press", "ArrowRight"),
        ("press", "Enter"),
        ("press", "ArrowDown"),
        ("press", "Home"),
        ("press", "End"),
    ],
    "searched": [
        ("press", "/"),
        ("type", "LAMBDA"),
        ("press", "Enter"),
        ("press", "/"),
        ("type", "nothing like it"),
        ("press", "Escape"),
    ],
    "moved": [
        ("press", "+"),
        ("wheel", -300),
        ("drag", [100, 60]),
        ("button", "fit"),
        ("press", "-"),
        ("button", "in"),
    ],
    "dark": [("scheme", "dark"), ("button", "theme"), ("media", "print")],
    "still": [("motion", "reduce"), ("click", "orders"), ("motion", "no-preference")],
}

GROUPS = "work: {label: Working, contains: [orders, dlq, worker]}"
SEARCH = [("press", "/"), ("type", "LAMBDA"), ("press", "Enter")]
PARTS = {"closed": [("click", "work"), *SEARCH], "alone": SEARCH}


def _quoted(text):
    return json.dumps(text, ensure_ascii=False)


def _page(estimate):
    drawn = picture.render(estimate)
    drawing = svg.render(lay_out(drawn), _assets.icons(drawn), _assets.web_fonts(), WEB, named=True)
    return web_page.render(estimate, findings(estimate), drawing, _assets.page())


def _overview(estimate):
    """The page of all groups closed, and that of one component: others are only told of."""
    closed, alone = (
        page.picture
        for page in pages.pages(
            estimate,
            picture.render(estimate),
            [View("o", "depth"), View("a", "contains", ("shop",))],
        )
    )
    for drawn in (closed, alone):
        icons, fonts = _assets.icons(drawn), _assets.web_fonts()
        drawing = svg.render(lay_out(drawn), icons, fonts, WEB, named=True)
        groups = [box for box in drawn.boxes if box.name not in estimate.topology.traffic]
        yield web_page.render(estimate, findings(estimate), drawing, _assets.page(), groups=groups)


def _run(script, *arguments, told=""):
    ended = subprocess.run(
        ["node", script, *map(str, arguments)],
        cwd=FOLDER,
        env={**os.environ, "CHROMIUM": CHROMIUM},
        input=told,
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    return [json.loads(line) for line in ended.stdout.splitlines()]


@pytest.fixture(scope="module")
def hostile():
    parts = [f"n{n}: {{type: client, label: {_quoted(t)}}}" for n, t in enumerate(HOSTILE)]
    flows = f"- n0 -> q: {{rate: 1/s, size: 1 KB, label: {_quoted(HOSTILE[0])}}}"
    return price(
        propagate(parse(spec_text("\n".join([*parts, "q: {type: sqs.queue}"]), flows))), PRICES
    )


@pytest.fixture(scope="module")
def used(tmp_path_factory, hostile):
    """What was seen after each step of each scene."""
    folder = tmp_path_factory.mktemp("pages")
    queue = price(propagate(parse(spec_text(QUEUE, FLOWS))), PRICES)
    (folder / "queue.html").write_text(_page(queue), "utf-8")
    (folder / "hostile.html").write_text(_page(hostile), "utf-8")
    scenes = {
        name: {"file": str(folder / "queue.html"), "steps": steps} for name, steps in STEPS.items()
    }
    grouped = price(propagate(parse(spec_text(QUEUE, FLOWS, groups=GROUPS))), PRICES)
    for (name, steps), text in zip(PARTS.items(), _overview(grouped), strict=True):
        (folder / f"{name}.html").write_text(text, "utf-8")
        scenes[name] = {"file": str(folder / f"{name}.html"), "steps": steps}
    scenes["hostile"] = {"file": str(folder / "hostile.html"), "steps": [("click", "n1")]}
    for path in SEEN:
        (folder / f"{path.stem}.html").write_text(_page(priced(path)[0]), "utf-8")
        scenes[path.stem] = {"file": str(folder / f"{path.stem}.html"), "steps": []}
    return {scene["name"]: scene for scene in _run("drive_page.mjs", told=json.dumps(scenes))}


SCENES = [*STEPS, *PARTS, "hostile", *(path.stem for path in SEEN)]


@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_loaded_said_or_forbidden(used, name):
    scene = used[name]

    assert scene["told"] == []
    # a script of somebody else's, which the driver adds at the end
    assert scene["blocked"]
    assert [url.partition(":")[0] for url in scene["asked"] if not url.startswith("data:")] == [
        "file"
    ]


@pytest.mark.parametrize("name", SCENES)
def test_something_is_drawn(used, name):
    with Image.open(io.BytesIO(base64.b64decode(used[name]["image"]))) as image:
        colours = image.convert("RGB").getcolors(1 << 24)

    assert len(colours) > 200
    assert max(count for count, _ in colours) < 0.97 * 1200 * 800


def test_a_click_shows_what_is_upstream_and_downstream(used):
    first, chosen, reset = used["chosen"]["states"]

    assert first["on"] == reset["on"] == []
    assert first["panel"] == reset["panel"] != chosen["panel"]
    assert chosen["on"] == ["shop", "orders", "dlq", "worker"]
    assert sorted(chosen["routes"]) == ["orders -> dlq", "orders -> worker", "shop -> orders"]
    assert chosen["status"] == "orders: 1 upstream, 2 downstream"


def test_the_panel_links_to_what_the_author_named(used):
    first, chosen, reset = used["chosen"]["states"]
    link = "https://wiki.example.com/orders?a=b&c='d'"

    # A browser writes an apostrophe of a query as %27.
    assert chosen["links"] == [[link.replace("'", "%27"), "_blank", "noopener noreferrer"]]
    assert link in chosen["text"]
    assert "step 2" in chosen["text"]
    assert first["links"] == reset["links"] == []


def test_a_reader_hears_settings_and_badges(used):
    first, *_ = used["chosen"]["states"]
    (heard,) = [words for words in first["cells"] if words.startswith("orders")]

    assert "visibility 10 s" in heard
    assert "encrypted with a KMS key" in heard


def test_a_closed_group_tells_of_its_members(used):
    _, group, *_, member = used["closed"]["states"]

    assert group["on"] == ["shop", "work"]
    assert group["panel"][:2] == ["Working", "Components"]
    assert group["status"] == "Working: 1 upstream, 0 downstream"
    assert "flag error" in group["flags"]
    assert (member["panel"][0], member["on"]) == ("worker", ["shop", "work"])


def test_what_is_not_drawn_is_told_of(used):
    *_, found = used["alone"]["states"]

    assert found["panel"][0] == "worker"
    assert found["on"] == ["shop"]


def test_the_panel_tells_load_cost_and_findings(used):
    _, chosen, _ = used["chosen"]["states"]

    assert chosen["panel"] == [
        "orders",
        "Findings",
        "Load",
        "Monthly cost",
        "Unit costs",
        "Upstream: 1",
        "Downstream: 2",
    ]
    # 10/s × 730 h × 3,600 s
    assert ["Messages/s", "10"] in chosen["facts"]
    assert ["Messages a month", "26,280,000"] in chosen["facts"]
    assert ["Message size", "1 KB"] in chosen["facts"]
    # 26.28M sends + 2.628M receives + 2.628M deletes = 31.536M × $0.40 per million = $12.6144,
    # https://aws.amazon.com/sqs/pricing/; the free million is a line of the account
    assert [row for row in chosen["rows"] if "$12.61" in row[-1]]
    # $12.6144 and 26,280 calls of the key at $0.03 for 10,000 are $12.69324 for 26.28M messages
    assert ["Per million messages", "$0.483"] in chosen["facts"]
    assert any("is 10 s, but worker may run for 60 s" in text for text in chosen["findings"])
    assert "flag error" in chosen["flags"]


def test_the_keyboard_walks_and_opens(used):
    *_, before, drawing, right, opened, down, home, end = used["keys"]["states"]

    assert used["keys"]["states"][1]["focus"] == "search"
    assert before["focus"] == "theme"
    assert drawing["focus"] == "shop"
    assert right["focus"] == "orders"
    assert (opened["focus"], opened["panel"][0]) == ("orders", "orders")
    assert down["focus"] == "dlq"
    assert (home["focus"], end["focus"]) == ("shop", "other")
    assert {state["stops"] for state in used["keys"]["states"]} == {1}
    assert set(end["roles"]) == {"button"}


def test_search_finds_by_service_and_jumps(used):
    _, slash, typed, jumped, _, nothing, reset = used["searched"]["states"]

    assert slash["focus"] == "search"
    assert [text.startswith("worker") for text in typed["found"]] == [True]
    assert (jumped["focus"], jumped["panel"][0], jumped["found"]) == ("worker", "worker", [])
    assert nothing["found"] == ["Nothing found."]
    assert (reset["found"], reset["on"]) == ([], [])


def test_the_view_zooms_and_moves(used):
    first, plus, wheel, dragged, fit, minus, button = (
        state["view"] for state in used["moved"]["states"]
    )

    assert first[2] > plus[2] > wheel[2]
    assert dragged[2:] == wheel[2:]
    assert dragged[0] < wheel[0]
    assert dragged[1] < wheel[1]
    assert fit == first
    assert minus[2] > fit[2]
    assert button[2] == pytest.approx(fit[2], abs=0.1)


def test_the_page_is_as_dark_as_the_reader_wants(used):
    light, dark, pressed, printed = (state["page"] for state in used["dark"]["states"])

    assert (light, dark) == ("rgb(255, 255, 255)", "rgb(15, 27, 42)")
    assert pressed == light
    assert used["dark"]["states"][-1]["bar"] == "none"
    assert printed in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_nothing_moves_for_readers_who_want_it_still(used):
    *_, still, moving = used["still"]["states"]

    assert set(still["moving"]) == {"none"}
    assert set(moving["moving"]) == {"flowing"}


def test_what_the_author_wrote_stays_text(used):
    first, chosen = used["hostile"]["states"]

    assert first["elements"] == chosen["elements"] == ["SCRIPT", "SCRIPT"]
    assert chosen["panel"][0] == HOSTILE[1]
    for label, text in zip(first["cells"], HOSTILE, strict=False):
        assert label.startswith(f"{text}, Clients")
    drawn = "".join(first["drawn"]).replace(" ", "")
    for text in HOSTILE:
        assert text.replace(" ", "") in drawn


def test_draw_io_puts_everything_where_the_scene_has_it(tmp_path, hostile):
    shown = {path.stem: picture.render(priced(path)[0]) for path in SPECS}
    shown["hostile"] = picture.render(hostile)
    scenes = {name: lay_out(drawn) for name, drawn in shown.items()}
    for name, scene in scenes.items():
        text = drawio.render(scene, _assets.icons(shown[name]))
        (tmp_path / f"{name}.drawio").write_text(text, "utf-8")
    for found in _run("read_drawio.mjs", *sorted(tmp_path.iterdir())):
        scene = scenes[Path(found["file"]).stem]
        for number, cell in enumerate(scene.cells, 1):
            x, y, wide, high = found["boxes"][f"component-{number}"]
            centre = (cell.picture.x + 26, cell.picture.y + 26)
            assert (x + wide / 2, y + high / 2) == pytest.approx(centre, abs=0.05)
        for number, route in enumerate(scene.routes, 1):
            points = found["edges"][f"flow-{number}"]
            middle = points if len(route.points) > 2 else [points[0], points[-1]]
            # mxGraph rounds corners to tenths
            for point, expected in zip(middle, route.points, strict=True):
                assert point == pytest.approx(expected, abs=0.11)
        for number, label in enumerate(scene.labels, 1):
            if label.step:
                continue
            x, y, *_ = found["boxes"][f"label-{number}"]
            at = label.rect
            centre = (at.x + at.width / 2, at.y + at.height / 2)
            assert (x, y) == pytest.approx(centre, abs=0.6)


def test_draw_io_puts_marks_where_the_scene_has_them(tmp_path):
    scene = decorated(texts=TEXTS)
    (tmp_path / "marks.drawio").write_text(drawio.render(scene, {}), "utf-8")
    (found,) = _run("read_drawio.mjs", tmp_path / "marks.drawio")
    marks = {f"label-{n}-step": label.step for n, label in enumerate(scene.labels, 1)}
    marks |= {f"step-{n}": note.mark for n, note in enumerate(scene.steps, 1)}
    for number, cell in enumerate(scene.cells, 1):
        marks |= {f"badge-{number}-{n}": badge for n, badge in enumerate(cell.badges, 1)}
        marks |= {f"heat-{number}": cell.heat} if cell.heat else {}

    assert len(marks) > 20
    for name, mark in marks.items():
        at = mark.rect
        near = 0.6 if name.startswith("label") else 0.05
        assert found["boxes"][name] == pytest.approx([at.x, at.y, at.width, at.height], abs=near)
    assert found["parents"]["component-2"] == "heat-2"
    for number, label in enumerate(scene.labels, 1):
        x, y, *_ = found["boxes"][f"label-{number}"]
        words = label.lines[0]
        assert (x, y) == pytest.approx((words.x, words.y - 3), abs=0.6)
