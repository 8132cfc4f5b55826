"""A part of a picture: one box, what is near it, and the frames around them."""

from dataclasses import replace

from archcode.draw.part import part, reached
from archcode.draw.picture import Picture


def focused(picture: Picture, box: str, hops: int) -> Picture:
    """The boxes that at most so many arrows lead to from a box, in either direction.

    Frames that nothing is left in go; the title names the box, the subtitle says what is left out.
    """
    kept = reached(picture.arrows, [box], hops)
    if len(kept) == len(picture.boxes):
        return picture
    titles = {b.name: b.title or b.name for b in picture.boxes}
    return replace(
        part(picture, kept),
        title=f"{picture.title}: {titles[box]}",
        subtitle=f"{picture.subtitle}; {len(kept)} of {len(picture.boxes)} components",
    )
