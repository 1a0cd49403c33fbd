"""Scenes made by hand for the tests of the web page: a lake between two invented states."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from shekara.i18n import Translator
from shekara.scene.model import (
    Credit,
    Evidence,
    Feature,
    LegendEntry,
    Panel,
    Projection,
    Reference,
    Row,
    Scene,
    Series,
    Step,
    Style,
)
from shekara.scene.projection import choose
from tests.support.scene_parts import claim, layer

LANGS = ("kk", "ru", "en")
WEST = shapely.from_wkt(
    "POLYGON((30 -3.2, 33.1 -3.2, 33 -2.6, 33.4 -1, 33.2 .2, 33.6 1, 30 1, 30 -3.2))"
)
EAST = shapely.from_wkt(
    "POLYGON((33.1 -3.2, 36 -3.2, 36 1, 33.6 1, 33.2 .2, 33.4 -1, 33 -2.6, 33.1 -3.2))"
)
BORDER = shapely.from_wkt("LINESTRING(33.1 -3.2, 33 -2.6, 33.4 -1, 33.2 .2, 33.6 1)")
LAKE = shapely.from_wkt(
    "POLYGON((31.7 -2.4, 32.4 -2.7, 33.3 -2.5, 34.1 -1.6, 34.2 -.3, 33.7 .2, 32.6 .3, 31.8 -.4, "
    "31.6 -1.5, 31.7 -2.4), (32.7 -1.1, 32.9 -1.3, 33.1 -1.1, 32.9 -.9, 32.7 -1.1))"
)
RIVER = shapely.from_wkt("LINESTRING(33.2 .3, 33 .6, 33.1 1.0)")
PIPE = shapely.from_wkt("LINESTRING(30.4 .6, 31.2 .1, 32 .5, 33.3 .7, 35.2 .4)")
OLD_PIPE = shapely.from_wkt("LINESTRING(30.4 -2.8, 31.4 -2.9, 33 -3, 35.4 -2.2)")
FLOW = shapely.from_wkt("LINESTRING(35.4 -.6, 34.4 -.9, 33.6 -.8)")
PARK_A = shapely.box(34.4, -2.9, 35.5, -1.9)
PARK_B = shapely.box(30.3, -1.6, 31.2, -0.6)
PORTS = {"Kisumu": (34.75, -0.1, 410), "Mwanza": (32.9, -2.52, 700), "Entebbe": (32.47, 0.06, 70)}

TEXTS: dict[str, dict[str, str]] = {
    "title": {
        "kk": "Көл және оның шекарасы",
        "ru": "Озеро и его граница",
        "en": "The lake and its border",
    },
    "subtitle": {
        "kk": "Екі мемлекет көлді қалай бөледі, және порттар қайда.",
        "ru": "Как два государства делят озеро и где стоят порты.",
        "en": "How two states share a lake, and where its ports stand.",
    },
    "atlas": {"kk": "Көлдер атласы", "ru": "Атлас озёр", "en": "Atlas of lakes"},
    "west": {"kk": "Батыс ел", "ru": "Западная страна", "en": "Westland"},
    "east": {"kk": "Шығыс ел", "ru": "Восточная страна", "en": "Eastland"},
    "states": {"kk": "Мемлекеттер", "ru": "Государства", "en": "States"},
    "lake": {"kk": "Үлкен көл", "ru": "Большое озеро", "en": "Great Lake"},
    "water": {"kk": "Сулар", "ru": "Воды", "en": "Waters"},
    "border": {"kk": "Шекара", "ru": "Граница", "en": "Border"},
    "pipes": {"kk": "Құбырлар", "ru": "Трубопроводы", "en": "Pipelines"},
    "oil": {"kk": "Мұнай", "ru": "Нефть", "en": "Oil"},
    "gas": {"kk": "Газ", "ru": "Газ", "en": "Gas"},
    "parks": {"kk": "Қорықтар", "ru": "Заповедники", "en": "Reserves"},
    "ports": {"kk": "Порттар", "ru": "Порты", "en": "Ports"},
    "flow": {"kk": "Тауар ағыны", "ru": "Поток грузов", "en": "Flow of goods"},
    "median": {"kk": "Ортаңғы сызық", "ru": "Срединная линия", "en": "Median line"},
    "detail": {"kk": "Жағалау, толық", "ru": "Берег, подробно", "en": "Shore in full detail"},
    "people": {"kk": "Тұрғындар, мың", "ru": "Жителей, тыс.", "en": "Inhabitants, thousand"},
    "length": {"kk": "Ұзындығы", "ru": "Длина", "en": "Length"},
    "group": {"kk": "Табиғат", "ru": "Природа", "en": "Nature"},
    "group2": {"kk": "Шаруашылық", "ru": "Хозяйство", "en": "Economy"},
    "background": {"kk": "Негіз", "ru": "Основа", "en": "Background"},
    "schematic": {"kk": "сұлба", "ru": "схематично", "en": "schematic"},
    "computed": {"kk": "есептелген", "ru": "вычислено", "en": "computed"},
    "mapped": {"kk": "картаға түсірілген", "ru": "снято на карту", "en": "mapped"},
    "says": {
        "kk": "Шекара 300 км-ден ұзын.",
        "ru": "Граница длиннее 300 км.",
        "en": "The border is longer than 300 km.",
    },
    "says2": {
        "kk": "Көл 100 000 км².",
        "ru": "Озеро занимает 100 000 км².",
        "en": "The lake covers 100,000 km².",
    },
    "holds": {"kk": "расталады", "ru": "подтверждается", "en": "holds"},
    "fails": {"kk": "расталмайды", "ru": "не подтверждается", "en": "fails"},
    "cannot tell": {"kk": "айту мүмкін емес", "ru": "нельзя сказать", "en": "cannot tell"},
    "note": {
        "kk": "Құбырлардың орны сұлба түрінде.",
        "ru": "Трубопроводы показаны схематично.",
        "en": "Pipelines are drawn schematically.",
    },
}


def lakes() -> list[Scene]:
    """The scene in three languages."""
    return [lake(lang) for lang in LANGS]


def lake(lang: str) -> Scene:
    """A scene with every kind of layer, sign, year, claim and panel."""

    def t(key: str) -> str:
        return TEXTS[key][lang]

    def names(key: str) -> tuple[str, ...]:
        return tuple(TEXTS[key][code] for code in LANGS)

    def feature(
        id_: str, shape: BaseGeometry | None, key: str, style: Style, **more: Any
    ) -> Feature:
        return Feature(id_, shape, t(key), style, names=names(key), **more)

    land = Style(color="#b9b2a4", fill="#f4f1ea", fill_opacity=1, width=0.6)
    water = Style(color="#7fa3bd", fill="#cfe0ec", fill_opacity=1, width=0.6)
    oil = Style(color="#1b6ca8", width=2)
    gas = Style(color="#b3541e", width=2, dash=(6, 3))
    park = Style(color="#2f7d4f", fill="#2f7d4f", fill_opacity=0.12, hatch="/", width=1)
    park2 = replace(park, hatch="x", color="#7a4f9a", fill="#7a4f9a")
    border = Style(color="#b3261e", width=2.4)
    median = Style(color="#5b4b8a", width=1.6, dash=(2, 3))

    def port(people: int) -> Style:
        return Style(
            color="#ffffff", fill="#8c2d04", fill_opacity=0.85, width=1, size=4 + people**0.5 / 1.6
        )

    layers = (
        layer(
            "states",
            "polygon",
            (
                feature("states/1", WEST, "west", land, label=t("west"), rank=1),
                feature("states/2", EAST, "east", land, label=t("east"), rank=1),
            ),
            title=t("states"),
            group=t("background"),
            precision=t("mapped"),
            basemap=True,
        ),
        layer(
            "water",
            "polygon",
            (feature("water/1", LAKE, "lake", water, label=t("lake"), rank=2),),
            title=t("water"),
            group=t("background"),
            precision=t("mapped"),
            basemap=True,
        ),
        layer(
            "river",
            "line",
            (feature("river/1", RIVER, "water", Style(color="#7fa3bd", width=1.4)),),
            title=t("water"),
            group=t("background"),
            precision=t("mapped"),
            basemap=True,
        ),
        layer(
            "shore",
            "polygon",
            (
                feature(
                    "shore/1",
                    LAKE,
                    "lake",
                    Style(color="#0b4f6c", width=1),
                    rows=(Row(t("length"), "1 000 km", 1000.0),),
                ),
            ),
            title=t("detail"),
            group=t("group"),
            precision=t("mapped"),
            visible=False,
            extra=True,
        ),
        layer(
            "parks",
            "polygon",
            (
                feature(
                    "parks/1",
                    PARK_A,
                    "parks",
                    park,
                    start=1951,
                    end=1992,
                    legend=1,
                    rows=(Row(t("length"), "12", 12.0),),
                ),
                feature(
                    "parks/2",
                    PARK_B,
                    "parks",
                    park2,
                    start=1990,
                    legend=2,
                    rows=(Row(t("length"), "9", 9.0),),
                ),
            ),
            title=t("parks"),
            about=t("note"),
            group=t("group"),
            precision=t("mapped"),
            credit=(1,),
        ),
        layer(
            "border",
            "line",
            (
                feature(
                    "border/1",
                    BORDER,
                    "border",
                    border,
                    label=t("border"),
                    rank=4,
                    legend=3,
                    rows=(Row(t("length"), "482", 482.0),),
                ),
            ),
            title=t("border"),
            about=t("note"),
            precision=t("mapped"),
        ),
        layer(
            "median",
            "line",
            (
                feature(
                    "median/1",
                    shapely.from_wkt("LINESTRING(33.2 .2, 33.4 -1, 33 -2.5)"),
                    "median",
                    median,
                    legend=4,
                ),
            ),
            title=t("median"),
            precision=t("computed"),
            computed=True,
        ),
        layer(
            "pipes",
            "line",
            (
                feature(
                    "pipes/1",
                    PIPE,
                    "oil",
                    oil,
                    start=1966,
                    legend=6,
                    rows=(Row(t("length"), "560", 560.0),),
                ),
                feature(
                    "pipes/2",
                    OLD_PIPE,
                    "gas",
                    gas,
                    start=1958.5,
                    end=1999,
                    legend=7,
                    rows=(Row(t("length"), "1 010", 1010.0),),
                ),
            ),
            title=t("pipes"),
            about=t("note"),
            group=t("group2"),
            schematic=True,
            precision=t("schematic"),
            credit=(1,),
        ),
        layer(
            "flow",
            "line",
            (
                feature(
                    "flow/1", FLOW, "flow", Style(color="#6b5b1f", width=4, arrow=True), legend=8
                ),
            ),
            title=t("flow"),
            group=t("group2"),
            schematic=True,
            precision=t("schematic"),
            credit=(),
        ),
        layer(
            "ports",
            "point",
            tuple(
                Feature(
                    f"ports/{i}",
                    shapely.Point(lon, lat),
                    name,
                    port(people),
                    label=name,
                    rank=3 + i,
                    rows=(Row(t("people"), str(people), float(people)),),
                    legend=9 + i,
                    names=(name,),
                )
                for i, (name, (lon, lat, people)) in enumerate(PORTS.items())
            ),
            title=t("ports"),
            group=t("group2"),
            precision=t("mapped"),
            credit=(1,),
        ),
    )
    legend = (
        LegendEntry("parks", t("parks"), "polygon", park, heading=True),
        LegendEntry("parks", "1951–1992", "polygon", park),
        LegendEntry("parks", "1990–", "polygon", park2),
        LegendEntry("border", t("border"), "line", border),
        LegendEntry("median", t("median"), "line", median, note=t("computed")),
        LegendEntry("pipes", t("pipes"), "line", oil, heading=True, note=t("schematic")),
        LegendEntry("pipes", t("oil"), "line", oil),
        LegendEntry("pipes", t("gas"), "line", gas),
        LegendEntry("flow", t("flow"), "line", Style(color="#6b5b1f", width=4, arrow=True)),
        *(
            LegendEntry("ports", f"{people}", "point", port(people))
            for _, _, people in PORTS.values()
        ),
    )
    claims = (
        claim(
            "border-length",
            "border",
            says=t("says"),
            claimed="300 km",
            measured="482 km",
            interval="480–484 km",
            verdict_text=t("holds"),
            reason="482 > 300",
            source="Survey, 2020",
            method="ellipsoid",
            text="essay, paragraph 2",
            features=("border/1",),
            official="475 km",
        ),
        claim(
            "lake-area",
            "shore",
            says=t("says2"),
            claimed="100 000 km²",
            measured="68 000 km²",
            interval="67 000–69 000 km²",
            verdict="fails",
            verdict_text=t("fails"),
            reason="68 000 < 100 000",
            source="Survey, 2020",
            method="ellipsoid",
            text="essay, paragraph 3",
            features=("shore/1",),
        ),
        claim(
            "pipe-length",
            "pipes",
            says=t("note"),
            claimed="600 km",
            verdict="cannot tell",
            verdict_text=t("cannot tell"),
            reason=t("note"),
            source="Survey, 2020",
            text="essay, paragraph 4",
            features=("pipes/1",),
            against=("median/1",),
            basis="geometry",
            evidence=(
                Evidence("corridor", PIPE.buffer(0.3), "within 33 km"),
                Evidence(
                    "greatest",
                    shapely.from_wkt("LINESTRING(32 .5, 32 0)"),
                    "greatest distance: 55 km",
                    "55 km",
                ),
            ),
        ),
    )
    panels = (
        Panel(
            "line",
            t("people"),
            "",
            t("people"),
            (
                Series(
                    "Kisumu",
                    (1950.0, 1970.0, 1990.0, 2010.0),
                    (20, 90, None, 410),
                    Style("#8c2d04", width=2),
                ),
                Series(
                    "Mwanza",
                    (1950.0, 1970.0, 1990.0, 2010.0),
                    (15, 110, 300, 700),
                    Style("#1b6ca8", width=2, dash=(5, 3)),
                    estimated=(True, False, False, False),
                ),
            ),
            (Reference(500.0, "500", Style("#555555", dash=(3, 3))),),
            alt="Both towns grew.",
        ),
        Panel(
            "bars",
            t("ports"),
            "",
            t("people"),
            (
                Series(
                    "2010",
                    ("Kisumu", "Mwanza", "Entebbe"),
                    (410, 700, 70),
                    Style("#8c2d04", fill="#8c2d04"),
                    ("410", "700", "70"),
                    (False, False, True),
                ),
            ),
            note=t("note"),
            alt="Mwanza is largest.",
        ),
        Panel(
            "stacked",
            t("pipes"),
            "",
            "km",
            (
                Series(
                    t("oil"),
                    (1960.0, 1980.0, 2000.0),
                    (0, 560, 560),
                    Style("#1b6ca8", fill="#1b6ca8"),
                ),
                Series(
                    t("gas"),
                    (1960.0, 1980.0, 2000.0),
                    (1010, 1010, 0),
                    Style("#b3541e", fill="#b3541e", hatch="/"),
                ),
            ),
            alt="Oil replaced gas.",
        ),
    )
    return Scene(
        name="lake",
        say=Translator(lang),
        number=1,
        atlas_title=t("atlas"),
        title=t("title"),
        subtitle=t("subtitle"),
        extent=(30.0, -3.2, 36.0, 1.0),
        projection=Projection(
            "+proj=laea", "Lambert", "Lambert azimuthal equal-area.", True, False
        ),
        layers=layers,
        legend=legend,
        claims=claims,
        panels=panels,
        notes=(t("note"),),
        credits=(
            Credit(
                "Survey of the lake",
                "CC-BY-4.0",
                "1 March 2020",
                "https://example.org/lake",
                (t("states"),),
            ),
            Credit("Register of ports", "LicenseRef-Public-Domain", "", "", (t("ports"),)),
        ),
        alt=t("subtitle"),
        steps=(
            Step(t("subtitle"), t("title")),
            Step(t("says2"), t("lake"), claim="lake-area"),
            Step(t("note"), view=(33.0, -3.2, 36.0, -1.0), layers=("parks",), year=1966),
        ),
    )


def bare() -> Scene:
    """A map with one shape and nothing said about it."""
    shape = Feature("only/1", BORDER, "", Style())
    return replace(
        lake("en"),
        layers=(layer("only", "line", (shape,), title="Line", precision="", credit=()),),
        legend=(),
        claims=(),
        panels=(),
        notes=(),
        credits=(),
        steps=(),
    )


def antimeridian() -> list[Scene]:
    """A map from 170° east to 170° west with a shape on each side of the line."""
    scenes = []
    for scene in lakes():
        style = Style(color="#b3261e", fill="#b3261e")
        isles = layer(
            "isles",
            "polygon",
            (
                Feature("isles/1", shapely.box(177, -18, 180, -16), "A", style),
                Feature("isles/2", shapely.box(-180, -18, -178, -16), "B", style),
                Feature("isles/3", shapely.Point(-175.2, -21.1), "C", style),
            ),
            title=scene.title,
            precision="",
            credit=(),
        )
        scenes.append(
            replace(
                scene,
                name="isles",
                extent=(170.0, -25.0, -170.0, -10.0),
                projection=choose((170.0, -25.0, -170.0, -10.0), None, scene.say),
                layers=(isles,),
                legend=(LegendEntry("isles", "A", "polygon", style),),
                claims=(),
                panels=(),
            )
        )
    return scenes


def with_text(scene: Scene, change: Callable[[str, str], str]) -> Scene:
    """The scene with every reader's text changed; `change` gets the field's name and its text."""
    fixed = {
        "id",
        "lang",
        "kind",
        "layer",
        "verdict",
        "definition",
        "marker",
        "hatch",
        "features",
        "color",
        "fill",
        "axis",
    }

    def walk(value: Any, key: str, owner: str) -> Any:
        if isinstance(value, str):
            named = key == "name" and owner in ("Scene", "SceneLayer")
            return value if key in fixed or named else change(f"{owner}.{key}", value)
        if isinstance(value, tuple) and not (key == "features" and owner == "SceneClaim"):
            return tuple(walk(item, key, owner) for item in value)
        if is_dataclass(value) and not isinstance(value, type):
            owner = type(value).__name__
            changed = {f.name: walk(getattr(value, f.name), f.name, owner) for f in fields(value)}
            return replace(value, **{k: v for k, v in changed.items() if k != "say"})
        return value

    result: Scene = walk(scene, "", "")
    return result


def cells(count: int, per_side: int, seed: int = 7) -> list[BaseGeometry]:
    """A coverage of count² cells with wiggly borders that neighbours share exactly."""
    random = np.random.default_rng(seed)
    steps = np.linspace(0, 1, per_side, endpoint=False)

    def side(a: tuple[float, float], b: tuple[float, float]) -> list[tuple[float, float]]:
        xy = np.outer(1 - steps, a) + np.outer(steps, b)
        xy[1:] += random.normal(0, 0.15 / per_side, (per_side - 1, 2)).cumsum(axis=0) * np.sin(
            np.pi * steps[1:, None]
        )
        return [(float(x), float(y)) for x, y in np.round(xy, 6)]

    across = [[side((x, y), (x + 1, y)) for x in range(count)] for y in range(count + 1)]
    up = [[side((x, y), (x, y + 1)) for x in range(count + 1)] for y in range(count)]
    shapes: list[BaseGeometry] = []
    for y in range(count):
        for x in range(count):
            right = up[y][x + 1]
            top = [(float(x + 1), float(y + 1)), *across[y + 1][x][:0:-1]]
            left = [(float(x), float(y + 1)), *up[y][x][:0:-1]]
            shapes.append(shapely.Polygon([*across[y][x], *right, *top, *left]))
    return shapes
