"""What a process draws of a site: a map's page and pictures, its sheets, a book.

What is remembered of earlier builds comes with the arguments and is not made again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shekara.scene import Scene
from shekara.site.digests import content, digest

if TYPE_CHECKING:
    from shekara.sheet import BookPage, LaidPage, RenderedSheet
    from shekara.web import Surroundings
    from shekara.web.shapes import Shapes

SHARED = "shared"  # the large picture, for those who show links to a page
DRAWS_WITH = ("shekara.sheet", "shekara.web.frame", "shekara.web.snapshot")


@dataclass(frozen=True)
class PageParts:
    """A map's page, its pictures by language (and `SHARED`), the shapes that it carries."""

    page: bytes
    pictures: Mapping[str, bytes]
    shapes: Shapes


def page_parts(
    scenes: Sequence[Scene],
    tiles: str | None,
    around: Surroundings,
    pictures: Mapping[str, bytes],
    shapes: Shapes | None,
) -> PageParts:
    """The page of a map; `pictures` and `shapes` are those that are remembered."""
    from shekara import web
    from shekara.web.remembered import shapes_of

    known = shapes_of(scenes[0], shapes)
    missing = [scene for scene in scenes if scene.lang not in pictures]
    fresh = zip(missing, web.pictures(missing), strict=True)
    drawn = dict(pictures) | {scene.lang: picture for scene, picture in fresh}
    if SHARED not in drawn:
        drawn[SHARED] = web.picture(scenes[0], (1200, 630), "png")
    return PageParts(web.page(scenes, tiles=tiles, around=around).encode(), drawn, known)


def pictured(scene: Scene) -> Scene:
    """What a picture shows of a scene: no text but the names on the map."""
    return replace(
        scene, title="", subtitle="", alt="", legend=(), claims=(), panels=(), notes=(),
        credits=(), steps=(), sign=None, small_maps=(),
    )  # fmt: skip


def told(scene: Scene) -> Scene:
    """What books and the first page tell of a scene: no shapes but its ground, for the cover."""
    claims = tuple(replace(claim, evidence=()) for claim in scene.claims)
    ground = tuple(
        replace(layer, features=tuple(replace(f, rows=(), names=()) for f in layer.features))
        for layer in scene.layers
        if layer.basemap and layer.kind == "polygon"
    )
    return replace(
        scene,
        layers=ground,
        legend=(),
        panels=(),
        claims=claims,
        sheet_outlines=None,
        relief=None,
        backdrop=None,
    )


def bound_scenes(scenes: Sequence[Scene]) -> list[Scene]:
    """Scenes for a book, whose cover shows one ground: the first that there is."""
    first = next((place for place, scene in enumerate(scenes) if scene.layers), 0)
    return [
        scene if place == first else replace(scene, layers=()) for place, scene in enumerate(scenes)
    ]


def sheets(
    versions: Sequence[Scene], size: str, plans: Mapping[str, str]
) -> dict[str, tuple[str, RenderedSheet | None]]:
    """Digest of the plan and sheet of each language.

    One process draws all languages: they share their plan and what lies on the page. A language
    whose text is remembered is drawn anew only where its plan is another than `plans` says, for
    the texts of the others may have changed it.
    """
    from shekara import sheet

    drawn: dict[str, tuple[str, RenderedSheet | None]] = {}
    for version in versions:
        plan = digest(content(sheet.plan_of(version, size, versions)))
        same = plans.get(version.lang) == plan
        drawn[version.lang] = (plan, None if same else sheet.rendered(version, size, versions))
    return drawn


@dataclass(frozen=True)
class BoundBook:
    """A book, and its pages of text by the digest of what is laid out on them."""

    pdf: bytes
    texts: Mapping[str, BookPage]


def book(
    scenes: Sequence[Scene],
    size: str,
    pages: Sequence[BookPage],
    texts: Mapping[str, BookPage],
) -> BoundBook:
    """The book of one language, of what its scenes tell and of its sheets.

    `texts` are pages of text that are remembered, of whatever book.
    """
    from shekara import sheet

    drawn: dict[str, BookPage] = {}

    def draws(laid: Sequence[LaidPage]) -> list[BookPage]:
        keys = [digest(content(page)) for page in laid]
        for key, page in zip(keys, laid, strict=True):
            drawn[key] = texts.get(key) or sheet.text_leaves([page])[0]
        return [drawn[key] for key in keys]

    return BoundBook(sheet.bound(scenes, size=size, sheets=pages, draws=draws), drawn)
