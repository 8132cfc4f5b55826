"""What holds for every scene, whatever it shows."""

from itertools import combinations, pairwise

from archcode.draw.layout import lay_out
from archcode.draw.look import TEXT
from archcode.draw.metrics import width
from archcode.draw.picture import Picture
from archcode.draw.scene import Rect


def segments(route) -> list[Rect]:
    return [
        Rect(min(x1, x2), min(y1, y2), abs(x1 - x2), abs(y1 - y2))
        for (x1, y1), (x2, y2) in pairwise(route.points)
    ]


def inner(rect: Rect, margin: float = 0.1) -> Rect:
    return Rect(rect.x + margin, rect.y + margin, rect.width - 2 * margin, rect.height - 2 * margin)


def ink(line) -> Rect:
    """What a line of text covers, without the tails of its letters."""
    look = TEXT[line.role]
    wide = width(line.text, look.size, bold=look.bold)
    left = line.x - wide / 2 if line.anchor == "middle" else line.x
    return Rect(left, line.y - look.size * 0.72, wide, look.size * 0.72)


def members(picture: Picture, name: str) -> set[str]:
    frames = {frame.name: frame for frame in picture.frames}
    if name not in frames:
        return {name}
    return {name}.union(*(members(picture, inside) for inside in frames[name].contains))


def everything_has_its_place(picture: Picture) -> None:
    scene = lay_out(picture)
    assert [cell.name for cell in scene.cells] == [box.name for box in picture.boxes]
    assert {frame.name for frame in scene.frames} == {frame.name for frame in picture.frames}
    assert {(r.source, r.target) for r in scene.routes} == {
        (a.source, a.target) for a in picture.arrows
    }
    nothing_overlaps(scene)
    frames_hold_their_own(picture, scene)
    routes_join_their_boxes(scene)
    labels_sit_on_their_lines(scene)
    all_is_on_the_page(scene)


def nothing_overlaps(scene) -> None:
    solid = [(c.name, rect) for c in scene.cells for rect in c.solid]
    solid += [(f"label {n}", label.rect) for n, label in enumerate(scene.labels)]
    for (one, first), (two, second) in combinations(solid, 2):
        assert one == two or not inner(first).overlaps(second), (one, two)


def frames_hold_their_own(picture, scene) -> None:
    """A frame may be drawn several times, around some of its members each."""
    things = [(frame.name, frame.rect) for frame in scene.frames]
    things += [(c.name, rect) for c in scene.cells for rect in (c.picture, c.caption)]
    for name in {frame.name for frame in scene.frames}:
        own = members(picture, name) - {name}
        around = {other.name for other in picture.frames if name in members(picture, other.name)}
        copies = [frame.rect for frame in scene.frames if frame.name == name]
        assert not any(one.overlaps(two) for one, two in combinations(copies, 2)), name
        for other, rect in things:
            if other in own:
                assert sum(copy.encloses(rect) for copy in copies) == 1, (name, other)
                assert sum(copy.overlaps(rect) for copy in copies) == 1, (name, other)
            elif other not in around:
                assert not any(copy.overlaps(rect) for copy in copies), (name, other)


def routes_join_their_boxes(scene) -> None:
    cells = {cell.name: cell for cell in scene.cells}
    for route in scene.routes:
        source, target = cells[route.source], cells[route.target]
        start, end = route.points[0], route.points[-1]
        below = abs(start[1] - source.caption.bottom - 2) < 0.1
        assert below or (abs(start[0] - source.picture.right) < 0.1)
        icon = target.picture
        assert min(abs(end[0] - icon.x), abs(end[0] - icon.right), abs(end[1] - icon.y)) < 0.1
        assert inner(icon, -0.1).overlaps(Rect(*end, 0, 0))
        for piece in segments(route):
            assert min(piece.width, piece.height) == 0
            for cell in scene.cells:
                walls = [cell.picture, cell.caption, *(badge.rect for badge in cell.badges)]
                assert not any(inner(wall).overlaps(piece) for wall in walls), (route, cell.name)


def labels_sit_on_their_lines(scene) -> None:
    for label in scene.labels:
        near = inner(label.rect, -7)
        own = [r for r in scene.routes if any(near.overlaps(piece) for piece in segments(r))]
        assert any(route.kind == label.kind for route in own)
        for route in scene.routes:
            assert not any(inner(label.rect, 1).overlaps(piece) for piece in segments(route))
        assert not label.step or inner(label.rect, -0.1).encloses(label.step.rect)


def all_is_on_the_page(scene) -> None:
    page = Rect(0, 0, scene.width, scene.height)
    rects = [frame.rect for frame in scene.frames] + [label.rect for label in scene.labels]
    rects += [rect for cell in scene.cells for rect in cell.solid]
    rects += [piece for route in scene.routes for piece in segments(route)]
    rects += [mark.rect for mark in scene.marks]
    rects += [ink(line) for line in scene.lines]
    assert all(page.encloses(rect) for rect in rects)
