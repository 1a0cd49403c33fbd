"""Names in Chinese, Japanese and Korean: where they stand in an index, without a dictionary.

Chinese characters stand by pinyin as far as GB 2312 orders them so (its 3,755 common ones; by the
usual reading), the rarer ones after them by radical, under "…". Kana stand by their rows; kanji,
whose reading nobody wrote down, after them in the order of JIS X 0208, by their Chinese reading.
Hangul syllables stand in their code points' order, which is that of the dictionary, under their
first consonant.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

# The first character of each letter of pinyin in GB 2312, level 1; no syllable begins with I, U, V.
PINYIN = (
    ("A", 0xB0A1), ("B", 0xB0C5), ("C", 0xB2C1), ("D", 0xB4EE), ("E", 0xB6EA), ("F", 0xB7A2),
    ("G", 0xB8C1), ("H", 0xB9FE), ("J", 0xBBF7), ("K", 0xBFA6), ("L", 0xC0AC), ("M", 0xC2E8),
    ("N", 0xC4C3), ("O", 0xC5B6), ("P", 0xC5BE), ("Q", 0xC6DA), ("R", 0xC8BB), ("S", 0xC8F6),
    ("T", 0xCBFA), ("W", 0xCDDA), ("X", 0xCEF4), ("Y", 0xD1B9), ("Z", 0xD4D1),
)  # fmt: skip
COMMON_END = 0xD7F9  # the last common character
INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"  # tense consonants under their plain ones
SYLLABLES, PER_INITIAL = (0xAC00, 0xD7A3), 588
ROWS = (("あ", "あいうえお"), ("か", "かきくけこ"), ("さ", "さしすせそ"), ("た", "たちつてと"),
        ("な", "なにぬねの"), ("は", "はひふへほ"), ("ま", "まみむめも"), ("や", "やゆよ"),
        ("ら", "らりるれろ"), ("わ", "わゐゑをん"))  # fmt: skip
SMALL = str.maketrans("ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ")
KANA = (0x3041, 0x30FA)
KATAKANA = 0x30A1
KANJI = "漢"
RARE = "…"  # characters after the letters; "#" is of digits and signs, before them


def place_of(char: str, lang: str) -> tuple[str, int] | None:
    """The heading under which a character stands and its number there; None for other scripts.

    >>> place_of("北", "zh"), place_of("까", "ko")[0], place_of("ガ", "ja")[0]
    (('B', 45489), 'ㄱ', 'か')
    """
    if len(char) != 1:  # a letter of several signs, such as CH
        return None
    code = ord(char)
    if SYLLABLES[0] <= code <= SYLLABLES[1]:
        return INITIALS[(code - SYLLABLES[0]) // PER_INITIAL], code
    if KANA[0] <= code <= KANA[1]:
        return _kana(char)
    if unicodedata.name(char, "").startswith("CJK"):
        return _kanji(char) if lang.split("-")[0] == "ja" else _hanzi(char)
    return None


def _hanzi(char: str) -> tuple[str, int]:
    try:
        high, low = char.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return RARE, 0x10000 + ord(char)
    code = high << 8 | low
    if code > COMMON_END:
        return RARE, code
    return PINYIN[bisect_right(PINYIN, code, key=lambda entry: entry[1]) - 1][0], code


def _kanji(char: str) -> tuple[str, int]:
    try:
        code = int.from_bytes(char.encode("euc_jp"), "big")
    except UnicodeEncodeError:
        code = 0x1000000 + ord(char)
    return KANJI, 0x10000 + code


def _kana(char: str) -> tuple[str, int]:
    plain = unicodedata.normalize("NFD", char)[0]
    if ord(plain) >= KATAKANA:
        plain = chr(ord(plain) - 0x60)
    plain = plain.translate(SMALL)
    heading = next((row for row, letters in ROWS if plain in letters), RARE)
    return heading, ord(plain)
