"""A checker of pictures: every fault that a reader would see in a scene, with its place."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from draw.contrast import contrast
from draw.measure_arrows import clear, joined, labelled
from draw.scenery import Fault, Thing, ink, inner, meeting, members, name_of, segments, things

from archcode.draw.look import THEMES
from archcode.draw.scene import Rect

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.draw.look import Theme
    from archcode.draw.picture import Picture
    from archcode.draw.scene import Line, Scene

# https://www.w3.org/TR/WCAG22/#contrast-minimum
READABLE = 4.5


def faults(picture: Picture, scene: Scene) -> list[Fault]:
    """All faults of a scene; a good one has none."""
    checks = (drawn, framed, apart, marked, paged, written, readable)
    found = [fault for check in checks for fault in check(picture, scene)]
    return [*found, *joined(scene), *clear(scene), *labelled(scene)]


def drawn(picture: Picture, scene: Scene) -> Iterator[Fault]:
    """Boxes in the order of the picture, every frame, and every arrow once."""
    nowhere = Rect(0, 0, 0, 0)
    if [cell.name for cell in scene.cells] != [box.name for box in picture.boxes]:
        yield Fault("boxes are missing or out of order", (), nowhere)
    for name in {frame.name for frame in picture.frames} ^ {frame.name for frame in scene.frames}:
        yield Fault("a frame is missing or invented", (name,), nowhere)
    routes = Counter((route.source, route.target, route.kind) for route in scene.routes)
    # All loops of a box share one line, of the kind of the first.
    asked = {(a.source, a.target, a.kind) for a in picture.arrows if a.source != a.target}
    loops = {(a.source, a.target) for a in picture.arrows if a.source == a.target}
    for key in asked - set(routes):
        yield Fault("an arrow is missing", key, nowhere)
    for source, target in loops - {key[:2] for key in routes}:
        yield Fault("an arrow is missing", (source, target), nowhere)
    for key, count in routes.items():
        if count > 1 or (key not in asked and key[:2] not in loops):
            yield Fault("an arrow is drawn twice or invented", key, nowhere)


def framed(picture: Picture, scene: Scene) -> Iterator[Fault]:
    """A frame may be drawn several times, around some of its members each, and nothing else."""
    copies = defaultdict(list)
    for frame in scene.frames:
        copies[frame.name].append(frame.rect)
    solid = [(name, rect) for name, rects in copies.items() for rect in rects]
    solid += [(c.name, rect) for c in scene.cells for rect in (c.picture, c.caption)]
    solid += [(frame.name, frame.plate) for frame in scene.frames if frame.lines]
    within = {frame.name: members(picture, frame.name) for frame in picture.frames}
    for name, rects in copies.items():
        around = {other for other, inside in within.items() if name in inside}
        if any(one.overlaps(two) for one, two in combinations(rects, 2)):
            yield Fault("copies of a frame overlap", (name,), rects[0])
        for other, rect in solid:
            holding = [copy for copy in rects if copy.encloses(rect)]
            touching = [copy for copy in rects if copy.overlaps(rect)]
            if other in within[name] - {name} and not len(holding) == len(touching) == 1:
                yield Fault("a member is outside its frame", (name, other), rect)
            if other not in within[name] | around and touching:
                yield Fault("a frame reaches what is not in it", (name, other), rect)


def apart(_: Picture, scene: Scene) -> Iterator[Fault]:
    """No thing covers what belongs to another."""
    found = [Thing(thing.kind, thing.owner, inner(thing.rect)) for thing in things(scene)]
    for one, two in meeting(found, found):
        if one.owner < two.owner:
            yield Fault("things overlap", (one.words, two.words), one.rect)


def marked(_: Picture, scene: Scene) -> Iterator[Fault]:
    """Badges and numbers leave each other and the text beside them free."""
    for cell in scene.cells:
        badges = [mark.rect for mark in cell.badges]
        if any(one.overlaps(two) for one, two in combinations(badges, 2)):
            yield Fault("badges overlap", (cell.name,), badges[0])
        for badge in badges:
            if any(badge.overlaps(inner(ink(line))) for line in cell.lines):
                yield Fault("a badge covers its box's text", (cell.name,), badge)
    for label in scene.labels:
        if label.step:
            if any(label.step.rect.overlaps(inner(ink(line))) for line in label.lines):
                yield Fault("a number covers its text", (name_of(label),), label.step.rect)
            if not inner(label.rect, -0.1).encloses(label.step.rect):
                yield Fault("a number is outside its label", (name_of(label),), label.step.rect)


def paged(_: Picture, scene: Scene) -> Iterator[Fault]:
    """Nothing is outside the page."""
    page = Rect(0, 0, scene.width, scene.height)
    found = [(thing.words, thing.rect) for thing in things(scene)]
    found += [(frame.name, frame.rect) for frame in scene.frames]
    found += [(f"{r.source} to {r.target}", piece) for r in scene.routes for piece in segments(r)]
    found += [(line.text, ink(line)) for line in scene.lines]
    for words, rect in found:
        if not page.encloses(rect):
            yield Fault("outside the page", (words,), rect)


def written(_: Picture, scene: Scene) -> Iterator[Fault]:
    """Text fits the place that is kept for it."""
    for room, lines in _rooms(scene):
        for line in lines:
            if not inner(room, -0.1).encloses(ink(line)):
                yield Fault("text is wider or higher than its place", (line.text,), ink(line))


def _rooms(scene: Scene) -> Iterator[tuple[Rect, tuple[Line, ...]]]:
    yield from ((cell.caption, cell.lines) for cell in scene.cells)
    yield from ((label.rect, label.lines) for label in scene.labels)
    yield from ((mark.rect, mark.lines) for mark in scene.marks)
    for frame in scene.frames:
        yield frame.rect, frame.lines
        yield frame.plate, frame.lines


def readable(_: Picture, scene: Scene) -> Iterator[Fault]:
    """All text has contrast with whatever it stands on, on light and dark pages."""
    for theme in THEMES.values():
        for line, colour, grounds in _shown(scene, theme):
            for ground in grounds:
                if contrast(colour, ground) < READABLE:
                    names = (line.text, theme.name, colour, ground)
                    yield Fault("text is hard to read", names, ink(line))


def _shown(scene: Scene, theme: Theme) -> Iterator[tuple[Line, str, set[str]]]:
    """Each line with its colour and the colours behind it."""
    for mark in scene.marks:
        yield from ((x, theme.ink[x.role], {theme.marks[mark.role].fill}) for x in mark.lines)
    for frame in scene.frames:
        colour, behind = theme.frames[frame.kind].text, theme.behind(frame.kind)
        yield from ((line, colour, {behind}) for line in frame.lines)
    free = [*scene.heading, *(key.line for key in scene.legend)]
    free += [line for note in (*scene.scale, *scene.steps) for line in note.lines]
    free += [line for owner in (*scene.cells, *scene.labels) for line in owner.lines]
    for line in free:
        yield line, theme.ink[line.role], _behind(scene, theme, ink(line))


def _behind(scene: Scene, theme: Theme, place: Rect) -> set[str]:
    """The colours in a place: of the page, of the frames from the outside in, of heat."""
    found = {theme.page}
    fills = [(f.rect, theme.frames[f.kind].box.fill) for f in scene.frames]
    plates = [cell.heat for cell in scene.cells if cell.heat]
    fills += [(plate.rect, theme.marks[plate.role].fill) for plate in plates]
    for rect, fill in fills:
        if fill != "none" and rect.overlaps(place):
            found = {fill} if rect.encloses(place) else {*found, fill}
    return found
