"""Digests of the parts of files that are packed or large: what goldens say of them.

Nothing here depends on how well a library packs: what is digested is what was packed.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterator

_DATA = re.compile(r"data:[\w/+.-]+(?:;base64)?,[A-Za-z0-9+/=]+")
_PAGE = re.compile(
    r'content="(?P<policy>default-src [^"]*)"'
    r"|<style>(?P<style>.*?)</style>"
    r"|(?P<drawing><svg .*</svg>)"
    r'|<script type="application/json" id="model">(?P<model>.*?)</script>'
    r"|<script>(?P<script>.*?)</script>",
    re.DOTALL,
)
_OBJECT = re.compile(rb"\d+ 0 obj\s+(<<.*?>>)\s*(?:stream\r?\n(.*?)endstream\s*)?endobj", re.DOTALL)
_FONT = re.compile(rb"/FontFile2 (\d+) 0 R\s+/FontName /\w+\+([\w-]+)")
_CONTENTS = re.compile(rb"/Contents (\d+) 0 R /MediaBox \[ ([\d. ]+) \]")
_LINK = re.compile(rb"/URI \((.*?)\)\s*>>.*?/Rect \[ ([\d. ]+) \]", re.DOTALL)


def shortened(drawing: str) -> str:
    """A drawing with the sha256 of each font and icon in its place."""
    return _DATA.sub(_digest, drawing)


def deck(data: bytes) -> str:
    """The slides and notes of a deck, each with the sha256 of its canonical XML."""
    lines = []
    with ZipFile(BytesIO(data)) as file:
        for name in sorted(file.namelist(), key=lambda name: (len(name), name)):
            if name.startswith(("ppt/slides/", "ppt/notesSlides/")):
                text = ET.canonicalize(file.read(name).decode())
                lines.append(f"{name} {_sha256(text)}")
    return "\n".join(lines) + "\n"


def page(data: bytes) -> str:
    """The policy of an interactive page, and the sha256 of each part and of what is around them."""
    text = data.decode()
    lines = [line for part in _PAGE.finditer(text) for line in _part(part)]
    return "\n".join([*lines, f"frame {_sha256(_PAGE.sub('', text))}"]) + "\n"


def pdf(data: bytes) -> str:
    """The size, content, fonts and links of a page of PDF."""
    objects = {int(found[0].split()[0]): found for found in _OBJECT.finditer(data)}
    lines = []
    for found in objects.values():
        for number, size in _CONTENTS.findall(found[1]):
            lines += [f"page {size.decode()}", f"content {_stream(objects[int(number)])}"]
        for number, name in _FONT.findall(found[1]):
            lines.append(f"font {name.decode()} {_stream(objects[int(number)])}")
        for link, place in _LINK.findall(found[1]):
            lines.append(f"link {link.decode()} at {place.decode()}")
    return "\n".join(lines) + "\n"


def _digest(match: re.Match[str]) -> str:
    kind, _, data = match.group().replace(";base64", "").partition(",")
    return f"{kind};{_sha256(data)}"


def _part(found: re.Match[str]) -> Iterator[str]:
    """The lines of one part: a model has one of each key, and of each component."""
    name, text = found.lastgroup, found[found.lastgroup]
    if name == "policy":
        yield f"{name} {text}"
    elif name == "model":
        model = json.loads(text)
        for component in model.pop("components"):
            yield f"model component {component['name']} {_sha256(json.dumps(component))}"
        yield from (f"model {key} {_sha256(json.dumps(value))}" for key, value in model.items())
    else:
        yield f"{name} {_sha256(shortened(text))}"


def _stream(found: re.Match[bytes]) -> str:
    # What follows the end of the packed data is left alone.
    return _sha256(zlib.decompressobj().decompress(found[2]))


def _sha256(data: str | bytes) -> str:
    told = data.encode() if isinstance(data, str) else data
    return f"sha256,{hashlib.sha256(told).hexdigest()[:16]}"
