"""Programs of the pages: ES modules that import each other, joined in one script at build time.

Node and the compiler of TypeScript read the modules as they are. A page gets one script in which
each module is a function that gives back what it exports, in the order in which they need each
other:

    const $nodes=(()=>{ ... return {el,svg}; })();
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from shekara.errors import ShekaraError

_IMPORT = re.compile(
    r"^import (?:\* as (?P<all>\w+)|\{(?P<names>[^}]*)\}) from \"(?P<where>[^\"]+)\";$", re.M
)
_DECLARED = re.compile(r"^export (?=(?:async )?(?:const|class|function\*?) (?P<name>[\w$]+))", re.M)
_LISTED = re.compile(r"^export \{(?P<names>[^}]*)\};$", re.M)
# Texts, which stay as they are, and signs that need no spaces around them.
_SPACED = re.compile(r"(\"[^\"]*\"|'[^']*')| ?(=>|[=,;:?{}()<>&|*!\[\]]) ?")
_LEFT = re.compile(r"^(?:import|export)\b.*|\bimport\s*[.(].*", re.M)


@dataclass(frozen=True)
class Module:
    """A module of a program.

    Attributes
    ----------
    path : str
        Where it lies in the package.
    needs : tuple of str
        Paths of the modules that it imports, in its order.
    body : str
        Its text, imports as constants, without "export" and "import".
    asks : tuple of (str, str)
        What it takes from which of them: path and name.
    exports : dict from str to str
        What it exports: its own name for it by the name that others know.
    """

    path: str
    needs: tuple[str, ...]
    body: str
    asks: tuple[tuple[str, str], ...]
    exports: dict[str, str]


@lru_cache(maxsize=8)
def program(path: str) -> str:
    """The script of a page.

    Parameters
    ----------
    path : str
        The module that it begins with, as "web/assets/main.js", in the package.

    Raises
    ------
    ShekaraError
        Modules need each other in a circle, import what another does not export, or are written in
        a form that is not joined.
    """
    modules = _in_order(path)
    return short_program(
        '"use strict";\n(() => {\n' + "\n".join(map(_function, modules)) + "\n})();"
    )


def short_program(text: str) -> str:
    """A program without comments, types, empty lines, indentation and spaces around signs; each
    statement keeps its line. Ours has no text that runs over lines."""
    text = re.sub(r"/\*\* @.*?\*/ ?", "", text, flags=re.DOTALL)
    # Behind a statement: a quote after it could be the end of a text in which it stands.
    text = re.sub(r"(?<=[;,{}]) +// [^\"'`\n]*$", "", text, flags=re.MULTILINE)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(_close(line) for line in lines if line and not line.startswith("//"))


def _close(line: str) -> str:
    """A line without spaces around signs. One with a template, a pattern or an escape stays as it
    is, and so does one that would get a sign of comments in HTML."""
    if re.search(r"[`/\\]", line):
        return line
    closed = _SPACED.sub(lambda match: match[1] or match[2], line)
    return line if "<!--" in closed or "-->" in closed else closed


def module(path: str, text: str) -> Module:
    """Read a module.

    Parameters
    ----------
    path : str
        Where it lies in the package; its imports are named from there.
    text : str
        The module. Imports and exports begin a line. An import is `import * as NAME from "PATH";`
        or `import { NAME, NAME as OTHER } from "PATH";`, an export a declaration or
        `export { NAME };`.

    Raises
    ------
    ShekaraError
        It has another form of import or export.
    """
    needs: list[str] = []
    asks: list[tuple[str, str]] = []
    exports: dict[str, str] = {}

    def constant(match: re.Match[str]) -> str:
        where = posixpath.normpath(posixpath.join(posixpath.dirname(path), match["where"]))
        needs.append(where)
        if match["all"]:
            return f"const {match['all']} = {_name(where)};"
        pairs = _pairs(match["names"])
        asks.extend((where, name) for name, _ in pairs)
        return f"const {{{_written(pairs)}}}={_name(where)};"

    def declared(match: re.Match[str]) -> str:
        exports[match["name"]] = match["name"]
        return ""

    def listed(match: re.Match[str]) -> str:
        exports.update((other, name) for name, other in _pairs(match["names"]))
        return ""

    body = _LISTED.sub(listed, _DECLARED.sub(declared, _IMPORT.sub(constant, text)))
    if left := _LEFT.search(re.sub(r"/\*\* @.*?\*/|^\s*//.*$", "", body, flags=re.S | re.M)):
        raise ShekaraError(f"{path}: this form of import or export is not joined: {left[0]!r}")
    return Module(path, tuple(dict.fromkeys(needs)), body, tuple(asks), exports)


def _pairs(names: str) -> list[tuple[str, str]]:
    """Names between braces with what each is called on the other side: "a, b as c"."""
    parts = [re.split(r"\s+as\s+", name.strip()) for name in names.split(",") if name.strip()]
    return [(part[0], part[-1]) for part in parts]


def _written(pairs: Iterable[tuple[str, str]]) -> str:
    """Properties and the names for them, as between the braces of an object."""
    return ",".join(key if key == name else f"{key}:{name}" for key, name in pairs)


def _in_order(path: str) -> list[Module]:
    """A module and all that it needs, each after those that it needs itself."""
    ready: dict[str, Module] = {}

    def add(needed: str, way: tuple[str, ...]) -> None:
        if needed in ready:
            return
        if needed in way:
            raise ShekaraError(f"modules need each other: {' → '.join([*way, needed])}")
        text = files("shekara").joinpath(needed).read_text(encoding="utf-8")
        read = module(needed, text)
        for other in read.needs:
            add(other, (*way, needed))
        for other, name in read.asks:
            if name not in ready[other].exports:
                raise ShekaraError(f"{needed}: {other} does not export {name}")
        ready[needed] = read

    add(path, ())
    return list(ready.values())


def _function(module: Module) -> str:
    given = _written(module.exports.items())
    return f"const {_name(module.path)}=(()=>{{\n{module.body}\nreturn {{{given}}};\n}})();"


def _name(path: str) -> str:
    """What a module is called in the script: its path without what all have."""
    return "$" + re.sub(r"\W", "_", path.removesuffix(".js").replace("/assets/", "_"))
