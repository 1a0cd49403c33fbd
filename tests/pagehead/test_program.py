"""Modules joined in one script say what they say apart: node runs both."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from shekara.errors import ShekaraError
from shekara.pagehead import program
from tests.support.patience import PATIENT_S
from tests.support.programs import need

SHAPES = """// Shapes.
export const SIDE = 3;
export function area(side) {
  return side * side; // a square's
}
class Square {
  get area() {
    return area(SIDE);
  }
}
const hidden = "not seen";
export { Square, hidden as secret };
"""
WORDS = """import { SIDE as long } from "./shapes.js";

export const words = () => `side ${long}`;
"""
MAIN = """import * as shapes from "./parts/shapes.js";
import {
  Square,
  secret,
} from "./parts/shapes.js";
import { words } from "./parts/words.js";

const hidden = 1; // another module has this name, too
console.log(shapes.area(2), new Square().area, secret, words(), hidden, typeof area);
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package with a program of three modules."""
    (tmp_path / "parts").mkdir()
    for name, text in {"parts/shapes": SHAPES, "parts/words": WORDS, "main": MAIN}.items():
        (tmp_path / f"{name}.js").write_text(text, encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}', encoding="utf-8")
    monkeypatch.setattr(program, "files", lambda _package: tmp_path)
    program.program.cache_clear()
    return tmp_path


def node(*arguments: str) -> str:
    answer = subprocess.run(
        [need("node", "nodejs"), *arguments], capture_output=True, text=True, timeout=PATIENT_S
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout


def test_joined_modules_run_as_they_do_apart(folder: Path) -> None:
    script = program.program("main.js")
    assert (
        node("-e", script) == node(str(folder / "main.js")) == "4 9 not seen side 3 1 undefined\n"
    )
    assert script.count("a square's") == 1  # read once, though two modules need it
    assert "Shapes." not in script


def test_a_short_program_says_what_the_long_one_does() -> None:
    """Texts, templates, patterns and what would be a comment of HTML keep their spaces."""
    long = """
        const texts = ["a , b", 'c = "d" ; e', `f ( ${ 1 + 2 } )`, "it's ( so )"];
        let n = 3;
        const many = { a: n, ...{ b: [1, 2] } }; // a comment
        const odd = "x = y, z".split(/ = | , /).length;
        const under = n-- > 2 ? - -n : !n;
        console.log(JSON.stringify([texts, many, odd, under, 1 <!(--n)]));
    """
    short = program.short_program(long)
    assert node("-e", short) == node("-e", long)
    assert "const many={a:n,...{b:[1,2]}};" in short
    assert "<!--" not in program.short_program("const less = a < !--b;")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("parts/words", 'import { nothing } from "./shapes.js";', "does not export nothing"),
        ("parts/words", 'import "../main.js";', "not joined: 'import \"../main.js\";'"),
        ("parts/words", "export default 1;", "not joined: 'export default 1;'"),
        ("parts/words", "export let a = 1;", "not joined: 'export let a = 1;'"),
        ("parts/words", 'const a = await import("./shapes.js");', r"not joined: .import\("),
        (
            "parts/shapes",
            'import { words } from "./words.js";\nexport const SIDE = words;',
            r"need each other: main\.js → parts/shapes\.js → parts/words\.js → parts/shapes\.js",
        ),
    ],
)
def test_what_would_not_run_is_refused(folder: Path, name: str, text: str, message: str) -> None:
    (folder / f"{name}.js").write_text(text, encoding="utf-8")
    with pytest.raises(ShekaraError, match=message):
        program.program("main.js")
