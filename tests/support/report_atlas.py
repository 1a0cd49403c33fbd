"""A small atlas for the tests of the report: a lake on the equator, claims of every verdict."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shekara import atlas as atlases
from shekara.atlas import Atlas
from shekara.claims import KINDS, Verdict, check_all
from tests.support.atlases import feature, line, polygon

LANGS = ("kk", "ru", "en")

SHORE = """
title = { kk = "Көл жағалауы", ru = "Берег озера", en = "Lake shore" }
[[source]]
name = { kk = "Жағалау түсірілімі", ru = "Съёмка берега", en = "Survey of the shore" }
license = "CC-BY-4.0"
date = 2019-05-07
url = "https://example.org/shore?a=1&b=2"
[quality]
precision = "mapped"
accuracy_m = 100
resolution_m = 30
[[claim]]
id = "lake-area"
says.kk = "Көлдің ауданы 40 000 км²-ден асады."
says.ru = "Площадь озера больше 40 000 км²."
says.en = "The lake is larger than 40,000 km²."
text = { kk = "очерк, 2-абзац", ru = "очерк, абзац 2", en = "essay, paragraph 2" }
official.kk = "68 870 км² (кадастр)"
official.ru = "68 870 км² (кадастр)"
official.en = "68,870 km² (register)"
note = { kk = "Қарапайым төртбұрыш.", ru = "Простой четырёхугольник.", en = "A plain quadrangle." }
url = "https://example.org/essay"
area_km2 = { more_than = 40000 }
verdict = "holds"
[[claim]]
id = "lake-small"
says.kk = "Көл 10 000 км²-ден кіші, сондықтан оны бір күнде айналып шығуға болады."
says.ru = "Озеро меньше 10 000 км², поэтому его можно обойти пешком за один день."
says.en = "The lake is smaller than 10,000 km², so that one can walk round it in a day."
text = { kk = "очерк, 10-абзац", ru = "очерк, абзац 10", en = "essay, paragraph 10" }
area_km2 = { less_than = 10000 }
verdict = "fails"
[[claim]]
id = "lake-share"
says.kk = "Солтүстік жартысы көлдің 50 %-ына жуық."
says.ru = "Северная половина составляет около 50 % озера."
says.en = "The northern half is about 50% of the lake."
text = { kk = "очерк, 3-абзац", ru = "очерк, абзац 3", en = "essay, paragraph 3" }
share_percent = { measure = "area", where = { part = "north" }, about = 49 }
verdict = "holds"
[[claim]]
id = "lake-beauty"
says.kk = "Көл — құрлықтағы ең әдемі су."
says.ru = "Это красивейшее озеро материка."
says.en = "It is the most beautiful lake of the continent."
text = { kk = "очерк, 1-абзац", ru = "очерк, абзац 1", en = "essay, paragraph 1" }
not_checkable = { why = { kk = "Бұл — пікір.", ru = "Это мнение.", en = "This is an opinion." } }
verdict = "not checkable"
"""

LINES = """
title.kk = "Экватор бойындағы шекара"
title.ru = "Граница по экватору"
title.en = "Border along the equator"
[[source]]
name = "Two surveys"
license = "ODbL-1.0"
date = 2021
[quality]
precision = "surveyed"
accuracy_m = 10
[[claim]]
id = "border-degree"
says.kk = "Шекараның ұзындығы 100 км-ден асады."
says.ru = "Длина границы больше 100 км."
says.en = "The border is more than 100 km long."
text = { kk = "очерк, 4-абзац", ru = "очерк, абзац 4", en = "essay, paragraph 4" }
length_km = { more_than = 100, where = { survey = "A" } }
verdict = "holds"
[[claim]]
id = "border-surveys"
says.kk = "Шекараның ұзындығы 120 км-ден асады."
says.ru = "Длина границы больше 120 км."
says.en = "The border is more than 120 km long."
text = { kk = "очерк, 4-абзац", ru = "очерк, абзац 4", en = "essay, paragraph 4" }
length_km = { more_than = 120, each = "survey" }
verdict = "cannot tell"
[[claim]]
id = "border-coarse"
says.kk = "Шекара 200 км-ден аспайды."
says.ru = "Граница не длиннее 200 км."
says.en = "The border is at most 200 km long."
length_km = { at_most = 200, where = { survey = "C" } }
verdict = "cannot tell"
[[claim]]
id = "border-shore"
says.kk = "Шекара көлге тиіп тұр."
says.ru = "Граница касается озера."
says.en = "The border touches the lake."
text = { kk = "очерк, 5-абзац", ru = "очерк, абзац 5", en = "essay, paragraph 5" }
touches = { layer = "shore", where = { survey = "A" }, with_where = { part = "north" } }
verdict = "holds"
"""

FIGURES = """
title = { kk = "Сандар", ru = "Цифры", en = "Figures" }
[[source]]
name = { kk = "Статистикалық жинақ", ru = "Статистический сборник", en = "Statistical yearbook" }
license = "LicenseRef-Public-Domain"
date = 1998
url = "doi:10.1000/182"
[quality]
precision = "documentary"
accuracy_m = 0
[field.year]
title = { kk = "Жыл", ru = "Год", en = "Year" }
kind = "year"
[field.fish_t]
title = { kk = "Аулау", ru = "Улов", en = "Catch" }
unit = "t"
[field.source]
title = { kk = "Дереккөз", ru = "Источник", en = "Source" }
values = { fao = { kk = "БҰҰ", ru = "ООН", en = "United Nations" } }
[[claim]]
id = "fish-catch"
says.kk = "Жылына 250 т балық ауланады."
says.ru = "За год ловят 250 т рыбы."
says.en = "The yearly catch is 250 t."
text = { kk = "очерк, 6-абзац", ru = "очерк, абзац 6", en = "essay, paragraph 6" }
value = { field = "fish_t", where = { id = "catch" }, equals = 250 }
verdict = "fails"
[[claim]]
id = "treaty-year"
says.kk = "Шарт 1995 жылы жасалды."
says.ru = "Договор заключён в 1995 году."
says.en = "The treaty was made in 1995."
text = { kk = "очерк, 7-абзац", ru = "очерк, абзац 7", en = "essay, paragraph 7" }
value = { field = "year", where = { id = "treaty" }, equals = 1995 }
verdict = "fails"
[[claim]]
id = "sums"
says.kk = "Үш порт бірге 12 млн адам."
says.ru = "В трёх портах вместе 12 млн человек."
says.en = "Three ports have 12 million people together."
text = { kk = "очерк, 8-абзац", ru = "очерк, абзац 8", en = "essay, paragraph 8" }
arithmetic.expression = "a + b + c"
arithmetic.values = { a = 5, b = 4, c = 3.1 }
arithmetic.unit = "million"
arithmetic.between = [11.0, 13.5]
verdict = "holds"
[[claim]]
id = "treaty-signed"
says.kk = "Екі ел шарт жасасты."
says.ru = "Две страны заключили договор."
says.en = "The two states made a treaty."
text = { kk = "очерк, 7-абзац", ru = "очерк, абзац 7", en = "essay, paragraph 7" }
documented.by.kk = "Шарттар жинағы"
documented.by.ru = "Собрание договоров"
documented.by.en = "Treaty series"
documented.date = 1994-06-30
documented.url = "https://example.org/treaties/12"
verdict = "documented"
[[claim]]
id = "treaty-secret"
says.kk = "Шарт ешқашан жарияланбаған."
says.ru = "Договор не был опубликован."
says.en = "The treaty was never published."
documented.by.kk = "Шарттар жинағы"
documented.by.ru = "Собрание договоров"
documented.by.en = "Treaty series"
documented.date = 1996
documented.confirms = false
verdict = "fails"
"""

MAP = """
number = 1
title = { kk = "Көл мен шекара", ru = "Озеро и граница", en = "Lake and border" }
layers = ["shore", "lines"]
extent = [31.0, -3.0, 35.0, 1.0]
claims = ["lake-area", "border-degree", "border-surveys"]
"""

INDEX = """
title = { kk = "Көлдер атласы", ru = "Атлас озёр", en = "Atlas of lakes" }
about = { kk = "Сынақ.", ru = "Проба.", en = "A trial." }
languages = ["kk", "ru", "en"]
"""


def _collection(*features: dict[str, Any]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def _box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    return polygon([[west, south], [east, south], [east, north], [west, north], [west, south]])


GEO = {
    "shore": _collection(
        feature(_box(32, -2, 34, -1), id="south", part="south"),
        feature(_box(32, -1, 34, 0), id="north", part="north"),
    ),
    # Survey A is one degree of the equator; B is a degree and a fifth; C is generalised.
    "lines": _collection(
        feature(line([[32, 0], [33, 0]]), id="a", survey="A"),
        feature(line([[32, 0], [33.2, 0]]), id="b", survey="B"),
        feature(line([[32, 0], [33.4, 0]]), id="c", survey="C", resolution_m=5000),
    ),
    "figures": _collection(
        feature(None, id="catch", fish_t=200, source="fao"),
        feature(None, id="treaty", year=1994),
    ),
}
LAYERS = {"shore": SHORE, "lines": LINES, "figures": FIGURES}


def write(folder: Path, edit: Callable[[str], str] = lambda text: text) -> Path:
    """The atlas in a folder; `edit` changes the text of every file on its way."""
    for name in ("geo", "layers", "maps"):
        (folder / name).mkdir(parents=True)
    for name, text in LAYERS.items():
        (folder / "layers" / f"{name}.toml").write_text(edit(text), encoding="utf-8")
    for name, text in GEO.items():
        (folder / "geo" / f"{name}.geojson").write_text(edit(text), encoding="utf-8")
    (folder / "maps" / "lake.toml").write_text(edit(MAP), encoding="utf-8")
    (folder / "maps" / "index.toml").write_text(edit(INDEX), encoding="utf-8")
    return folder


def read(
    folder: Path, edit: Callable[[str], str] = lambda text: text
) -> tuple[Atlas, tuple[Verdict, ...]]:
    """The atlas, written and loaded, and its verdicts."""
    atlas = atlases.load(write(folder, edit), kinds=KINDS)
    return atlas, check_all(atlas)
