"""An estimate as one page for a browser: the drawing, and what is known of each component.

Nothing is loaded from anywhere: script, style, icons and fonts are in the file, and the policy in
it allows no others (https://www.w3.org/TR/CSP3/).
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from string import Template
from typing import TYPE_CHECKING

from archcode.draw.look import DARK, LIGHT
from archcode.draw.metrics import clean
from archcode.draw.web import variables
from archcode.render._margins import rows
from archcode.render._page_model import document
from archcode.render._xml import escape

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archcode.draw.look import Theme
    from archcode.draw.picture import Box
    from archcode.estimate import Estimate
    from archcode.headroom import Headroom
    from archcode.model import Finding

_STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_OWN = {
    "light": {
        "accent": "#0972D3",
        "chosen": "#0972D31A",
        "edge": "#D5DBDB",
        "error": "#D13212",
        "warning": "#B7791F",
    },
    "dark": {
        "accent": "#6CB4FF",
        "chosen": "#6CB4FF26",
        "edge": "#33475F",
        "error": "#FF6B5E",
        "warning": "#F2B84B",
    },
}
"""Colours of the page that no picture has."""


def render(
    estimate: Estimate,
    findings: Sequence[Finding],
    drawing: str,
    assets: Mapping[str, str],
    headroom: Headroom | None = None,
    groups: Sequence[Box] = (),
) -> str:
    """The page around a drawing, an SVG of the theme `web` whose parts are named.

    `assets` are `page.html`, `page.css` and `page.js`; `headroom` is what is left of
    each component's limits, where that is asked for; `groups` are the boxes of closed groups.
    """
    style = _colours() + assets["page.css"]
    script = assets["page.js"]
    styles = [style, *_STYLE.findall(drawing)]
    return Template(assets["page.html"]).substitute(
        policy=_policy(script, styles),
        title=escape(clean(estimate.topology.spec.title)),
        style=style,
        drawing=drawing.strip(),
        model=_json(document(estimate, findings, rows(headroom) if headroom else {}, groups)),
        script=script,
    )


def _policy(script: str, styles: Sequence[str]) -> str:
    """Nothing but these texts, and data in the file itself."""
    rules = {
        "default-src": "'none'",
        "script-src": _hash(script),
        "style-src": " ".join(map(_hash, styles)),
        "img-src": "data:",
        "font-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _colours() -> str:
    """Light on paper and where nothing else is asked for; the button of the page decides first."""
    asked = '@media screen and (prefers-color-scheme:dark){:root:not([data-theme="light"])'
    pressed = '@media screen{:root[data-theme="dark"]'
    light, dark = _block(LIGHT), _block(DARK)
    return f":root{{{light}}}\n{asked}{{{dark}}}}}\n{pressed}{{{dark}}}}}\n"


def _block(theme: Theme) -> str:
    colours = variables(theme) | _OWN[theme.name]
    return "".join(f"--{name}:{colour};" for name, colour in colours.items())


def _json(value: object) -> str:
    """JSON in which nothing ends or opens an element, whatever the spec says."""
    text = json.dumps(value, separators=(",", ":"))
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
