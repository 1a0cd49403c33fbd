"""The head that all pages share: policy, escaping, switch of languages; written in one place."""

from __future__ import annotations

import re
from pathlib import Path

from shekara import pagehead

SOURCE = Path(pagehead.__file__).resolve().parents[1]
ENGLISH = pagehead.LanguageChoice("en", "English", "Lakes & <seas>", "Language")
RUSSIAN = pagehead.LanguageChoice("ru", "Русский", "Озёра", "Язык")
PAGE = """{% from "head.html" import head, masthead %}
{% call head("en", policy, choices[0].title, "p{}", description="About") %}<meta name="own">
{% endcall %}
<body>{% call masthead(choices, "en") %}<p>{{ text }}</p>{% endcall %}</body>"""


def test_scripts_and_styles_are_named_by_their_hash() -> None:
    """Hashes by `printf 'alert(1)' | openssl dgst -sha256 -binary | base64`, and of 'p{}'."""
    assert pagehead.policy(["alert(1)"], ["p{}"]) == (
        "default-src 'none'; script-src 'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='; "
        "style-src 'sha256-gG2yISYereRMiG2lMXrbiUgi0Ubw9p7QCeWcroOvy9Y='; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def test_styles_of_elements_tiles_and_fonts_are_allowed_by_name() -> None:
    told = pagehead.policy(["alert(1)"], images=["https://tile.example"], fonts=True)
    assert "style-src 'unsafe-inline'; img-src data: https://tile.example; font-src data:;" in told


def test_the_head_escapes_its_title_and_keeps_what_a_page_adds() -> None:
    page = pagehead.template(PAGE).render(policy="p", choices=[ENGLISH, RUSSIAN], text="a<b")
    assert "<title>Lakes &amp; &lt;seas&gt;</title>" in page
    assert '<meta name="description" content="About">' in page
    assert page.index('<meta name="own">') < page.index("</head>")
    assert "<p>a&lt;b</p>" in page


def test_the_switch_names_every_language_and_waits_for_the_program() -> None:
    page = pagehead.template(PAGE).render(policy="p", choices=[ENGLISH, RUSSIAN], text="")
    (switch,) = re.findall(r"<nav [^>]*hidden>(.*)</nav>", page)
    buttons = re.findall(r'lang="(\w\w)" data-lang="\1".*?aria-pressed="(\w+)">(.*?)<', switch)
    assert buttons == [("en", "true", "English"), ("ru", "false", "Русский")]


def test_a_page_says_which_way_it_runs() -> None:
    arabic = pagehead.LanguageChoice("ar", "العربية", "بحيرات", "اللغة", "rtl")
    page = pagehead.template(
        PAGE.replace('description="About"', "direction=choices[0].direction")
    ).render(policy="p", choices=[arabic, ENGLISH], text="")
    assert '<html lang="en" dir="rtl">' in page
    assert re.findall(r'data-direction="(\w+)"', page) == ["rtl", "ltr"]


def test_one_language_needs_no_switch() -> None:
    assert "<nav" not in pagehead.template(PAGE).render(policy="p", choices=[ENGLISH], text="")


def test_a_value_is_cleaned_before_it_is_put_in() -> None:
    template = pagehead.template("{{ text }}", lambda value: str(value).replace("\x00", "?"))
    assert template.render(text="a\x00<") == "a?&lt;"


def test_no_other_room_writes_a_head_or_reads_the_address() -> None:
    """One place for the rule: other rooms call this one."""
    ours = re.compile(
        r"location\.hash\.slice|hashchange|Content-Security-Policy|<meta charset|document\.title"
    )
    elsewhere = [
        f"{path.relative_to(SOURCE)}: {rule}"
        for ending in ("html", "js", "py")
        for path in SOURCE.rglob(f"*.{ending}")
        # The preview stands around the pages; the document of a delimitation is a file of its own.
        if not {"pagehead", "preview", "delimitation"} & set(path.parts)
        for rule in ours.findall(path.read_text(encoding="utf-8"))
    ]
    assert elsewhere == []
