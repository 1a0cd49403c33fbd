"""An atlas opened, shown in a notebook, drawn as a single figure."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from shekara import atlas as atlases
from shekara import claims, derive, scene
from shekara.atlas import Atlas
from shekara.errors import UsageError
from shekara.spelling import way_out
from shekara.storage import write_file

if TYPE_CHECKING:
    import folium

    from shekara.sheet import Press


def load(named: Path | str | None = None) -> Atlas:
    """An atlas read and checked whole: files, claims and maps.

    Parameters
    ----------
    named
        Its folder; else SHEKARA_ATLAS; else the folder one stands in; else the bundled atlas.

    Raises
    ------
    InputError
        There is no atlas there.
    AtlasError
        With every problem that was found.
    """
    rules = (claims.problems, scene.problems, derive.problems)
    return atlases.load(named, kinds=claims.KINDS, rules=rules)


def show(name: str, atlas: Atlas | Path | str | None = None) -> folium.Map:
    """A map's page as a Folium map, which a notebook displays.

    Raises
    ------
    UsageError
        The atlas has no such map.
    """
    from shekara import web

    opened_atlas = atlas if isinstance(atlas, Atlas) else load(atlas)
    return web.folium_map(
        [scene.resolve(opened_atlas, name, lang) for lang in opened_atlas.languages]
    )


def single(  # noqa: PLR0913 - each is an option of the user
    atlas: Atlas,
    name: str,
    path: Path,
    *,
    lang: str,
    size: str = "A4",
    frame: bool = True,
    format_: str = "pdf",
    dpi: float | None = None,
    press: Press | None = None,
) -> None:
    """One map as one printed figure in a file; its plan suits all languages of the atlas.

    Raises
    ------
    UsageError
        No such map, language, paper or format; CMYK of what is no PDF.
    """
    from shekara import sheet

    (chosen,) = chosen_languages(atlas, [lang])
    if press is not None and press.any and format_ != "pdf":
        raise UsageError(
            "--cmyk, --bleed, --marks, --output-intent, --condition and --spot are for printers "
            "and make PDF only; leave --format out"
        )
    if dpi is not None and format_ != "png":
        raise UsageError("--dpi is for pictures: give --format png too, or leave --dpi out")
    versions = [scene.resolve(atlas, name, each) for each in atlas.languages]
    drawn = versions[atlas.languages.index(chosen)]
    chosen_map = sheet.single(drawn, size, format_, frame, versions=versions, dpi=dpi or 300)
    if press is not None:
        chosen_map = sheet.pressed(chosen_map, press, drawn)
    write_file(path, chosen_map)


def chosen_languages(atlas: Atlas, wanted: Iterable[str]) -> list[str]:
    """The languages asked for, or all of the atlas, in its order.

    Raises
    ------
    UsageError
        The atlas does not have one of them.
    """
    for lang in wanted:
        if lang not in atlas.languages:
            remedy = way_out(lang, atlas.languages)
            raise UsageError(f"the atlas has no language {lang!r}; {remedy}")
    return list(wanted) or list(atlas.languages)
