"""A scene as one page of vector PDF, the same bytes every time."""

from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from archcode.draw.glyphs import lock
from archcode.draw.look import DASHES, LIGHT, STROKE, TEXT, BoxLook, Theme
from archcode.draw.metrics import width
from archcode.draw.parts import BADGE
from archcode.draw.pen import Pen, head
from archcode.draw.scene import Border, Cell, Key, Line, Mark, Rect, Route, Scene
from archcode.render._strokes import Strokes

if TYPE_CHECKING:
    from PIL.Image import Image
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

_FONTS = {False: "regular", True: "semibold"}
_CREATOR = "archcode"


def render(
    scene: Scene,
    icons: "Mapping[str, bytes | Image]",
    fonts: Mapping[str, bytes],
    theme: Theme = LIGHT,
) -> bytes:
    """The PDF; icons are by path, PNGs or images of Pillow's, fonts are TTFs by weight."""
    # 50 ms to load, and only PDF and PNG need it.
    from reportlab import rl_config
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfgen.canvas import Canvas

    # Streams as text are a quarter larger, and take a third of the time of a small page.
    rl_config.useA85 = 0
    for weight in _FONTS.values():
        registerFont(_font(weight, fonts[weight]))
    out = BytesIO()
    canvas = Canvas(out, pagesize=(scene.width, scene.height), invariant=1, pageCompression=1)
    canvas.setTitle(scene.title)
    canvas.setSubject(scene.description)
    canvas.setCreator(_CREATOR)
    pictures = {path: ImageReader(_source(icons[path])) for path in sorted(icons)}
    _Sheet(canvas, scene.height, pictures, theme).draw(scene)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _source(icon: "bytes | Image") -> "BytesIO | Image":
    return BytesIO(icon) if isinstance(icon, bytes) else icon


@cache
def _font(name: str, data: bytes) -> "TTFont":
    """A font to write with, whose tables take 10 ms to read."""
    from reportlab.pdfbase.ttfonts import TTFont

    return TTFont(name, BytesIO(data))


class _Sheet:
    """A canvas on which y points down."""

    def __init__(
        self,
        canvas: "Canvas",
        height: float,
        icons: "Mapping[str, ImageReader]",
        theme: Theme,
    ) -> None:
        self._canvas = canvas
        self._height = height
        self._icons = icons
        self._theme = theme
        self._pen = Pen()
        self._strokes = Strokes(canvas.addLiteral, height)
        self._forms: dict[str, str] = {}
        """The icons that the page has already, by their names in it."""

    def draw(self, scene: Scene) -> None:
        """Everything, in the order in which it covers each other."""
        page = Rect(0, 0, scene.width, scene.height)
        self._strokes.box(page, BoxLook(fill=self._theme.page))
        for frame in scene.frames:
            self._strokes.box(frame.rect, self._theme.frames[frame.kind].box)
        for cell in scene.cells:
            self._mark(cell.heat)
        for route in scene.routes:
            self._arrow(route)
        for frame in scene.frames:
            self._title(frame)
        for cell in scene.cells:
            self._cell(cell)
        for label in scene.labels:
            self._mark(label.step)
            self._texts(label.lines)
        for key in scene.legend:
            self._arrow(key)
            self._text(key.line)
        for note in (*scene.signs, *scene.scale, *scene.steps):
            self._mark(note.mark)
            self._texts(note.lines)
        self._texts(scene.heading)

    def _title(self, frame: Border) -> None:
        look = self._theme.frames[frame.kind]
        self._strokes.box(frame.plate, BoxLook(fill=self._theme.behind(frame.kind)))
        if frame.kind == "cloud":
            x, y = frame.rect.x + 3, frame.rect.y + 3
            self._strokes.box(Rect(x, y, BADGE, BADGE), self._theme.badge)
            self._text(Line("aws", x + BADGE / 2, y + BADGE / 2 + 2, "badge"))
        for line in frame.lines:
            self._text(line, look.text)

    def _cell(self, cell: Cell) -> None:
        at = cell.picture
        if cell.icon in self._icons:
            plate = self._theme.under(cell.icon)
            if plate:
                self._strokes.box(cell.shown, plate)
            self._icon(cell.icon, at)
        else:
            self._strokes.box(at, self._theme.blank)
        for badge in cell.badges:
            self._mark(badge)
        self._texts(cell.lines)
        if cell.link:
            self._link(cell.link, cell.picture)
            self._link(cell.link, cell.caption)

    def _icon(self, path: str, at: Rect) -> None:
        """An icon, which the library takes apart only the first time."""
        self._strokes.begin(at.x, at.bottom, at.width, at.height)
        if path in self._forms:
            self._canvas.doForm(self._forms[path])
        else:
            made = {"name": ""}
            self._canvas.drawImage(self._icons[path], 0, 0, 1, 1, "auto", extraReturn=made)
            self._forms[path] = made["name"]
        self._strokes.end()

    def _mark(self, mark: Mark | None) -> None:
        """The shape of a mark with its text, or a lock where it means encryption."""
        if mark is None:
            return
        self._strokes.box(mark.rect, self._theme.marks[mark.role])
        if mark.role == "encrypted":
            self._lock(mark.rect)
        self._texts(mark.lines)

    def _lock(self, square: Rect) -> None:
        drawn, ink = lock(square), self._theme.ink["step"]
        self._strokes.box(drawn.body, BoxLook(fill=ink, radius=1))
        self._strokes.line(drawn.bow, ink, drawn.stroke, ())

    def _link(self, link: str, rect: Rect) -> None:
        """What opens an address when it is clicked, without a frame."""
        place = (rect.x, self._height - rect.bottom, rect.right, self._height - rect.y)
        self._canvas.linkURL(link, place, thickness=0)

    def _arrow(self, arrow: Route | Key) -> None:
        colour, steps = self._theme.arrows[arrow.kind], self._pen.steps(arrow.kind, arrow.points)
        self._strokes.line(steps, colour, STROKE, DASHES.get(arrow.kind, ()))
        self._strokes.shape(head(arrow.points), colour)

    def _texts(self, lines: tuple[Line, ...]) -> None:
        for line in lines:
            self._text(line)

    def _text(self, line: Line, colour: str = "") -> None:
        look = TEXT[line.role]
        wide = width(line.text, look.size, bold=look.bold) if line.anchor == "middle" else 0
        self._strokes.ink(colour or self._theme.ink[line.role])
        self._strokes.begin(line.x - wide / 2, line.y)
        self._canvas.setFont(_FONTS[look.bold], look.size, 0)
        # Unlike `drawString` this does not measure the text once more.
        text = self._canvas.beginText()
        text.textLine(line.text)
        self._canvas.drawText(text)
        self._strokes.end()
