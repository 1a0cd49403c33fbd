"""QGIS's own files: the style of a layer (QML), and a project that opens as the page looks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from pyproj import CRS, Transformer

from shekara.characters import clean, inert
from shekara.export.labels import labeling
from shekara.export.rules import Rule, rules_of
from shekara.export.signs import symbol
from shekara.export.tables import Table
from shekara.geometry.longitudes import east_of
from shekara.scene import Scene

VERSION = "3.22.0"  # the oldest that reads these files; newer ones do
GROUND = "#f6f4ef"  # the page's land
EDGE = 40  # positions along each side of the extent that are projected


@dataclass(frozen=True)
class ProjectLayer:
    """A layer of a project: a table of the GeoPackage, and the condition that chooses from it."""

    table: Table
    columns: tuple[str, ...]
    subset: str


def qml(table: Table, scene: Scene, columns: Sequence[str]) -> str:
    """The style of a table as a QML document."""
    root = Element(
        "qgis", version=VERSION, styleCategories="Symbology|Labeling|Fields|Forms",
        labelsEnabled="0",
    )  # fmt: skip
    _styled(root, table, scene, columns)
    return _document(root)


def project(scene: Scene, layers: Sequence[ProjectLayer], package: str) -> str:
    """A project file that shows a scene's layers, which lie in the GeoPackage beside it.

    Parameters
    ----------
    scene
        Its title, extent and projection are the project's.
    layers
        Bottom to top, as the scene has them.
    package
        File name of the GeoPackage.
    """
    title = inert(scene.title)
    root = Element("qgis", version=VERSION, projectname=title, saveUser="", saveDateTime="")
    SubElement(root, "homePath", path="")
    SubElement(root, "title").text = title
    crs = CRS.from_user_input(scene.projection.definition)
    _system(SubElement(root, "projectCrs"), crs, scene.projection.definition)
    tree = SubElement(root, "layer-tree-group", name="")
    maps = SubElement(root, "projectlayers")
    order = SubElement(root, "layerorder")
    for number, layer in reversed(list(enumerate(layers))):
        shown, ident = layer.table.shown, f"{layer.table.name}_{number:032d}"
        source = _source(package, layer)
        SubElement(
            tree, "layer-tree-layer", id=ident, name=inert(shown.title), providerKey="ogr",
            source=source,
            checked="Qt::Checked" if shown.visible and not shown.extra else "Qt::Unchecked",
            expanded="0" if shown.basemap else "1", legend_exp="",
        )  # fmt: skip
        SubElement(order, "layer", id=ident)
        maps.append(_map_layer(layer, scene, ident, source))
    _canvas(root, scene, crs)
    _properties(root)
    return _document(root, '<!DOCTYPE qgis PUBLIC "http://mrcc.com/qgis.dtd" "SYSTEM">\n')


def _map_layer(layer: ProjectLayer, scene: Scene, ident: str, source: str) -> Element:
    shown = layer.table.shown
    kind = {"point": "Point", "line": "Line", "polygon": "Polygon"}[shown.kind]
    element = Element(
        "maplayer", type="vector", geometry=kind, labelsEnabled="0",
        hasScaleBasedVisibilityFlag="0",
        simplifyDrawingHints="1", readOnly="0",
    )  # fmt: skip
    SubElement(element, "id").text = ident
    SubElement(element, "datasource").text = source
    SubElement(element, "layername").text = inert(shown.title)
    SubElement(element, "abstract").text = inert(shown.about)
    SubElement(element, "provider", encoding="UTF-8").text = "ogr"
    _system(SubElement(element, "srs"), CRS.from_epsg(4326))
    credits = [scene.credits[number] for number in shown.credit]
    metadata = SubElement(element, "resourceMetadata")
    SubElement(metadata, "title").text = inert(shown.title)
    SubElement(metadata, "abstract").text = inert(shown.about)
    for credit in credits:
        SubElement(metadata, "license").text = inert(credit.license)
    _styled(element, layer.table, scene, layer.columns)
    return element


def _styled(element: Element, table: Table, scene: Scene, columns: Sequence[str]) -> None:
    element.append(renderer(rules_of(table, scene, columns), table))
    names = labeling(table, scene.lang, columns)
    if names is not None:
        element.append(names)
        element.set("labelsEnabled", "1")
    aliases = SubElement(element, "aliases")
    for number, column in enumerate(columns, start=1):
        info = table.layer.file.field.get(column)
        title = scene.say.text(info.title) if info is not None else ""
        SubElement(aliases, "alias", index=str(number), field=column, name=inert(title))
    field = next((column for column in (f"name_{scene.lang}", "name") if column in columns), "")
    if field:
        SubElement(element, "previewExpression").text = f'"{field}"'


def renderer(rules: Sequence[Rule], table: Table) -> Element:
    """One sign for all, or a sign for each rule."""
    kind = table.shown.kind
    single = len(rules) == 1 and not rules[0].condition
    element = Element(
        "renderer-v2", type="singleSymbol" if single else "RuleRenderer", symbollevels="0",
        forceraster="0", enableorderby="0",
    )  # fmt: skip
    if not single:
        holder = SubElement(element, "rules", key="{root}")
        for number, rule in enumerate(rules):
            SubElement(
                holder, "rule", key=f"{{rule-{number}}}", symbol=str(number),
                label=inert(rule.title), filter=rule.condition or "ELSE",
            )  # fmt: skip
    symbols = SubElement(element, "symbols")
    for number, rule in enumerate(rules):
        symbols.append(symbol(rule.style, kind, str(number), rule.size, rule.width))
    return element


def _source(package: str, layer: ProjectLayer) -> str:
    source = f"./{package}|layername={layer.table.name}"
    return f"{source}|subset={layer.subset}" if layer.subset else source


def _system(parent: Element, crs: CRS, definition: str = "") -> None:
    element = SubElement(parent, "spatialrefsys")
    authority = crs.to_authority()
    SubElement(element, "wkt").text = crs.to_wkt("WKT2_2019")
    SubElement(element, "proj4").text = "" if authority else definition
    SubElement(element, "srid").text = authority[1] if authority else "0"
    SubElement(element, "authid").text = ":".join(authority) if authority else ""
    SubElement(element, "description").text = crs.name
    SubElement(element, "geographicflag").text = "true" if crs.is_geographic else "false"


def _canvas(root: Element, scene: Scene, crs: CRS) -> None:
    canvas = SubElement(root, "mapcanvas", name="theMapCanvas", annotationsVisible="1")
    SubElement(canvas, "units").text = "meters"
    west, south, east, north = scene.extent
    east = east_of(west, east)
    sides = Transformer.from_crs(4326, crs, always_xy=True).transform_bounds(
        west, south, east, north, densify_pts=EDGE
    )
    extent = SubElement(canvas, "extent")
    for key, value in zip(("xmin", "ymin", "xmax", "ymax"), sides, strict=True):
        SubElement(extent, key).text = f"{value:.3f}"
    SubElement(canvas, "rotation").text = "0"
    _system(SubElement(canvas, "destinationsrs"), crs, scene.projection.definition)


def _properties(root: Element) -> None:
    properties = SubElement(root, "properties")
    gui = SubElement(properties, "Gui")
    for part, place in (("Red", 1), ("Green", 3), ("Blue", 5)):
        value = SubElement(gui, f"CanvasColor{part}Part", type="int")
        value.text = str(int(GROUND[place : place + 2], 16))
    paths = SubElement(properties, "Paths")
    SubElement(paths, "Absolute", type="bool").text = "false"
    system = SubElement(properties, "SpatialRefSys")
    SubElement(system, "ProjectionsEnabled", type="int").text = "1"
    ellipsoid = SubElement(properties, "Measure")
    SubElement(ellipsoid, "Ellipsoid", type="QString").text = "EPSG:7030"


def _document(root: Element, doctype: str = "<!DOCTYPE qgis>\n") -> str:
    indent(root)
    return doctype + clean(tostring(root, encoding="unicode")) + "\n"
