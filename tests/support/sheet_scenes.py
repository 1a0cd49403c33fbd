"""Scenes made by hand for the tests of sheets: an island country that does not exist."""

from __future__ import annotations

import math
from dataclasses import replace

from shapely.geometry import LineString, MultiPoint, MultiPolygon, Point, Polygon, box

from shekara.i18n import Translator
from shekara.scene.model import (
    Credit,
    Feature,
    LegendEntry,
    Panel,
    Reference,
    Scene,
    SceneClaim,
    Series,
    Style,
)
from shekara.scene.projection import Extent, choose
from tests.support.scene_parts import claim, layer

TEXTS = {
    "en": {
        "title": "Islands of the Southern Sea and their Shipping Lanes",
        "subtitle": "Coasts, ports and lanes as far as open sources show them.",
        "claim": "The coast of the main island is more than 3,000 km long.",
        "holds": "holds",
        "fails": "fails",
        "tell": "cannot tell",
        "main": "Great Island",
        "second": "Little Island",
        "sea": "Southern Sea",
        "lane": "Northern lane",
        "flow": "Timber",
        "town": "Harbour Town",
        "alt": "A map of two islands with six ports, two lanes and one flow of timber.",
    },
    "ru": {
        "title": "Острова Южного моря и пути судов между ними",
        "subtitle": "Берега, порты и пути судов, насколько они известны из открытых источников.",
        "claim": "Береговая линия главного острова длиннее 3 000 км.",
        "holds": "подтверждается",
        "fails": "не подтверждается",
        "tell": "нельзя решить",
        "main": "Большой остров",
        "second": "Малый остров",
        "sea": "Южное море",
        "lane": "Северный путь",
        "flow": "Лес",
        "town": "Портовый город",
        "alt": "Карта двух островов с шестью портами, двумя путями и одним потоком леса.",
    },
    "kk": {
        "title": "Оңтүстік теңіз аралдары және олардың арасындағы кеме жолдары",
        "subtitle": "Жағалау, айлақтар мен жолдар ашық дереккөздер көрсеткен шамада берілген.",
        "claim": "Үлкен аралдың жағалау сызығы 3 000 шақырымнан асады.",
        "holds": "расталады",
        "fails": "расталмайды",
        "tell": "анықтау мүмкін емес",
        "main": "Үлкен арал",
        "second": "Кіші арал",
        "sea": "Оңтүстік теңіз",
        "lane": "Солтүстік жол",
        "flow": "Ағаш өнімдері",
        "town": "Айлақты қала",
        "alt": "Екі арал, алты айлақ, екі жол және бір ағаш ағыны бар карта.",
    },
}

EXTENT: Extent = (140.0, -44.0, 152.0, -36.0)


def blob(lon: float, lat: float, radius: float, waves: int = 7, points: int = 400) -> Polygon:
    """A rough island: a circle with bays, degrees."""
    ring = []
    for step in range(points):
        angle = 2 * math.pi * step / points
        bay = 1 + 0.16 * math.sin(waves * angle) + 0.07 * math.sin(23 * angle + 1)
        bay += 0.02 * math.sin(91 * angle)
        ring.append(
            (
                lon + radius * bay * math.cos(angle) / math.cos(math.radians(lat)),
                lat + radius * bay * math.sin(angle),
            )
        )
    return Polygon(ring)


def claims(lang: str, count: int) -> tuple[SceneClaim, ...]:
    text = TEXTS[lang]
    verdicts = (("holds", "holds"), ("fails", "fails"), ("cannot tell", "tell"))
    made = []
    for place in range(count):
        verdict, key = verdicts[place % 3]
        made.append(
            claim(
                f"claim-{place}",
                "islands",
                says=text["claim"] if place == 0 else f"{text['claim']} ({place + 1})",
                claimed="> 3 000 km",
                measured="" if verdict == "cannot tell" else "3 214 km",
                interval="" if verdict == "cannot tell" else "3 200–3 228 km",
                verdict=verdict,
                verdict_text=text[key],
                source="survey",
                method="geodesic",
            )
        )
    return tuple(made)


def panels(lang: str, count: int) -> tuple[Panel, ...]:
    blue, red = Style(color="#0072b2", width=1.2), Style(color="#b3261e", dash=(3, 2), width=0.8)
    line = Panel(
        kind="line",
        title={
            "en": "Length of the coast by resolution",
            "ru": "Длина берега и подробность",
            "kk": "Жағалау ұзындығы мен дәлдігі",
        }[lang],
        x_title={"en": "resolution, km", "ru": "подробность, км", "kk": "дәлдігі, км"}[lang],
        y_title={"en": "length, km", "ru": "длина, км", "kk": "ұзындығы, км"}[lang],
        series=(
            Series(
                "",
                (0.1, 1, 5, 10, 50),
                (4100, 3214, 2800, 2500, 1900),
                blue,
                estimated=(False, False, False, False, True),
            ),
        ),
        references=(Reference(3000, "3 000", red),),
        x_log=True,
        y_zero=False,
        alt="The coast shortens from 4,100 km at 0.1 km to 1,900 km at 50 km.",
    )
    bars = Panel(
        kind="bars",
        title={"en": "Ships per year", "ru": "Судов в год", "kk": "Жылдағы кемелер саны"}[lang],
        x_title="",
        y_title={"en": "ships", "ru": "суда", "kk": "кеме"}[lang],
        series=(
            Series(
                "A",
                tuple(range(1990, 1999)),
                (20, 22, 19, 25, None, 28, 30, 21, 24),
                Style(color="#0072b2", fill="#56b4e9"),
                estimated=(False,) * 7 + (True, False),
            ),
        ),
        references=(Reference(26, "26", red),),
        note={
            "en": "1994: no record; 1997: estimate.",
            "ru": "1994: нет данных; 1997: оценка.",
            "kk": "1994: дерек жоқ; 1997: шамалау.",
        }[lang],
    )
    stacked = Panel(
        kind="stacked",
        title="Areas by date",
        x_title="",
        y_title="km²",
        series=(
            Series(
                "North",
                ("1990", "2000", "2010"),
                (100, 120, 90),
                Style(color="#0072b2", fill="#0072b2"),
            ),
            Series(
                "South",
                ("1990", "2000", "2010"),
                (50, 40, 60),
                Style(color="#e69f00", fill="#e69f00", hatch="/"),
            ),
        ),
    )
    return (line, bars, stacked)[:count]


def scene(
    lang: str = "en",
    *,
    claim_count: int = 2,
    panel_count: int = 1,
    extent: Extent = EXTENT,
    named: object = None,
    base: bool = True,
) -> Scene:
    """Two islands, a strait, ports, lanes, a flow and a schematic disc, in one language."""
    text = TEXTS[lang]
    west, south, east, north = extent
    wide, high = (east - west) % 360, north - south
    lon = west + wide / 2

    def at(x: float, y: float) -> tuple[float, float]:
        return (west + x * wide, south + y * high)

    main = blob(*at(0.36, 0.5), 0.26 * high)
    second = blob(*at(0.76, 0.66), 0.13 * high, 5)
    island = Style(color="#7a5c1e", fill="#e9d8a6", fill_opacity=1, width=0.6)
    disc = Style(color="#7b2d8b", fill="#cc79a7", fill_opacity=0.35, hatch="/", width=0.8)
    other = Style(color="#00664b", fill="#009e73", fill_opacity=0.35, hatch=".", width=0.8)
    lane = Style(color="#0072b2", width=1.4, dash=(5, 2))
    lane2 = Style(color="#0072b2", width=1.4)
    flow = Style(color="#d55e00", width=2.4, arrow=True)
    port = Style(color="#1a1a1a", fill="#ffffff", fill_opacity=1, size=4, width=0.8)
    big = Style(color="#b3261e", fill="#b3261e", fill_opacity=0.5, size=14)
    layers = []
    if base:
        quiet = Style(color="#999999", fill="#f6f2e8", fill_opacity=1, width=0.3)
        coast = box(-30 + lon, -3 + south, lon + 30, 0.12 * high + south)
        layers.append(
            layer(
                "countries",
                "polygon",
                [
                    Feature("countries/1", main.buffer(0.01), "", quiet),
                    Feature(
                        "countries/2",
                        coast.intersection(box(-180, -90, 180, 90)),
                        text["sea"],
                        quiet,
                        label=text["sea"],
                        rank=4,
                    ),
                ],
                basemap=True,
            )
        )
    layers += [
        layer(
            "islands",
            "polygon",
            [
                Feature(
                    "islands/1", main, text["main"], island, label=text["main"], rank=1, legend=0
                ),
                Feature(
                    "islands/2",
                    second,
                    text["second"],
                    island,
                    label=text["second"],
                    rank=2,
                    legend=0,
                ),
            ],
        ),
        layer(
            "ranges",
            "polygon",
            [
                Feature(
                    "ranges/1",
                    Point(at(0.62, 0.28)).buffer(0.07 * high),
                    "Disc",
                    disc,
                    label="Disc",
                    rank=5,
                    legend=2,
                ),
                Feature(
                    "ranges/2",
                    Point(at(0.9, 0.3)).buffer(0.06 * high),
                    "Ring",
                    other,
                    label="Ring",
                    rank=5,
                    legend=3,
                ),
            ],
            schematic=True,
            title={"en": "Test areas", "ru": "Испытательные участки", "kk": "Сынақ алаңдары"}[lang],
        ),
        layer(
            "lanes",
            "line",
            [
                Feature(
                    "lanes/1",
                    LineString([at(0.02 + 0.12 * i, 0.86 + 0.05 * math.sin(i)) for i in range(9)]),
                    text["lane"],
                    lane,
                    label=text["lane"],
                    rank=4,
                    legend=5,
                ),
                Feature(
                    "lanes/2",
                    LineString([at(0.55, 0.05), at(0.6, 0.5), at(0.58, 0.95)]),
                    "B",
                    lane2,
                    label="",
                    rank=4,
                    legend=6,
                ),
            ],
        ),
        layer(
            "trade",
            "line",
            [
                Feature(
                    "trade/1",
                    LineString([at(0.36, 0.5), at(0.5, 0.75), at(0.76, 0.66)]),
                    text["flow"],
                    flow,
                    label=text["flow"],
                    rank=5,
                    legend=7,
                )
            ],
        ),
        layer(
            "ports",
            "point",
            [
                Feature(
                    f"ports/{i}",
                    Point(at(x, y)),
                    f"{text['town']} {i}",
                    port,
                    label=f"{text['town']} {i}",
                    rank=3 + i % 4,
                    legend=8,
                )
                for i, (x, y) in enumerate(
                    [
                        (0.3, 0.4),
                        (0.33, 0.42),
                        (0.36, 0.4),
                        (0.42, 0.6),
                        (0.2, 0.62),
                        (0.75, 0.7),
                        (0.98, 0.98),
                    ]
                )
            ]
            + [
                Feature(
                    "ports/big",
                    MultiPoint([at(0.8, 0.62)]),
                    "Fleet",
                    big,
                    label="Fleet",
                    rank=2,
                    legend=9,
                )
            ],
        ),
        layer(
            "hidden",
            "polygon",
            [
                Feature(
                    "hidden/1", box(*at(0.1, 0.1), *at(0.9, 0.9)), "HIDDEN", island, label="HIDDEN"
                )
            ],
            visible=False,
        ),
        layer(
            "extra",
            "polygon",
            [
                Feature(
                    "extra/1",
                    MultiPolygon([box(*at(0.1, 0.1), *at(0.9, 0.9))]),
                    "EXTRA",
                    island,
                    label="EXTRA",
                )
            ],
            extra=True,
        ),
    ]
    names = {
        "en": (
            "Islands",
            "Test areas",
            "first",
            "second",
            "Lanes",
            "in use",
            "planned",
            "Timber, thousand t",
            "Port",
            "Fleet of 40 ships",
            "schematic",
        ),
        "ru": (
            "Острова",
            "Испытательные участки",
            "первый",
            "второй",
            "Пути",
            "действующий",
            "намеченный",
            "Лес, тыс. т",
            "Порт",
            "Флот из 40 судов",
            "схематично",
        ),
        "kk": (
            "Аралдар",
            "Сынақ алаңдары",
            "бірінші",
            "екінші",
            "Жолдар",
            "жұмыс істейді",
            "жоспарланған",
            "Ағаш, мың т",
            "Айлақ",
            "40 кемелік флот",
            "схема",
        ),
    }[lang]
    legend = (
        LegendEntry("islands", names[0], "polygon", island),
        LegendEntry("ranges", names[1], "polygon", disc, heading=True),
        LegendEntry("ranges", names[2], "polygon", disc, note=names[10]),
        LegendEntry("ranges", names[3], "polygon", other, note=names[10]),
        LegendEntry("lanes", names[4], "line", lane, heading=True),
        LegendEntry("lanes", names[6], "line", lane),
        LegendEntry("lanes", names[5], "line", lane2),
        LegendEntry("trade", names[7], "line", flow),
        LegendEntry("ports", names[8], "point", port),
        LegendEntry("ports", names[9], "point", big),
    )
    return Scene(
        name="islands",
        say=Translator(lang),
        number=3,
        atlas_title={
            "en": "Atlas of the Southern Sea",
            "ru": "Атлас Южного моря",
            "kk": "Оңтүстік теңіз атласы",
        }[lang],
        title=text["title"],
        subtitle=text["subtitle"],
        extent=extent,
        projection=choose(extent, named, Translator(lang)),  # type: ignore[arg-type]
        layers=tuple(layers),
        legend=legend,
        claims=claims(lang, claim_count),
        panels=panels(lang, panel_count),
        notes=(
            {
                "en": "The test areas are discs of the documented area.",
                "ru": "Испытательные участки показаны кругами документированной площади.",
                "kk": "Сынақ алаңдары құжаттағы ауданға тең дөңгелекпен берілген.",
            }[lang],
        ),
        credits=(
            Credit(
                "Survey of the Southern Sea",
                "CC-BY-4.0",
                "2024",
                "https://example.org",
                ("Islands", "Ports"),
            ),
            Credit("Hydrographic Office", "ODbL-1.0", "2020", "", ("Lanes",)),
        ),
        alt=text["alt"],
    )


def crowded(lang: str = "kk") -> Scene:
    """More text than a page was meant for: long titles, many claims, layers and sources."""
    full = scene(lang, claim_count=6, panel_count=2)
    long = " ".join([full.title] * 3)
    entries = full.legend + tuple(
        LegendEntry(
            "islands",
            f"{full.title} {place}",
            "polygon",
            Style(color="#444444", fill=f"#{20 * place + 40:02x}8899"),
            note="схема",
        )
        for place in range(8)
    )
    credits = tuple(
        Credit(f"{full.subtitle} {place}", "CC-BY-4.0", f"20{place:02d}", "", (full.title,))
        for place in range(14)
    )
    return replace(
        full,
        title=long,
        subtitle=" ".join([full.subtitle] * 4),
        legend=entries,
        credits=credits,
        notes=full.notes * 5,
    )
