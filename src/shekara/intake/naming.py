"""What things of a stranger's file are called: its layers, its titles, the field that names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from shekara.errors import UsageError

if TYPE_CHECKING:
    import geopandas

# Words that say "name" in a column's name, in languages of many surveys and statistical offices.
NAMES = frozenset({
    "name", "names", "nam", "namn", "navn", "nafn", "naam", "nome", "nombre", "nom", "noms",
    "nazwa", "naziv", "nazov", "název", "nazev", "nimi", "ime", "név", "nev", "nume",
    "denumire", "denominazione", "denominación", "bezeichnung", "title", "label", "titel",
    "isim", "ad", "adı", "adi", "nomi", "ten", "tên", "nama", "название", "наименование",
    "имя", "назва", "име", "атауы", "аты", "ονομα", "όνομα", "სახელი", "დასახელება", "اسم",
    "الاسم", "نام", "שם", "नाम", "名称", "名前", "名", "이름", "ชื่อ",
})  # fmt: skip
NAME_IN = re.compile(r"^name|name[ns]?$|naam$|namn$", re.IGNORECASE)  # NAMELSAD, gemeentenaam
# Words in a column's name that say that it has no names, but codes, days or links.
CODES = frozenset({
    "id", "ids", "fid", "gid", "oid", "objectid", "uid", "uuid", "guid", "code", "codes", "kod",
    "código", "codigo", "codice", "код", "iso", "key", "ref", "date", "datum", "fecha", "data",
    "дата", "күні", "tarih", "sana", "日期", "day", "time", "timestamp", "url", "uri", "link",
})  # fmt: skip
CODE = re.compile(r"(?=.*[\d:])[\w./:@#+-]+")  # way/123, 2020-Jan-01, a3f0-77bc
DATE = re.compile(  # Monday, 3 March 2020; 3. März 2020; March 3, 2020; 2020-03-01 10:00 UTC
    r"\b\d{1,2}\.?(?:st|nd|rd|th)?(?:\s+de|\s+of)?[\s-]*[^\W\d_]{3,12}\.?,?(?:\s+de)?"
    r"[\s-]+(?:1[5-9]|20)\d\d\b"
    r"|^[^\W\d_]{3,12}\.?\s+\d{1,2},\s+\d{4}\b"
    r"|^\d{4}[-./年]\s?\d{1,2}(?!\d)"
)
YEAR_WORDS = frozenset({
    "year", "jahr", "jaar", "år", "ár", "année", "annee", "año", "ano", "anno", "rok", "rik", "год",
    "рік", "жыл", "yil", "yıl", "yili", "yılı", "წელი", "سنة", "سال", "שנה", "वर्ष", "年", "年份",
})  # fmt: skip
YEARS = (1000, 2100)
LETTERS = re.compile(r"[^\W\d_]+")
HUMP = re.compile(r"(?<=[a-zа-я])(?=[A-ZА-Я])")  # shapeName
MOSTLY = 0.9  # of the features: a column that names them has as many different values
PLAIN = str.maketrans("łŁøØđĐðÐħĦıŧŦ", "lLoOdDdDhHitT")  # letters that no accent makes
DOUBLED = {"ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "þ": "th", "Þ": "th"}


def layer_name(text: str) -> str:
    """A name for a layer: lower-case letters, digits and hyphens.

    >>> layer_name("Kantone_2024 (Zürich)"), layer_name("Łódź")
    ('kantone-2024-zurich', 'lodz')
    """
    latin = "".join(DOUBLED.get(letter, letter) for letter in text.translate(PLAIN))
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not name:
        raise UsageError(f"{text!r} makes no name of a layer; give one with --name, such as roads")
    return name


def title_of(text: str) -> str:
    """What a reader calls a file, a layer or a column of that name.

    >>> title_of("Województwa_2024"), title_of("DENSITY"), title_of("area_km2"), title_of("iso_A3")
    ('Województwa 2024', 'Density', 'Area km2', 'Iso A3')
    """
    words = re.sub(r"[\s_]+", " ", text).strip() or text
    longest = max((len(word) for word in LETTERS.findall(words)), default=0)
    shown = words.lower() if words.isupper() and longest > 4 else words  # GDP, NUTS stay
    return shown[:1].title() + shown[1:]  # the title case of Georgian is small


def label_field(frame: geopandas.GeoDataFrame) -> str | None:
    """The attribute that names a feature: by its own name, else by values that are words.

    Of several that could, the one that tells most features apart; codes, dates and numbers are
    the last resort, even where some features have no name.
    """
    texts = {column: _texts(frame, column) for column in own_columns(frame)}
    count = len(frame)
    named = [column for column, values in texts.items() if values and _says_name(column)]
    if "name" in named:
        return "name"
    if named:
        worded = [column for column in named if _names_things(column, texts[column])]
        return max(worded or named, key=lambda column: len(set(texts[column])))
    apart = {
        column: values
        for column, values in texts.items()
        if 2 * len(values) > count and len(set(values)) >= MOSTLY * len(values)
    }
    worded = [column for column, values in apart.items() if _names_things(column, values)]
    worded.sort(key=lambda column: len(apart[column]) < count)
    whole = [column for column, values in apart.items() if len(values) == count]
    whole.sort(key=lambda column: _says_code(column) or bool(DATE.search(apart[column][0])))
    return next(iter([*worded, *whole]), None)


def summed_columns(frame: geopandas.GeoDataFrame) -> list[str]:
    """Columns of numbers that are no years, and so may be added up."""
    return [
        column
        for column in own_columns(frame)
        if any(type(value) in (int, float) for value in frame[column])
        and not are_years(column, frame[column])
    ]


def are_years(column: str, values: Iterable[object]) -> bool:
    """Whether whole numbers of a column are years, by its name and their size.

    >>> are_years("since_year", [1351, 1815]), are_years("Jahr", [2020]), are_years("n", [2020])
    (True, True, False)
    """
    words = [word.casefold() for word in LETTERS.findall(HUMP.sub(" ", column))]
    if not any(word in YEAR_WORDS or word.startswith("year") for word in words):
        return False
    known = [value for value in values if value is not None]
    return bool(known) and all(
        isinstance(value, int | float) and YEARS[0] <= value <= YEARS[1] and value % 1 == 0
        for value in known
    )


def own_columns(frame: geopandas.GeoDataFrame) -> list[str]:
    """The attributes of a frame but the feature's id."""
    return [column for column in frame.columns if column not in (frame.geometry.name, "id")]


def _texts(frame: geopandas.GeoDataFrame, column: str) -> list[str]:
    """The values of a column of texts, but empty ones; none of a column that has anything else."""
    values = list(frame[column].dropna())
    texts = [value for value in values if isinstance(value, str)]
    return [text for text in texts if text.strip()] if len(texts) == len(values) else []


def _says_name(column: str) -> bool:
    words = [word.casefold() for word in LETTERS.findall(HUMP.sub(" ", column))]
    return any(word in NAMES or NAME_IN.search(word) for word in words)


def _names_things(column: str, values: Sequence[str]) -> bool:
    """Whether a column of texts holds names, by its own name and its values."""
    return not _says_code(column) and _are_words(values)


def _says_code(column: str) -> bool:
    words = {word.casefold() for word in LETTERS.findall(HUMP.sub(" ", column))}
    return bool(words & CODES)


def _are_words(values: Sequence[str]) -> bool:
    """Whether most values read as words: Łódź, LOMBARDIA, 北京; not 14, PL-14, KAZ, 3 May 2020."""
    return 2 * sum(_is_word(value) for value in values) > len(values)


def _is_word(value: str) -> bool:
    if DATE.search(value):
        return False
    longest = max(LETTERS.findall(value), key=len, default="")
    if longest and longest.upper() == longest.lower():  # a script without capitals
        return True
    if CODE.fullmatch(value.strip()):
        return False
    return len(longest) >= (4 if longest.isupper() else 3)
