"""draw.io files: well-formed, tied together, and everything where the scene has it."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import DARK
from archcode.draw.picture import Arrow, Box, Picture
from archcode.render import drawio
from archcode.render._aws4 import GROUPS, SHAPES
from archcode.services import FULL_NAMES

SERVICES = Path(drawio.__file__).parents[1] / "services"
SOURCE = (
    "github:jgraph/drawio@003149591ef1a573ae8f5ab518aa81e870ada759:"
    "src/main/webapp/js/diagramly/sidebar/Sidebar-AWS4.js"
)
"""Where these stand: tiles under `resourceIcon;resIcon=`, signs with width and height."""
TILES = {
    *("api_gateway", "dynamodb", "ec2", "ecs", "elasticsearch_service", "eventbridge", "fargate"),
    *("iot_core", "key_management_service", "kinesis_data_firehose", "kinesis_data_streams"),
    *("lambda", "managed_streaming_for_kafka", "mq", "redshift", "s3", "sns", "sqs"),
    "step_functions",
}
SIGNS = {
    "application_load_balancer": (78, 78),
    "event": (78, 78),
    "event_resource": (78, 78),
    "eventbridge_pipes": (78, 78),
    "eventbridge_scheduler": (78, 78),
    "eventbridge_schema": (78, 78),
    "internet_alt1": (78, 48),
    "mobile_client": (41, 78),
    "network_load_balancer": (78, 78),
    "rule": (46, 78),
    "rule_3": (78, 68),
    "traditional_server": (45, 78),
    "users": (78, 78),
}
SIGNS_OF_GROUPS = {"group_account", "group_aws_cloud_alt", "group_region", "group_vpc2"}


class Cells(dict[str, ET.Element]):
    """The cells of a file by their id, with their places on the page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.root = ET.fromstring(text)
        parts = [e for e in self.root.iter() if e.tag in {"mxCell", "UserObject"}]
        # The cell of an object has its id from the object.
        self.ids = [e.get("id") for e in parts if e.get("id")]
        for element in self.root.iter("mxCell"):
            if element.get("id"):
                self[element.get("id")] = element
        self.objects = {e.get("id"): e for e in self.root.iter("UserObject")}
        self.update({name: e.find("mxCell") for name, e in self.objects.items()})

    def style(self, name):
        return dict(re.findall(r"(\w+)=([^;]*);", self[name].get("style")))

    def place(self, name):
        """Left, top, width and height on the page: a cell's are relative to its parent."""
        shape = self[name].find("mxGeometry")
        x, y, wide, high = (float(shape.get(k, 0)) for k in ("x", "y", "width", "height"))
        parent = self[name].get("parent")
        if parent != "1":
            left, top, *_ = self.place(parent)
            return x + left, y + top, wide, high
        return x, y, wide, high

    def line(self, name):
        """The points of an arrow: where it is tied, and its corners."""
        cell, style = self[name], self.style(name)
        points = [(float(p.get("x")), float(p.get("y"))) for p in cell.iter("mxPoint")]
        ends = []
        for end, box in (("exit", "source"), ("entry", "target")):
            x, y, wide, high = self.place(cell.get(box))
            ends.append((x + wide * float(style[f"{end}X"]), y + high * float(style[f"{end}Y"])))
        return [ends[0], *points, ends[1]]


def drawn(picture, theme=None):
    icons = _assets.icons(picture)
    scene = lay_out(picture)
    return scene, Cells(drawio.render(scene, icons, *([theme] if theme else [])))


class Shown(HTMLParser):
    """The tags and the text of a label."""

    def __init__(self, label):
        super().__init__()
        self.tags, self.text = set(), []
        self.feed(label)
        self.close()

    def handle_starttag(self, tag, _attributes):
        self.tags.add(tag)

    def handle_data(self, data):
        self.text.append(data)


def near(one, two):
    return one == pytest.approx(two, abs=0.01)


def test_every_part_is_there_once(picture):
    scene, cells = drawn(picture)

    assert len(cells.ids) == len(set(cells.ids))
    for kind, parts in (
        ("frame", scene.frames),
        ("component", scene.cells),
        ("flow", scene.routes),
        ("label", [label for label in scene.labels if label.lines]),
        ("heading", scene.heading),
    ):
        found = [name for name in cells if re.fullmatch(rf"{kind}-\d+", name)]
        assert len(found) == len(parts), kind
    assert {c.get("parent") for c in cells.values()} - {None} <= set(cells)


def test_everything_is_where_the_scene_has_it(picture):
    scene, cells = drawn(picture)
    frames = sorted(cells.place(name) for name in cells if name.startswith("frame-"))
    expected = sorted((f.rect.x, f.rect.y, f.rect.width, f.rect.height) for f in scene.frames)

    assert len(frames) == len(expected)
    assert all(near(one, two) for one, two in zip(frames, expected, strict=True))
    for number, cell in enumerate(scene.cells, 1):
        x, y, wide, high = cells.place(f"component-{number}")
        at, shape = cell.picture, SHAPES.get(cell.icon)
        assert near((x + wide / 2, y + high / 2), (at.x + at.width / 2, at.y + at.height / 2))
        assert near(wide, at.width * (shape.wide if shape else 1))
        assert near(high, at.height * (shape.high if shape else 1))


def test_parents_are_the_frames_around(picture):
    scene, cells = drawn(picture)
    inside = {member: frame.name for frame in picture.frames for member in frame.contains}
    for number, cell in enumerate(scene.cells, 1):
        parent = cells[f"component-{number}"].get("parent")
        if parent.startswith("heat-"):
            parent = cells[parent].get("parent")
        if cell.name not in inside:
            assert parent == "1"
            continue
        around = next(
            f for f in scene.frames if f.name == inside[cell.name] and f.rect.encloses(cell.picture)
        )
        rect = around.rect
        assert near(cells.place(parent), (rect.x, rect.y, rect.width, rect.height))


def test_arrows_are_tied_and_keep_their_corners(picture):
    scene, cells = drawn(picture)
    names = {cell.name: f"component-{n}" for n, cell in enumerate(scene.cells, 1)}
    for number, route in enumerate(scene.routes, 1):
        name = f"flow-{number}"
        assert cells[name].get("source") == names[route.source]
        assert cells[name].get("target") == names[route.target]
        line = cells.line(name)
        assert near(line[0], route.points[0])
        assert near(line[-1], route.points[-1])
        if len(route.points) > 2:
            assert all(near(*pair) for pair in zip(line, route.points, strict=True))
        assert ("dashed" in cells.style(name)) == (route.kind == "redrive")


def test_labels_are_tied_to_an_arrow_of_their_kind(picture):
    scene, cells = drawn(picture)
    for number, label in enumerate(scene.labels, 1):
        cell = cells[f"label-{number}" if label.lines else f"label-{number}-step"]
        route = scene.routes[int(cell.get("parent").removeprefix("flow-")) - 1]
        assert route.kind == label.kind
        offset = cell.find("mxGeometry/mxPoint")
        away = abs(float(offset.get("x"))) + abs(float(offset.get("y")))
        assert away <= label.rect.height / 2 + label.rect.width / 2 + 10
        assert -1 <= float(cell.find("mxGeometry").get("x")) <= 1


def test_shapes_are_draw_ios_own():
    assert {s.name for s in SHAPES.values() if s.tile} <= TILES
    for shape in SHAPES.values():
        if not shape.tile:
            wide, high = SIGNS[shape.name]
            assert near((shape.wide * 78, shape.high * 78), (wide, high)), SOURCE
        assert re.fullmatch(r"(#[0-9A-F]{6})?", shape.colour)
    assert set(GROUPS.values()) == SIGNS_OF_GROUPS


def test_every_icon_of_aws_has_a_shape():
    named = {
        path
        for module in SERVICES.glob("*.py")
        for path in re.findall(r"aws/[\w/-]+\.png", module.read_text("utf-8"))
    }
    named |= {f"aws/compute/{name}.png" for name in ("fargate", "elastic-container-service")}
    named |= {f"aws/network/elb-{name}-load-balancer.png" for name in ("application", "network")}

    assert FULL_NAMES
    assert named == set(SHAPES)


def test_a_tile_has_the_colour_of_its_category():
    _, cells = drawn(Picture("T", boxes=(Box("a", "A", icon="aws/compute/lambda.png"),)))

    style = cells.style("component-1")
    assert style["shape"] == "mxgraph.aws4.resourceIcon"
    assert style["resIcon"] == "mxgraph.aws4.lambda"
    assert (style["fillColor"], style["strokeColor"]) == ("#ED7100", "#ffffff")


def test_an_icon_without_a_shape_is_a_picture_else_a_box():
    boxes = (Box("a", "A", icon="onprem/queue/kafka.png"), Box("b", "B", icon="aws/none.png"))
    _, cells = drawn(Picture("T", boxes=boxes))

    picture, box = cells.style("component-1"), cells.style("component-2")
    assert picture["shape"] == "image"
    # draw.io's styles end at a semicolon, so the usual ";base64" is left out
    assert picture["image"].startswith("data:image/png,iVBORw0KGgo")
    assert "shape" not in box
    assert box["fillColor"] == "#F2F3F5"


def test_dark_pages_have_dark_colours():
    picture = Picture("T", boxes=(Box("a", "A", icon="aws/general/users.png"),))
    _, light = drawn(picture)
    _, dark = drawn(picture, DARK)

    assert light.root.find(".//mxGraphModel").get("background") == "#FFFFFF"
    assert dark.root.find(".//mxGraphModel").get("background") == "#0F1B2A"
    assert light.style("component-1")["fillColor"] == "#16191F"
    assert dark.style("component-1")["fillColor"] == "#F4F6F9"


def test_hostile_text_stays_text(examples):
    scene, cells = drawn(examples["hostile"])
    for element in cells.root.iter():
        for name in ("label", "value", "tooltip"):
            shown = Shown(element.get(name, ""))
            assert shown.tags <= {"b", "br", "font"}, element.get(name)
            assert "\u202e" not in "".join(shown.text)
    caption = Shown(cells.objects["component-1"].get("label"))
    assert caption.text == [line.text for line in scene.cells[0].lines]
    assert "<script>" in "".join(caption.text)
    tooltip = Shown(cells.objects["component-1"].get("tooltip"))
    assert "".join(tooltip.text) == scene.cells[0].tooltip
    assert cells.root.find("diagram").get("name") == scene.title


def test_no_text_can_add_to_a_style():
    text = "a;shape=image;image=https://example.org/x.png;"
    arrows = (Arrow("a", "b", text),)
    _, cells = drawn(Picture(text, text, (Box("a", text, (text,), text), Box("b", text)), arrows))

    assert not [c.get("style") for c in cells.values() if "example.org" in (c.get("style") or "")]


def test_is_the_same_twice(examples):
    picture = examples["lanes"]
    first, second = (drawio.render(lay_out(picture), _assets.icons(picture)) for _ in range(2))

    assert first == second
