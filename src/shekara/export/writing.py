"""Layers of an atlas written for other programs: whole files, with their sources beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from shekara.atlas import Atlas
from shekara.errors import UsageError
from shekara.export.tables import Table, frame_of, scene_of, tables_of
from shekara.scene import Scene, resolve
from shekara.spelling import way_out
from shekara.storage import new_file, write_file

Format = Literal["gpkg", "parquet", "kml", "shp", "svg"]
FORMATS: tuple[str, ...] = get_args(Format)
SOURCES = "sources.txt"


@dataclass(frozen=True)
class _Job:
    """What is written: whole layers as one scene, and its tables."""

    atlas: Atlas
    scene: Scene
    tables: tuple[Table, ...]
    maps: tuple[str, ...]
    out: Path


def export(
    atlas: Atlas,
    out: Path,
    *,
    layers: Sequence[str] = (),
    format_: str = "gpkg",
    maps: Sequence[str] = (),
    lang: str | None = None,
) -> tuple[Path, ...]:
    """Write layers of an atlas into a folder, for other programs.

    Parameters
    ----------
    atlas
        A loaded atlas.
    out
        The folder; made when new. Other files in it stay.
    layers
        Names; all layers of `maps`, or of the atlas, when empty.
    format_
        "gpkg": one GeoPackage with the styles of QGIS in it, and beside it a QGIS project for each
        map; "parquet" (GeoParquet), "kml", "shp" (zipped): a file for each layer and kind of
        geometry; "svg": one drawing in a projection that suits.
    maps
        For which maps projects are written; all whose layers are there when empty.
    lang
        Of titles and labels; the atlas's first when None.

    Returns
    -------
    tuple of Path
        The files, among them sources.txt, which names everybody who must be named.

    Raises
    ------
    UsageError
        No such layer, map, language or format; or nothing that could be drawn.
    StorageError
        The system refuses to write.
    """
    if format_ not in FORMATS:
        raise UsageError(f"there is no format {format_!r}; use one of {', '.join(FORMATS)}")
    lang = lang or atlas.languages[0]
    if lang not in atlas.languages:
        raise UsageError(f"the atlas has no language {lang!r}; {way_out(lang, atlas.languages)}")
    chosen = _layers(atlas, layers, maps)
    scene = scene_of(atlas, chosen, lang)
    tables = tuple(tables_of(scene, atlas))
    if not tables:
        raise UsageError(f"{', '.join(chosen) or 'the atlas'}: nothing in it has a shape")
    wanted = maps or [name for name in atlas.maps if _covered(atlas, name, chosen)]
    out.mkdir(parents=True, exist_ok=True)
    job = _Job(atlas, scene, tables, tuple(wanted), out)
    write: Mapping[str, Callable[[_Job], Iterator[Path]]] = {
        "gpkg": _package, "parquet": _parquet, "kml": _kml, "shp": _shapefiles, "svg": _svg,
    }  # fmt: skip
    return (*write[format_](job), _sources(job))


def _layers(atlas: Atlas, layers: Sequence[str], maps: Sequence[str]) -> list[str]:
    names = [atlas.layer(name).name for name in layers]
    if not names:
        of_maps = [entry.layer for name in maps for entry in atlas.map(name).layers]
        names = of_maps or list(atlas.layers)
    drawn = [
        name for name in dict.fromkeys(names)
        if any(shape is not None for shape in atlas.layers[name].geometry)
    ]  # fmt: skip
    for name in maps:
        if missing := {entry.layer for entry in atlas.map(name).layers} - set(names):
            raise UsageError(
                f"map {name!r} needs {', '.join(sorted(missing))}; name these layers as well, or "
                "leave the layers out"
            )
    return drawn


def _covered(atlas: Atlas, name: str, layers: Sequence[str]) -> bool:
    return {entry.layer for entry in atlas.map(name).layers} <= set(layers)


def _package(job: _Job) -> Iterator[Path]:
    from shekara.export.package import columns_of, write_package
    from shekara.export.qgis import ProjectLayer, project, qml
    from shekara.export.rules import subset

    path = job.out / "atlas.gpkg"
    frames = {table.name: frame_of(table) for table in job.tables}
    columns = {name: tuple(columns_of(frame)) for name, frame in frames.items()}
    titles = {table.name: (table.name, _description(table, job.scene)) for table in job.tables}
    styles = {table.name: qml(table, job.scene, columns[table.name]) for table in job.tables}
    with new_file(path) as temporary:
        write_package(temporary, frames, titles, styles)
    yield path
    for name in job.maps:
        scene = resolve(job.atlas, name, job.scene.lang)
        layers = [
            ProjectLayer(
                table,
                columns[table.name],
                subset(table, job.atlas.map(name), len(frames[table.name])),
            )
            for table in tables_of(scene, job.atlas)
        ]
        file = job.out / f"{name}.qgs"
        write_file(file, project(scene, layers, path.name))
        yield file


def _parquet(job: _Job) -> Iterator[Path]:
    for table in job.tables:
        path = job.out / f"{table.name}.parquet"
        frame = frame_of(table)
        with new_file(path) as temporary:
            frame.to_parquet(temporary, index=False)
        yield path


def _shapefiles(job: _Job) -> Iterator[Path]:
    from shekara.export.package import always_the_same
    from shekara.median.tables.files import write_table

    for table in job.tables:
        path = job.out / f"{table.name}.shp.zip"
        with always_the_same():
            write_table(frame_of(table), path)
        yield path


def _kml(job: _Job) -> Iterator[Path]:
    from shekara.export.kml import kml

    for table in job.tables:
        path = job.out / f"{table.name}.kml"
        write_file(path, kml(table, _description(table, job.scene)))
        yield path


def _svg(job: _Job) -> Iterator[Path]:
    from shekara import sheet

    path = job.out / "atlas.svg"
    write_file(path, sheet.single(job.scene, "A4", "svg", False))
    yield path


def _sources(job: _Job) -> Path:
    """Who made what, under which licence: data that travel take this with them."""
    lines = [job.scene.atlas_title, ""]
    for table in job.tables:
        lines += [f"{table.name}: {table.shown.title}", f"  {_description(table, job.scene)}", ""]
    path = job.out / SOURCES
    write_file(path, "\n".join(lines))
    return path


def _description(table: Table, scene: Scene) -> str:
    credits = [scene.credits[number] for number in table.shown.credit]
    named = [
        ", ".join(part for part in (credit.name, credit.date, credit.license, credit.url) if part)
        for credit in credits
    ]
    about = [table.shown.about] if table.shown.about else []
    return " ".join([*about, f"{'; '.join(named)}."])
