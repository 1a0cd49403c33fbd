"""shekara add: any vector file becomes a layer of an atlas."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.terminal import INVALID, say, split


def add(  # noqa: PLR0913 - each is an option of the command
    file: Annotated[Path, typer.Argument(help="A vector file of any format.")],
    atlas: Annotated[Path, typer.Option(help="Folder of the atlas; made when new.")] = Path(),
    name: Annotated[
        str | None, typer.Option(help="Of the new layer; else of --layer, else of the file.")
    ] = None,
    layer: Annotated[str | None, typer.Option(help="Only this layer of the file.")] = None,
    crs: Annotated[str | None, typer.Option(help="Reference system: EPSG:2056.")] = None,
    encoding: Annotated[str | None, typer.Option(help="Of its texts: cp1252.")] = None,
    where: Annotated[str | None, typer.Option(help="Which features: kind='road'.")] = None,
    accuracy: Annotated[
        float | None, typer.Option(min=0, help="Standard deviation of positions, metres.")
    ] = None,
    simplify: Annotated[
        float | None, typer.Option(min=0, help="Leave out detail below so many metres.")
    ] = None,
    repair: Annotated[bool, typer.Option("--repair", help="Mend what can be mended.")] = False,
    lang: Annotated[
        list[str] | None, typer.Option(help="Of its texts; else those of the atlas.")
    ] = None,
) -> None:
    """Take any vector file into an atlas, described as far as it can be guessed.

    Example: shekara add cantons.shp --atlas swiss --crs EPSG:2056 --accuracy 5 --simplify 20
    """
    from shekara import intake

    added = intake.add(
        file,
        atlas,
        name=name,
        languages=tuple(split(lang)),
        simplify_m=simplify,
        layer=layer,
        crs=crs,
        encoding=encoding,
        where=where,
        accuracy_m=accuracy,
        repair=repair,
    )
    for remark in added.remarks:
        say(remark)
    counted = f"{added.features} {'feature' if added.features == 1 else 'features'}"
    say(f"{added.geo}: {counted}, {added.decimals} decimals of a degree")
    say(f"{added.layer}: complete what is marked “fill in”")
    for path in added.begun:
        say(f"{path}: begun, to be {'translated' if path.parent.name == 'words' else 'completed'}")
    if not any(path.stem == added.layer.stem for path in added.begun):
        say(f"to show it, put {added.layer.stem!r} among the layers of a map in {atlas / 'maps'}")
    say(f"see it with: shekara preview {atlas}")
    if added.left_out:
        say(f"{added.left_out} features of {file} were left out, see above")
        raise SystemExit(INVALID)
