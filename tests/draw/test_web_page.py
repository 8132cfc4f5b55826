"""The interactive page: one small file that allows nothing but itself."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path

import pytest
from golden.made import PRICES, priced
from support import spec_text

from archcode.cli import _assets
from archcode.draw.layout import lay_out
from archcode.draw.look import DARK, LIGHT
from archcode.draw.web import WEB, variables
from archcode.estimate import price
from archcode.headroom import headroom_of
from archcode.render import pages, picture, svg, web_page
from archcode.rules import findings
from archcode.spec.parse import parse
from archcode.spec.view import View
from archcode.topology import propagate

SPECS = sorted((Path(__file__).parents[2] / "specs").glob("*.yaml"))
COMPONENTS = """
shop: {type: client, label: "</script><script>alert(1)</script> & <!--"}
orders.fifo: {type: sqs.queue, fifo_queue: true, visibility_timeout: 10 s}
orders: {type: sqs.queue}
worker: {type: lambda.function, timeout: 60 s, duration: 0.5 s, memory_size: 128}
"""
FLOWS = "- shop -> orders.fifo: {rate: 10/s, size: 1 KB}\n- orders.fifo -> worker: {batch: 10}"


def page(estimate, found):
    drawn = picture.render(estimate)
    drawing = svg.render(lay_out(drawn), _assets.icons(drawn), _assets.web_fonts(), WEB, named=True)
    return web_page.render(estimate, found, drawing, _assets.page(), headroom_of(estimate))


@pytest.fixture(scope="module")
def hostile():
    estimate = price(propagate(parse(spec_text(COMPONENTS, FLOWS))), PRICES)
    return page(estimate, findings(estimate))


class Scripts(HTMLParser):
    """The scripts and styles of a page, as a browser finds them."""

    def __init__(self, text):
        super().__init__()
        self.found, self._open = [], None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "style"}:
            self.found.append([tag, dict(attributes), ""])
            self._open = tag

    def handle_data(self, data):
        if self._open:
            self.found[-1][2] += data

    def handle_endtag(self, tag):
        if tag == self._open:
            self._open = None


def model(text):
    return next(
        json.loads(content)
        for _, attributes, content in Scripts(text).found
        if attributes.get("id") == "model"
    )


def test_the_policy_allows_the_texts_of_the_page_only(hostile):
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', hostile).group(1)
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    digests = {
        tag: {
            f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"
            for name, attributes, text in Scripts(hostile).found
            if name == tag and not attributes
        }
        for tag in ("script", "style")
    }

    assert rules.pop("script-src").split() == [*digests["script"]]
    assert set(rules.pop("style-src").split()) == digests["style"]
    assert (len(digests["script"]), len(digests["style"])) == (1, 2)
    assert rules == {
        "default-src": "'none'",
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_no_part_has_a_style_or_a_handler_of_its_own(hostile):
    """The policy would forbid them."""
    assert not re.search(r"<[^>]* (style|on\w+)=", hostile.partition("<body>")[2])


def test_no_text_ends_the_model(hostile):
    assert [tag for tag, *_ in Scripts(hostile).found] == ["style", "style", "script", "script"]
    assert model(hostile)["components"][0]["label"] == ("</script><script>alert(1)</script> & <!--")


def test_findings_are_those_of_the_longest_name(hostile):
    told = {part["name"]: part["findings"] for part in model(hostile)["components"]}

    rules = [finding["rule"] for finding in told["orders.fifo"]]
    assert "visibility_timeout_below_function_timeout" in rules
    assert [finding["rule"] for finding in told["orders"]] == ["unconnected_component"]


def test_limits_are_those_of_each_component(hostile):
    """10/s in batches of 10 x 0.5 s = 0.5 batches at a time, of 1,250."""
    limits = {part["name"]: part["limits"] for part in model(hostile)["components"]}

    assert limits["worker"][0] == [
        "queue_mapping_concurrency",
        "1",
        "1,250 batches at a time",
        "99.92%",
        "more than 1,000x",
    ]
    assert limits["shop"] == []


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_is_small_and_the_same_twice(path):
    estimate, found = priced(path)
    text = page(estimate, found)
    bare = re.sub(r"data:[\w/]+;base64,[A-Za-z0-9+/=]+", "", text)

    assert len(bare.encode()) < 60_000
    assert text == page(estimate, found)
    names = re.findall(r'<g class="cell" data-name="([^"]+)">', text)
    assert (
        names
        == [part["name"] for part in model(text)["components"]]
        == [*estimate.topology.spec.components]
    )
    assert text.count('<g class="route"') == len(model(text)["flows"])


def test_variables_are_those_of_both_themes():
    assert variables(LIGHT).keys() == variables(DARK).keys()
    for name, colour in variables(WEB).items():
        assert colour == f"var(--{name})"


def test_the_style_has_every_variable_that_it_uses(hostile):
    style = Scripts(hostile).found[0][2]
    blocks = [set(re.findall(r"--([\w-]+):", line)) for line in style.splitlines()[:3]]

    assert blocks[0] == blocks[1] == blocks[2] > variables(LIGHT).keys()
    assert set(re.findall(r"var\(--([\w-]+)\)", hostile)) <= blocks[0]


def test_the_script_writes_text_only():
    script = _assets.page()["page.js"]

    assert not re.findall(r"innerHTML|outerHTML|insertAdjacent|\.write|eval|Function\(", script)
    assert not re.findall(r"fetch|XMLHttp|import|localStorage", script)
    assert re.findall(r"https?:[^\"]*", script) == ["http://www.w3.org/2000/svg", "https://"]


def test_a_closed_group_is_known_by_its_members():
    groups = "work: {label: Work & more, contains: [inner]}\ninner: {contains: [orders, worker]}"
    estimate = price(propagate(parse(spec_text(COMPONENTS, FLOWS, groups=groups))), PRICES)
    (drawn,) = (
        page.picture
        for page in pages.pages(estimate, picture.render(estimate), [View("o", "depth")])
    )
    drawing = svg.render(lay_out(drawn), _assets.icons(drawn), _assets.web_fonts(), WEB, named=True)
    boxes = [box for box in drawn.boxes if box.name == "work"]
    found = findings(estimate)
    told = model(web_page.render(estimate, found, drawing, _assets.page(), None, boxes))
    (group,) = told["groups"]
    parts = {part["name"]: part for part in told["components"]}

    assert (group["label"], group["summary"]) == ("Work & more", "2 components")
    assert group["members"] == ["orders", "worker"]
    assert group["findings"] == [*parts["orders"]["findings"], *parts["worker"]["findings"]] != []
    assert group.keys() - {"members"} == parts["orders"].keys()
