"""A hostile text in every field of an atlas: nothing of it runs in anything that is made of it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from shekara import claims, report, site
from shekara.cli import app
from shekara.i18n import messages
from tests.support import chromium
from tests.support.atlases import SQUARE, feature, line, point, polygon
from tests.support.browser import watched
from tests.support.programs import output

# A formula for spreadsheets, markup, an end of a script, of a comment and of CDATA, a right-to-left
# override: it begins with a sign that a table program would run.
EVIL = (
    "=1+1|<img src=x onerror=window.ran=1></script>--></style>]]>\u202e'\"`${window.ran=2}{{7*7}}"
)

# The same as a link of Markdown, and as the beginning of a comment in a script.
LINK = f"[{EVIL}](javascript:window.ran=3) <javascript:window.ran=4> <!--<script>"
# Of every word of the program; short, since some stand beside every number.
WORD = "</script><img src=x onerror=window.ran=6>\u202e\x1b[31m\"'"
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><title>&lt;/svg&gt;&lt;img src=x '
    'onerror=window.ran=5&gt;</title><rect width="1" height="1"/></svg>'
)
PLACE = re.compile(r"{\w+}")  # what a word fills in


def toml(**values: object) -> str:
    return "\n".join(f"{key} = {_value(value)}" for key, value in values.items()) + "\n"


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_value(item)}" for key, item in value.items()) + " }"
    return json.dumps(value)


def write(folder: Path) -> Path:
    """An atlas of one map in which every free text is hostile."""
    for part in ("geo", "layers", "maps", "words"):
        (folder / part).mkdir(parents=True)
    shapes = [
        feature(polygon(SQUARE), id="a", name=EVIL, kind=EVIL, people=1),
        feature(line([[10, 50.5], [11, 50.6]]), id="b", name=EVIL, kind="b", people=2),
        feature(point(10.4, 50.4), id=EVIL, name=EVIL, kind=EVIL, people=3),
    ]
    (folder / "geo" / "x.geojson").write_text(
        json.dumps({"type": "FeatureCollection", "features": shapes}), encoding="utf-8"
    )
    source = {"name": EVIL, "publisher": EVIL, "license": "CC0-1.0", "page": EVIL, "known": "read"}
    (folder / "layers" / "x.toml").write_text(
        toml(title=EVIL, about=EVIL)
        + '[[source]]\nname = "s"\n' + toml(license="CC0-1.0", date=2020, note=EVIL)
        + '[quality]\nprecision = "mapped"\naccuracy_m = 10\n'
        + "[field.people]\n" + toml(title=EVIL, unit=EVIL)
        + "[[claim]]\n" + toml(id="many", says=EVIL, note=EVIL, text=EVIL, count={"equals": 3},
                               verdict="holds")
        + "[[claim]]\n" + toml(id="paper", says=EVIL, documented={"by": EVIL},
                               verdict="documented"),
        encoding="utf-8",
    )  # fmt: skip
    (folder / "maps" / "m.toml").write_text(
        toml(title=EVIL, about=EVIL, layers=["x"], extent=[9, 49, 12, 52],
             claims=["many", "paper"], notes=[EVIL])
        + "[[panel]]\n" + toml(kind="bars", title=EVIL, layer="x", x="name", y="people", note=EVIL)
        + "[[step]]\n" + toml(text=LINK, title=EVIL, claim="many") + "[[step]]\n" + toml(text=EVIL)
        + "[multiples]\n" + toml(field="kind", of="x", values=[EVIL, "b"]),
        encoding="utf-8",
    )  # fmt: skip
    (folder / "maps" / "logo.svg").write_text(LOGO, "utf-8")
    credit = {"name": EVIL, "license": "CC0-1.0"}
    (folder / "maps" / "index.toml").write_text(
        toml(title=EVIL, about=LINK, languages=["en"])
        + "[logo]\n" + toml(file="logo.svg", title=EVIL, source=credit)
        + "[text]\n" + toml(kind=EVIL, title=EVIL, author=EVIL, language="en", where=LINK)
        + "[imprint]\n" + toml(publisher=EVIL, place=EVIL, edition=EVIL, license=LINK, note=LINK),
        "utf-8",
    )  # fmt: skip
    (folder / "words" / "en.toml").write_text(
        "".join(
            f"{json.dumps(key)} = {json.dumps(WORD + ' '.join(PLACE.findall(texts['en'])))}\n"
            for key, texts in messages().items()
        ),
        "utf-8",
    )
    (folder / "maps" / "sources.toml").write_text(
        "[s]\ndate = 2020\nread_on = 2020-01-01\n" + toml(**source), encoding="utf-8"
    )
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("hostile") / "atlas")


@pytest.fixture(scope="module")
def built(folder: Path) -> Path:
    out = folder.parent / "site"
    site.build(site.load(folder), out, workers=1)
    return out


def test_no_page_runs_it(built: Path, tmp_path: Path) -> None:
    pages = sorted(built.rglob("*.html"))
    assert {page.name for page in pages} == {"index.html", "report.html", "m.html"}
    with chromium.chromium() as browser:
        for path in pages:
            text = path.read_text(encoding="utf-8")
            with watched(browser, text, tmp_path) as shown:
                page = shown.page
                page.goto(shown.file.as_uri())
                if path.name != "index.html":  # it says all without its program
                    page.wait_for_selector("html[data-whole]")
                assert page.evaluate("window.ran") is None, path.name
                assert page.locator("[onerror], img[src=x]").count() == 0, path.name
                assert "=1+1|<img" in page.locator("body").inner_text(), path.name
                shown.said.clear()  # what a page says of files that lie beside it elsewhere
                shown.asked.clear()


def test_no_table_program_runs_it(built: Path) -> None:
    with (built / "report.csv").open(encoding="utf-8-sig", newline="") as file:
        cells = [cell for row in csv.reader(file) for cell in row]
    assert any("=1+1|" in cell for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@")) and "1+1" in cell for cell in cells)


def test_data_for_machines_hold_it_as_text(folder: Path, built: Path) -> None:
    json.loads((built / "report.json").read_text(encoding="utf-8"))
    atlas = site.load(folder)
    suite = ElementTree.fromstring(report.junit_text(atlas, claims.check_all(atlas)))
    assert suite.tag in ("testsuite", "testsuites")
    text = (built / "report.html").read_text(encoding="utf-8")
    for block in re.findall(r'<script type="application/(?:ld\+)?json"[^>]*>(.*?)</script>', text):
        json.loads(block)


def test_a_sheet_prints_it(built: Path) -> None:
    text = output("pdftotext", "poppler-utils", str(built / "sheets" / "m.en.pdf"), "-")
    assert "=1+1|<img" in "".join(text.split())
    assert b"/JavaScript" not in (built / "sheets" / "m.en.pdf").read_bytes()


def test_a_terminal_does_not_obey_it(folder: Path) -> None:
    for command in (
        ["check", str(folder)],
        ["list", str(folder)],
        ["check", "--json", str(folder)],
    ):
        said = CliRunner().invoke(app, command)
        assert said.exit_code == 0, said.output
        assert not re.search("[\x1b\u202e\x9b]", said.output), command
