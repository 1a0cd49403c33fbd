"""The order of names in an index: as ICU has it, language by language."""

from itertools import groupby

import pytest

from shekara.sheet.book.index_order import alphabets, first_letter, order

# Sorted by ICU 78.2 with CLDR 48 through JavaScript: names.sort(new Intl.Collator(lang).compare).
BY_ICU = {
    "ru": ["10 лет", "Ёлка", "Ель", "Енисей", "Жар", "Оазис", "Объект", "Обь", "Zoo"],
    "kk": [
        "Ақтау", "Әуе", "Ель", "Ёлка", "Кен", "Қала", "Орал", "Өзен", "Уәлі", "Ұзын", "Ұлытау",
        "Үстірт", "Харьков", "Һауа", "Ішкі", "Ябалы",
    ],
    "tr": [
        "Cizre", "Çorum", "Iğdır", "ırmak", "Isparta", "istanbul", "İzmir", "Sivas", "Şırnak",
        "Zonguldak",
    ],
    "cs": ["Cibule", "Čáslav", "Hora", "Cheb", "Ivan", "Rok", "Řím", "Sázava", "Šumava"],
    "sv": ["Arvika", "Zebra", "Åmål", "Älv", "Ödeshög", "Örebro"],
    "da": ["Anholt", "Zoo", "Ærø", "Øster", "Århus"],
    "en": [
        "10 Downing", "Aachen", "Ålesund", "Łódź", "Lviv", "New York", "Newark", "Øresund", "Oslo",
        "Zürich",
    ],
    "es": ["Chile", "Cuzco", "Llano", "Luz", "Nube", "Ñandú", "Oso"],
    "uk": ["Гора", "Ґанок", "Дім", "Ель", "Єва", "Іва", "Їжак", "Йод"],
    "hu": [
        "Arad", "Árvíz", "Cegléd", "Cukor", "Csaba", "Gém", "Győr", "Gyula", "Zala", "Zsolt",
    ],
    "zh": [
        "阿拉木图", "北京", "成都", "广州", "哈萨克斯坦", "喀什", "南京", "上海", "天津",
        "乌鲁木齐", "西安", "中国",
    ],
    "ko": ["가나", "강원", "까치", "부산", "서울", "싸리", "인천", "한국", "Seoul"],
    "ja": [
        "アメリカ", "おおさか", "カナダ", "ガンダム", "きょうと", "ぬま", "やまがた", "わかやま",
    ],
    "ka": ["ბათუმი", "გორი", "თბილისი"],
}  # fmt: skip


@pytest.mark.parametrize("lang", BY_ICU)
def test_each_language_has_its_own_order(lang: str) -> None:
    names = BY_ICU[lang]
    assert sorted(names, key=lambda name: order(name, lang)) == names


@pytest.mark.parametrize(
    ("name", "lang", "letter"),
    [
        ("Ålesund", "en", "A"), ("Ålesund", "sv", "Å"), ("«Әуе»", "kk", "Ә"), ("Ёлка", "ru", "Е"),
        ("Cheb", "cs", "CH"), ("istanbul", "tr", "İ"), ("ırmak", "tr", "I"), ("1 мая", "ru", "#"),
        ("Zoo", "ru", "Z"), ("", "ru", "#"), ("Өзен", "en-GB", "Ө"), ("Öland", "xx", "O"),
        ("თბილისი", "ka", "თ"), ("阿拉木图", "zh", "A"), ("까치", "ko", "ㄱ"),
        ("ガンダム", "ja", "か"),
        ("ヶ浦", "ja", "か"), ("鑫", "zh", "…"), ("〇", "zh", "#"),
        ("東京", "ja", "漢"), ("を", "ja", "わ"), ("北京", "zh-Hans", "B"),
    ],
)  # fmt: skip
def test_a_name_stands_under_its_letter(name: str, lang: str, letter: str) -> None:
    assert first_letter(name, lang) == letter


@pytest.mark.parametrize("lang", ["zh", "ja", "ko", "ru", "en"])
def test_no_heading_comes_twice(lang: str) -> None:
    """Digits stand before letters, rare characters after them, each under a heading of its own."""
    names = [
        "1 мая", "½ mile", "〇", "Youth", "一", "北京", "濮阳", "鑫", "龘", "𠀀", "ｶ", "ゝ", "ヶ",
        "か", "까치", "東京", "𞤀", "Я", "", "々",
    ]  # fmt: skip
    headings = [
        heading
        for heading, _ in groupby(
            sorted(names, key=lambda name: order(name, lang)), lambda name: first_letter(name, lang)
        )
    ]
    assert len(set(headings)) == len(headings)
    assert headings[0] == "#"


def test_the_alphabets_of_three_languages_are_whole() -> None:
    """Letters counted by hand: 42 in Kazakh, 33 in Russian of which Ё counts as Е."""
    counts = {lang: len(alphabets()[lang].split()) for lang in ("kk", "ru", "en")}
    assert counts == {"kk": 42, "ru": 32, "en": 26}
