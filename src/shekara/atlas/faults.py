"""Pydantic's findings in the words of this project: file, key, value, rule, way out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pydantic import BaseModel, ValidationError

from shekara.atlas.keys import TableOf, keys_at, meant_at, synonyms_at, tables_of
from shekara.errors import Problem
from shekara.spelling import closest, way_out

Path = tuple[str | int, ...]

# What pydantic calls a fault, the rule that was broken, and the least that a reader must be told
# beside it; where the rule is "" pydantic's own sentence is good.
RULES: Mapping[str, tuple[str, str]] = {
    "missing": ("is missing", "add it"),
    "string_type": ("is no text", "put the text in quotation marks"),
    "float_type": ("is no number", "write a number without quotation marks"),
    "finite_number": ("is no finite number", "write a number that can be computed with"),
    "int_type": ("is no whole number", "write a whole number without quotation marks"),
    "bool_type": ("is neither true nor false", "write true or false, without quotation marks"),
    "dict_type": ("is no table", "write { key = value }, or a heading in brackets above its keys"),
    "model_type": ("is no table", "write { key = value }, or a heading in brackets above its keys"),
    "list_type": ("is no list", "write [ … ], or a heading in double brackets above its keys"),
    "date_type": ("is no date", "write a date without quotation marks, such as 2026-01-31"),
    "string_pattern_mismatch": ("", "use lower-case letters, digits and hyphens"),
}


SURE = 0.75  # a key less like those allowed may be one of a heading that is not there


@dataclass(frozen=True)
class _Finding:
    path: Path  # keys of the file and places in lists
    kind: str
    rule: str
    value: str
    in_branch: bool  # of a union, each of whose branches complains


def problems_of(
    error: ValidationError, label: str, model: type[BaseModel], data: Mapping[str, object]
) -> Iterator[Problem]:
    """One problem for each fault; of the branches of a union the deepest finding speaks.

    Keys under the wrong heading, misspelt keys and those that are missing for it are one fault.
    """
    findings = _deepest(
        [
            _finding(item["loc"], item["type"], item["msg"], item.get("input"), data)
            for item in error.errors(include_url=False)
        ]
    )
    unknown = {f.path: f for f in findings if f.kind == "extra_forbidden"}
    told: set[Path] = set()  # what another message says already
    for tables, paths in _under_headings(unknown, model):
        for table in tables:
            told.update(paths, {table.path}, ((*table.path, path[-1]) for path in paths))
        yield _without_heading([table.heading for table in tables], paths, label, data)
    for finding in unknown.values():
        if finding.path not in told:
            *above, name = finding.path
            keys, synonyms = keys_at(model, above), synonyms_at(model, above)
            by_word = meant_at(model, above).get(str(name).casefold())
            meant = by_word or _suggestion(str(name), [*keys, *synonyms])
            told.update({finding.path, (*above, synonyms.get(meant or "", meant or name))})
            shown = _heading(model, above, by_word) if by_word else repr(meant)
            remedy = f"did you mean {shown}?" if meant else way_out("", keys)
            key = key_of(finding.path, data)
            yield Problem(label, key, finding.value, "is an unknown key", remedy)
    for finding in findings:
        if finding.path not in told:
            yield _problem(finding, label, model, data)


def _heading(model: type[BaseModel], above: Sequence[str | int], key: str) -> str:
    """How the table of a key is headed."""
    path = (*(step for step in above if isinstance(step, str)), key)
    headings = (table.heading for table in tables_of(model) if table.path == path)
    return next(headings, repr(key))


def _finding(
    loc: Sequence[str | int], kind: str, message: str, value: object, data: object
) -> _Finding:
    """A finding with its path in the file: pydantic's has the branches of unions in it too."""
    path: list[str | int] = []
    here = data
    in_branch = False
    for place, step in enumerate(loc):
        last = place == len(loc) - 1
        inside = _inside(here, step)
        if inside is not None:
            (here,) = inside
            path.append(step)
            in_branch = False
        elif last and kind in ("missing", "extra_forbidden"):
            path.append(step)
            in_branch = False
        else:
            in_branch = True
    rule = RULES.get(kind, ("", ""))[0] or message.removeprefix("Value error, ")
    silent = kind == "missing" or (kind == "value_error" and isinstance(value, dict))
    shown = "" if silent else _shown(value)
    return _Finding(tuple(path), kind, rule, shown, in_branch)


def _deepest(findings: Sequence[_Finding]) -> list[_Finding]:
    """One finding for each path, without those of branches that another got further in."""
    first: dict[Path, _Finding] = {}
    for finding in findings:
        first.setdefault(finding.path, finding)
    return [
        finding
        for finding in first.values()
        if not finding.in_branch
        or not any(
            len(other) > len(finding.path) and other[: len(finding.path)] == finding.path
            for other in first
        )
    ]


def _under_headings(
    unknown: Mapping[Path, _Finding], model: type[BaseModel]
) -> Iterator[tuple[list[TableOf], list[Path]]]:
    """Keys that would be right under a heading which is not there, or several, place by place.

    A key that resembles one that is allowed where it stands is misspelt and no more, unless it
    belongs under the heading that its neighbours miss.
    """
    places: dict[Path, list[Path]] = {}
    for path in unknown:
        if _suggestion(str(path[-1]), keys_at(model, path[:-1]), SURE) is None:
            places.setdefault(path[:-1], []).append(path)
    for above, paths in places.items():
        names = tuple(step for step in above if isinstance(step, str))
        tables = [table for table in tables_of(model) if table.path != names]
        here = [path for path in unknown if path[:-1] == above]
        fits = [(_fits(table, paths), _fits(table, here)) for table in tables]
        most = max(fits, default=(0, 0))
        if most[0]:
            best = [table for table, fit in zip(tables, fits, strict=True) if fit == most]
            known = {key for table in best for key in table.keys}
            whole = any(table.open for table in best)
            yield best, [path for path in here if whole or path[-1] in known]


def _fits(table: TableOf, paths: Sequence[Path]) -> int:
    return table.fits(str(path[-1]) for path in paths)


def _suggestion(name: str, known: Sequence[str], likeness: float = 0.6) -> str | None:
    folded = {key.casefold(): key for key in known}
    meant = folded.get(name.casefold().replace("-", "_"))
    return meant or closest(name, known, likeness=likeness)


def _problem(
    finding: _Finding, label: str, model: type[BaseModel], data: Mapping[str, object]
) -> Problem:
    remedy = RULES.get(finding.kind, ("", ""))[1]
    last = finding.path[-1] if finding.path else ""
    if finding.kind == "list_type" and isinstance(last, str):
        remedy = f"write [ … ], or [[{last}]] above its keys"
    if finding.kind == "missing" and (wrong := _misspelt(finding.path, model, data)):
        remedy = f"{wrong!r} stands there: did you mean {last!r}?"
    return Problem(label, key_of(finding.path, data), finding.value, finding.rule, remedy)


def _inside(data: object, step: str | int) -> tuple[object] | None:
    """What a list or table holds in a place; None where it has no such place."""
    if isinstance(data, list) and isinstance(step, int) and step < len(data):
        return (data[step],)
    return (data[step],) if isinstance(data, dict) and step in data else None


def _misspelt(path: Path, model: type[BaseModel], data: object) -> str | None:
    """What was written for a missing key in a table that takes keys of any name."""
    *above, name = path
    here = data
    for step in above:
        (here,) = _inside(here, step) or (None,)
    known = keys_at(model, above)
    others = [key for key in here if key not in known] if isinstance(here, dict) else []
    return _suggestion(str(name), others)


def _without_heading(
    headings: Sequence[str], keys: Sequence[Path], label: str, data: Mapping[str, object]
) -> Problem:
    names = ", ".join(str(path[-1]) for path in keys)
    place, heading = key_of(keys[0], data), " or ".join(dict.fromkeys(headings))
    return Problem(
        label,
        place,
        "",
        f"{names}: unknown here, and allowed under {heading}",
        f"write {heading} on a line above",
    )


def key_of(path: Sequence[str | int], data: object) -> str:
    """A path in a file as a reader knows it: ``claim[2] (length).says``."""
    text = ""
    here = data
    for step in path:
        name = ""
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            if isinstance(here, dict) and isinstance(here.get("id"), str):
                name = f" ({here['id']})"
            text += f"[{step}]{name}"
        else:
            here = here.get(step) if isinstance(here, dict) else None
            text += f".{step}" if text else str(step)
    return text


def _shown(value: object) -> str:
    if isinstance(value, dict | list):
        return "a table" if isinstance(value, dict) else "a list"
    return repr(value)
