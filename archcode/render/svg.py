"""A scene as one self-contained SVG: icons and fonts inside, the same bytes every time."""

from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256

from archcode.draw.glyphs import lock
from archcode.draw.look import DASHES, FONT, KINDS, LIGHT, STROKE, TEXT, BoxLook, Theme
from archcode.draw.parts import BADGE
from archcode.draw.pen import Pen, Step, head
from archcode.draw.picture import ArrowKind
from archcode.draw.scene import Border, Cell, Key, Line, Mark, Point, Rect, Route, Scene
from archcode.render._xml import escape

_WEIGHT = {False: 400, True: 600}
_FACE = (
    "@font-face{{font-family:'{family}';font-weight:{weight};"
    "src:url(data:font/woff2;base64,{data}) format('woff2');unicode-range:{range}}}"
)
_RANGE = {"latin": "U+0-FF,U+2010-2027,U+2030,U+20AC,U+2192", "further": "U+100-2FFF"}
_LATIN = {*range(0x100), *range(0x2010, 0x2028), 0x2030, 0x20AC, 0x2192}


def render(
    scene: Scene,
    icons: Mapping[str, bytes],
    fonts: Mapping[str, bytes],
    theme: Theme = LIGHT,
    *,
    named: bool = False,
) -> str:
    """The SVG text; icons are PNGs by path, fonts are WOFF2s by weight and alphabet.

    Where the parts are `named`, a script of the page around the drawing finds them.
    """
    pen = Pen()
    wide, high = _n(scene.width), _n(scene.height)
    size = f'width="{wide}" height="{high}" viewBox="0 0 {wide} {high}"'
    names = 'class="archcode" role="img" aria-labelledby="archcode-title archcode-description"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {names}>',
        f'<title id="archcode-title">{escape(scene.title)}</title>',
        f'<desc id="archcode-description">{escape(scene.description)}</desc>',
        f"<style>{''.join(_styles(scene, fonts, theme))}</style>",
        f"<defs>{''.join(_icons(scene, icons))}</defs>",
        f'<rect width="100%" height="100%" fill="{theme.page}"/>',
        *map(_text, scene.heading),
        *(_frame(frame, theme) for frame in scene.frames),
        *(_mark(cell.heat, theme) for cell in scene.cells if cell.heat),
        *(_route(route, pen, named=named) for route in scene.routes),
        *(_frame_title(frame, theme) for frame in scene.frames),
        *(_cell(cell, icons, theme, named=named) for cell in scene.cells),
        *(_labelled(label.lines, label.step, theme) for label in scene.labels),
        *(_key(key, pen) for key in scene.legend),
        *(_labelled(n.lines, n.mark, theme) for n in (*scene.signs, *scene.scale, *scene.steps)),
        "</svg>\n",
    ]
    return "\n".join(parts)


def _styles(scene: Scene, fonts: Mapping[str, bytes], theme: Theme) -> Iterator[str]:
    used = {ord(character) for line in scene.lines for character in line.text}
    for alphabet, needed in (("latin", True), ("further", bool(used - _LATIN))):
        for name, weight in (("regular", 400), ("semibold", 600)):
            data = fonts.get(f"{name}-{alphabet}")
            if needed and data:
                yield _FACE.format(
                    family=FONT,
                    weight=weight,
                    data=b64encode(data).decode(),
                    range=_RANGE[alphabet],
                )
    # The class of the root keeps these rules to the drawing when it is put into a web page.
    yield f".archcode text{{font-family:'{FONT}','Source Sans 3',Arial,sans-serif}}"
    roles = {line.role for line in (*scene.lines, *_cloud_badges(scene))}
    for role, look in TEXT.items():
        if role not in roles:
            continue
        font = f"font-size:{_n(look.size)}px;font-weight:{_WEIGHT[look.bold]}"
        yield f".archcode .{role}{{{font};fill:{theme.ink[role]}}}"
    for place, frame in theme.frames.items():
        yield f".archcode .{place}{{fill:{frame.text}}}"
    for kind in KINDS:
        colour, dashes = theme.arrows[kind], DASHES.get(kind, ())
        dash = f";stroke-dasharray:{_dash(dashes)}" if dashes else ""
        line = f"fill:none;stroke:{colour};stroke-width:{STROKE}{dash}"
        yield f".archcode .{kind}{{{line}}}.archcode .{kind}-head{{fill:{colour}}}"


def _icons(scene: Scene, icons: Mapping[str, bytes]) -> Iterator[str]:
    for path in sorted({cell.icon for cell in scene.cells if cell.icon in icons}):
        data = b64encode(icons[path]).decode()
        side = _n(scene.cells[0].picture.width)
        yield (
            f'<image id="{_id(path)}" width="{side}" height="{side}" '
            f'href="data:image/png;base64,{data}"/>'
        )


def _id(path: str) -> str:
    return f"icon-{sha256(path.encode()).hexdigest()[:10]}"


def _frame(frame: Border, theme: Theme) -> str:
    box = _rect(frame.rect, theme.frames[frame.kind].box)
    return f"<g>{_tooltip(frame.tooltip)}{box}</g>"


def _frame_title(frame: Border, theme: Theme) -> str:
    """The title over the arrows, on a plate of the frame's own colour."""
    behind = BoxLook(fill=theme.behind(frame.kind))
    plate = _rect(frame.plate, behind) if frame.lines else ""
    badge = _badge(frame, theme) if frame.kind == "cloud" else ""
    return plate + badge + "".join(_text(line, frame.kind) for line in frame.lines)


def _rect(rect: Rect, look: BoxLook) -> str:
    dash = f' stroke-dasharray="{_dash(look.dash)}"' if look.dash else ""
    radius = f' rx="{_n(look.radius)}"' if look.radius else ""
    return (
        f'<rect{_place(rect)}{radius} fill="{look.fill}" '
        f'stroke="{look.colour or "none"}" stroke-width="{_n(look.stroke)}"{dash}/>'
    )


def _place(rect: Rect) -> str:
    size = f'width="{_n(rect.width)}" height="{_n(rect.height)}"'
    return f' x="{_n(rect.x)}" y="{_n(rect.y)}" {size}'


def _badge(frame: Border, theme: Theme) -> str:
    """The dark square that marks the AWS cloud."""
    x, y = frame.rect.x + 3, frame.rect.y + 3
    fill = theme.badge.fill
    square = f'<rect x="{_n(x)}" y="{_n(y)}" width="{BADGE:g}" height="{BADGE:g}" fill="{fill}"/>'
    return square + _text(_aws(frame))


def _aws(frame: Border) -> Line:
    x, y = frame.rect.x + 3, frame.rect.y + 3
    return Line("aws", x + BADGE / 2, y + BADGE / 2 + 2, "badge")


def _cloud_badges(scene: Scene) -> Iterator[Line]:
    """The texts that the scene leaves to its renderers."""
    return (_aws(frame) for frame in scene.frames if frame.kind == "cloud")


def _cell(cell: Cell, icons: Mapping[str, bytes], theme: Theme, *, named: bool) -> str:
    at = cell.picture
    if cell.icon in icons:
        plate = theme.under(cell.icon)
        behind = _rect(cell.shown, plate) if plate else ""
        icon = f'{behind}<use href="#{_id(cell.icon)}" x="{_n(at.x)}" y="{_n(at.y)}"/>'
    else:
        icon = _rect(at, theme.blank)
    badges = "".join(_mark(badge, theme) for badge in cell.badges)
    lines = _texts(cell.lines)
    start = f'<g class="cell" data-name="{escape(cell.name)}">{_ground(cell)}' if named else "<g>"
    # A click on a part of a page chooses it; the page has the link beside the drawing.
    shown = f"{icon}{badges}{lines}" if named else _linked(f"{icon}{badges}{lines}", cell.link)
    return f"{start}{_tooltip(cell.tooltip)}{shown}</g>"


def _linked(content: str, link: str) -> str:
    """What opens an address in another tab, which learns nothing of this one."""
    if not link:
        return content
    return f'<a href="{escape(link)}" target="_blank" rel="noopener noreferrer">{content}</a>'


def _ground(cell: Cell) -> str:
    """What takes a click anywhere on a box, and shows that it is chosen."""
    left, right = min(cell.picture.x, cell.caption.x), max(cell.picture.right, cell.caption.right)
    rect = Rect(
        left - 4, cell.picture.y - 4, right - left + 8, cell.caption.bottom - cell.picture.y + 8
    )
    return f'<rect class="ground"{_place(rect)} rx="6" fill="none" pointer-events="all"/>'


def _route(route: Route, pen: Pen, *, named: bool) -> str:
    line = " ".join(f"{_n(x)},{_n(y)}" for x, y in route.points)
    ends = f'data-from="{escape(route.source)}" data-to="{escape(route.target)}"'
    start = f'<g class="route" {ends} data-line="{line}">' if named else "<g>"
    return f"{start}{_tooltip(route.tooltip)}{_arrow(route.kind, route.points, pen)}</g>"


def _arrow(kind: ArrowKind, points: Sequence[Point], pen: Pen) -> str:
    path = _path(pen.steps(kind, points))
    triangle = " ".join(f"{_n(x)},{_n(y)}" for x, y in head(points))
    line = f'<path class="{kind}" d="{path}"/>' if path else ""
    return f'{line}<polygon class="{kind}-head" points="{triangle}"/>'


def _path(steps: Iterable[Step]) -> str:
    return "".join(letter + " ".join(f"{_n(x)} {_n(y)}" for x, y in ends) for letter, ends in steps)


def _labelled(lines: Iterable[Line], mark: Mark | None, theme: Theme) -> str:
    """Words with a mark at their left."""
    return (_mark(mark, theme) if mark else "") + _texts(lines)


def _mark(mark: Mark, theme: Theme) -> str:
    """The shape of a mark with its text, or a lock where it has none and means encryption."""
    shape = _rect(mark.rect, theme.marks[mark.role])
    return shape + (_lock(mark.rect, theme) if mark.role == "encrypted" else _texts(mark.lines))


def _lock(square: Rect, theme: Theme) -> str:
    drawn, ink = lock(square), theme.ink["step"]
    stroke = f'stroke="{ink}" stroke-width="{_n(drawn.stroke)}"'
    return _rect(drawn.body, BoxLook(fill=ink, radius=1)) + (
        f'<path d="{_path(drawn.bow)}" fill="none" {stroke}/>'
    )


def _key(key: Key, pen: Pen) -> str:
    return _arrow(key.kind, key.points, pen) + _text(key.line)


def _texts(lines: Iterable[Line]) -> str:
    return "".join(map(_text, lines))


def _text(line: Line, frame: str = "") -> str:
    """A line of text; the title of a frame has the colour of its kind."""
    anchor = ' text-anchor="middle"' if line.anchor == "middle" else ""
    role = f"{line.role} {frame}" if frame else line.role
    return (
        f'<text class="{role}" x="{_n(line.x)}" y="{_n(line.y)}"{anchor}>{escape(line.text)}</text>'
    )


def _tooltip(text: str) -> str:
    return f"<title>{escape(text)}</title>" if text else ""


def _dash(lengths: Iterable[float]) -> str:
    return " ".join(map(_n, lengths))


def _n(number: float) -> str:
    return f"{round(number, 2):g}" if abs(number) < 1000 else f"{round(number, 2):.10g}"
