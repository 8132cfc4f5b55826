"""Scenes with everything that may stand beside icons and labels, placed by hand."""

from __future__ import annotations

from draw.conftest import LAMBDA, SNS, SQS
from msgspec.structs import replace

from archcode.draw.layout import lay_out
from archcode.draw.look import TEXT
from archcode.draw.metrics import width
from archcode.draw.picture import Arrow, Box, Frame, Picture
from archcode.draw.scene import Line, Mark, Note, Rect

LINK = "https://example.org/runbook?page=1&part=2#top"
LEVELS = ("under 2%", "2% to 10%", "10% to 25%", "25% to 50%", "over 50%")


def marked(rect, role, text="", kind="step"):
    """A mark with its text in its middle."""
    middle = rect.x + rect.width / 2
    low = rect.y + rect.height / 2 + TEXT[kind].size * 0.35
    return Mark(rect, role, (Line(text, middle, low, kind),) if text else ())


def badges(at, *kinds):
    """A pill on the top left corner of an icon, a lock on the bottom right."""
    places = {
        "fifo": Rect(at.x - 5, at.y - 4, 24, 11),
        "encrypted": Rect(at.right - 10, at.bottom - 10, 14, 14),
    }
    return tuple(
        marked(places[kind], kind, "FIFO" if kind == "fifo" else "", "badge") for kind in kinds
    )


def heat(at, level):
    return marked(Rect(at.x - 5, at.y - 5, at.width + 10, at.height + 10), f"heat-{level}")


def stepped(label, text):
    """A label with a number before its first row; it ends further right."""
    at = label.rect
    wide = max(13, width(text, 9, bold=True) + 6)
    more = wide + (4 if label.lines else 0)
    lines = tuple(replace(line, x=line.x + more) for line in label.lines)
    step = marked(Rect(at.x, at.y - 1, wide, 13), "step", text)
    rect = Rect(at.x, at.y - 1, at.width + more, at.height + 1)
    return replace(label, rect=rect, lines=lines, step=step)


def notes(*texts):
    """The numbered legend under a page, one entry below the other."""
    found = []
    for number, text in enumerate(texts, 1):
        top = 600 + 18 * number
        mark = marked(Rect(20, top, 13, 13), "step", str(number))
        found.append(Note(mark, (Line(text, 40, top + 10, "note", "start"),)))
    return tuple(found)


def scale(title="Share of the monthly cost", levels=LEVELS):
    """A heading with the first of five colours, then the others."""
    found = []
    for number, text in enumerate(levels, 1):
        x = 20 + 90 * number
        lines = [Line(text, x + 20, 560, "note", "start")]
        if number == 1:
            lines.insert(0, Line(title, 20, 545, "note", "start"))
        found.append(Note(marked(Rect(x, 550, 12, 12), f"heat-{number}"), tuple(lines)))
    return tuple(found)


def shop():
    """A topic, two queues and their workers."""
    boxes = (
        Box("shop", "Web shop", ("Clients",), icon="aws/general/users.png", tooltip="shop"),
        Box("topic", "orders.fifo", ("SNS topic",), "$3.10/mo", SNS, "orders.fifo: $3.10/mo"),
        Box("bill", "billing.fifo", ("SQS queue",), "$1.20/mo", SQS, "billing"),
        Box("dlq", "billing-dlq", ("SQS queue",), "$0.01/mo", SQS, "the dead"),
        Box("pay", "charge", ("Lambda 512 MB",), "$9.00/mo", LAMBDA, "charge"),
        Box("mail", "mailer", ("Lambda 128 MB",), "$2.00/mo", LAMBDA, "mailer"),
    )
    arrows = (
        Arrow("shop", "topic", "publish"),
        Arrow("topic", "bill", "type = order"),
        Arrow("topic", "mail", "all"),
        Arrow("bill", "pay", "batch 10"),
        Arrow("bill", "dlq", "after 5", "redrive"),
    )
    inside = tuple(box.name for box in boxes[1:])
    frames = (
        Frame("cloud", "AWS Cloud", "cloud", ("region",)),
        Frame("region", "Region eu-west-1", "region", inside),
    )
    return Picture("Orders", "eu-west-1", boxes, arrows, frames)


def decorated(picture=None, texts=(), levels=LEVELS):
    """A scene in which everything has every mark that it may have."""
    scene = lay_out(picture or shop())
    cells = tuple(
        replace(
            cell,
            heat=heat(cell.picture, number % 5 + 1) if number else None,
            badges=badges(cell.picture, "fifo", "encrypted") if number else (),
            link=LINK if number else "",
        )
        for number, cell in enumerate(scene.cells)
    )
    labels = tuple(stepped(label, str(n)) for n, label in enumerate(scene.labels, 1))
    shown = scale(levels=levels) if levels else ()
    return replace(scene, cells=cells, labels=labels, steps=notes(*texts), scale=shown)


TEXTS = (
    "The shop publishes every order, with the customer as its message group",
    "Billing gets orders only",
    "Mail goes out for everything that happens",
    "Ten orders are charged at a time, each of them once",
    "What cannot be charged is looked at by a person",
)
