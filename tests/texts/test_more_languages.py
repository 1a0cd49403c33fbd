"""Sentences of languages whose words stand in number_words/; what they say is read by hand."""

from __future__ import annotations

import pytest

from shekara.texts import candidates, drafts, not_understood

# Sentence: what each of its numbers says, as (value, high end, unit, relation).
SENTENCES = {
    "fr": {
        "La superficie est de 543 940 km², soit plus de 500 000 km².": [
            (543940, None, "km2", "equals"), (500000, None, "km2", "more_than")],
        "Le fleuve mesure environ 1\u202f012 kilomètres de long, à moins de 150 km d’ici.": [
            (1012, None, "km", "about"), (150, None, "km", "less_than")],
        "Sa population atteint 67,4 millions d’habitants, soit 12,5 % de plus qu’en 1990.": [
            (67.4e6, None, "people", "equals"), (12.5, None, "percent", "equals"),
            (1990, None, "year", "equals")],
        "Plus d'un million de personnes y vivent, sur au plus 45 hectares.": [
            (1e6, None, "people", "more_than"), (45, None, "ha", "at_most")],
        "Près d'un tiers du pays, et quatre-vingt-dix-sept ans, au XIXe siècle.": [
            (33.333, None, "percent", "about"), (97, None, "year", "equals"),
            (19, None, "century", "equals")],
        "L'altitude ne dépasse pas 200 m, au IVe siècle av. J.-C. déjà.": [
            (200, None, "m", "at_most"), (-4, None, "century", "equals")],
        "Du 3 au 15 mai 1998, la dette dépasse 3 milliards d’euros.": [
            ("1998-05-03", "1998-05-15", "", "between"), (3e9, None, "EUR", "more_than")],
    },
    "es": {
        "La superficie es de 756.102 km² y supera el 12,5 % del continente.": [
            (756102, None, "km2", "equals"), (12.5, None, "percent", "more_than")],
        "El 3 de mayo de 1998 había más de un millón de personas en al menos 13 provincias.": [
            ("1998-05-03", None, "", "equals"), (1e6, None, "people", "more_than"),
            (13, None, "count", "at_least")],
        "Unos treinta y cinco kilómetros, y casi un tercio de la costa del siglo XIX.": [
            (35, None, "km", "about"), (33.333, None, "percent", "about"),
            (19, None, "century", "equals")],
    },
    "tr": {
        "Ülkenin yüzölçümü 783.562 km²'dir, yani 700.000 km²’den fazladır.": [
            (783562, None, "km2", "equals"), (700000, None, "km2", "more_than")],
        "Nüfusun yüzde 35'i toprakların %2,5'inde yaşıyor; üçte biri şehirde.": [
            (35, None, "percent", "equals"), (2.5, None, "percent", "equals"),
            (33.333, None, "percent", "equals")],
        "1994'te bir milyondan fazla kişi yaklaşık on beş kilometre uzakta yaşıyordu.": [
            (1994, None, "year", "equals"), (1e6, None, "people", "more_than"),
            (15, None, "km", "about")],
    },
    "uz": {
        "Mamlakat maydoni 448 978 km², ya’ni 400 000 km² dan ortiq.": [
            (448978, None, "km2", "equals"), (400000, None, "km2", "more_than")],
        "Aholisi 35,3 million kishi, 1990-yilga nisbatan 12,5 foiz koʻp.": [
            (35.3e6, None, "people", "equals"), (1990, None, "year", "equals"),
            (12.5, None, "percent", "equals")],
        "Bitim 1998-yil 3-mayda imzolangan, XIX asrda oʻn besh ming kishi boʻlgan.": [
            ("1998-05-03", None, "", "equals"), (19, None, "century", "equals"),
            (15000, None, "people", "equals")],
    },
    "ar": {
        "يبلغ طول النهر نحو ١٠١٢ كيلومترًا، ويبعد أقل من 150 كم عن الحدود.": [
            (1012, None, "km", "about"), (150, None, "km", "less_than")],
        "بلغ عدد سكانها 67.4 مليون نسمة، بزيادة ١٢٫٥٪ عن عام 1990.": [
            (67.4e6, None, "people", "equals"), (12.5, None, "percent", "equals"),
            (1990, None, "year", "equals")],
        "في 3 مايو 1998 وقع الاتفاق، وتضم المنطقة ما لا يقل عن 13 محافظة.": [
            ("1998-05-03", None, "", "equals"), (13, None, "count", "at_least")],
    },
    "zh": {
        "该国面积为543,940平方公里，超过50万平方公里。": [
            (543940, None, "km2", "equals"), (500000, None, "km2", "more_than")],
        "1998年5月3日，三分之一的居民住在百分之十二点五的土地上。": [
            ("1998-05-03", None, "", "equals"), (33.333, None, "percent", "equals"),
            (12.5, None, "percent", "equals")],
        "20世纪90年代，三百多公里的河边住着三百二十万人。": [
            (1990, 1999, "year", "between"), (300, None, "km", "more_than"),
            (3.2e6, None, "people", "equals")],
    },
    "de": {
        "Der Bezirk hat 12,5 % mehr als 1990.": [
            (12.5, None, "percent", "equals"), (1990, None, "year", "equals")],
        "Es sind mehr als 1990 Menschen.": [(1990, None, "people", "more_than")],
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "sentence"), [(lang, each) for lang, told in SENTENCES.items() for each in told]
)
def test_what_a_sentence_says(lang: str, sentence: str) -> None:
    read = candidates(sentence)
    assert {each.lang for each in read} == {lang}
    assert all(sentence[each.start : each.end] == each.text for each in read)
    said = [(each.value, each.value_high, each.unit, each.relation) for each in read]
    assert said == SENTENCES[lang][sentence]


def test_decimals_of_a_text_say_how_its_thousands_are_parted() -> None:
    """Mexico writes 12,345.6 and Spain 12.345,6."""
    mexican = candidates("El río mide 1,012 km y la costa tiene 12.5 km; el país es grande.")
    spanish = candidates("El río mide 1.012 km y la costa tiene 12,5 km; el país es grande.")
    unsaid = candidates("El río mide 1.012 km y el país es grande.")
    assert [each.value for each in mexican] == [each.value for each in spanish] == [1012, 12.5]
    assert unsaid[0].readings == (1.012, 1012.0)


@pytest.mark.parametrize(
    "sentence",
    [
        "Powierzchnia Polski wynosi 312 696 km², czyli ponad 300 000 km².",
        "Sveriges yta är 450 295 km² och folkmängden mer än 10 miljoner.",
        "Nederland is 41 543 km² groot en telt meer dan 17 miljoen inwoners.",
        "Η Ελλάδα έχει έκταση 131 957 km² και περισσότερους από 10 εκατομμύρια κατοίκους.",
    ],
)
def test_a_language_that_is_not_known_makes_no_claims(sentence: str) -> None:
    read = candidates(sentence)
    assert read
    assert not any(each.understood or each.confidence != "low" for each in read)
    lines = drafts(read).splitlines()
    assert not [line for line in lines if line.startswith(("area", "count", "value", "length"))]
    assert "language is not known (first in line 1)" in not_understood(read)
    assert not not_understood(candidates("The country has more than 300,000 km² of land in it."))


@pytest.mark.parametrize(
    ("sentence", "lang", "value"),
    [
        # Without small words, by those about numbers; names of elsewhere change nothing.
        ("Kazakhstan, population 19 million, borders Russia, China, Uzbekistan.", "en", 19e6),
        ("La ville de São Paulo compte plus de 12 millions d’habitants, Bogotá 7.", "fr", 12e6),
        # Portuguese, Catalan and Romanian look like Spanish and French.
        ("A área é de 92 225 km², mais de 90 000 km²; vivem ali 10,3 milhões.", "", 92225),
        ("La superfície és de 32 108 km² i té més de 7 milions d'habitants.", "", 32108),
        ("România are o suprafață de 238 397 km², circa 19 milioane.", "", 238397),
        ("10 min nəfər", "", None),
        ("În 1918 avea 16 milioane.", "", None),
    ],
)
def test_the_language_of_a_sentence(sentence: str, lang: str, value: float | None) -> None:
    first = candidates(sentence)[0]
    assert (first.lang, first.value) == (lang, value)


@pytest.mark.parametrize(
    "sentence",
    ["خمسة وعشرون كم من الطريق في البلاد.", "يعيش مليون ونصف نسمة في المدينة.",
     "جمعیت کشور ۸۵ میلیون نفر است.", "В її області живе 41 мільйон осіб."],
)  # fmt: skip
def test_a_part_of_a_number_is_not_told_as_the_number(sentence: str) -> None:
    assert [each.value for each in candidates(sentence)] == [None]
