"""A recipe: the ``[derive]`` table of a layer, read with the errors that a mapmaker can act on."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from shekara.errors import InputError


def load_recipe(atlas: Path, layer: str) -> Recipe:
    """Read ``[derive]`` of ``layers/LAYER.toml``.

    Raises
    ------
    InputError
        The file is missing, is not TOML, or has no ``[derive]`` with a ``method``.
    """
    path = atlas / "layers" / f"{layer}.toml"
    file = f"layers/{layer}.toml"
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{file}: there is no such layer in {atlas}; see `shekara list`") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InputError(f"{file}: not readable as TOML: {error}") from error
    derive = values.get("derive")
    if not isinstance(derive, dict) or "method" not in derive:
        raise InputError(
            f"{file}: no [derive] with a method, so the layer cannot be made again; "
            "it stays as it is in geo/, or say how it is made"
        )
    return Recipe(file, layer, derive, "derive")


@dataclass
class Recipe:
    """Keys of one recipe (or of one part of it); every key must be asked for, or it is an error."""

    file: str
    layer: str
    values: Mapping[str, Any]
    where: str = "derive"
    asked: set[str] = field(default_factory=lambda: {"method", "from", "note"})

    def error(self, key: str, rule: str, remedy: str) -> InputError:
        """An error that names file, key, value, rule and the way out."""
        value = self.values.get(key)
        shown = "" if value is None else f" = {value!r}"
        return InputError(f"{self.file}: {self.where}.{key}{shown}: {rule}; {remedy}")

    def _get(self, key: str, kind: type | tuple[type, ...], default: Any, wanted: str) -> Any:
        self.asked.add(key)
        if key not in self.values:
            if default is _REQUIRED:
                raise self.error(key, "is missing", f"give {wanted}")
            return default
        value = self.values[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.error(key, f"is not {wanted}", f"give {wanted}")
        return value

    def text(self, key: str, default: Any = None) -> str:
        """A string; without default it is required."""
        return str(self._get(key, str, _REQUIRED if default is None else default, "a string"))

    def number(self, key: str, default: Any = None) -> float:
        """A number; without default it is required."""
        value = self._get(key, (int, float), _REQUIRED if default is None else default, "a number")
        return float(value)

    def integer(self, key: str, default: Any = None) -> int:
        """A whole number; without default it is required."""
        return int(self._get(key, int, _REQUIRED if default is None else default, "a whole number"))

    def texts(self, key: str, default: Sequence[str] | None = None) -> list[str]:
        """A list of strings; without default it is required."""
        values = self._get(key, list, _REQUIRED if default is None else default, "a list of text")
        if any(not isinstance(value, str) for value in values):
            raise self.error(key, "is not a list of text", 'write it as ["one", "two"]')
        return list(values)

    def table(self, key: str) -> dict[str, Any]:
        """A table of keys and values; empty when absent."""
        return dict(self._get(key, dict, {}, "a table"))

    def tables(self, key: str) -> Iterator[Recipe]:
        """Each table of an array of tables, as a recipe of its own."""
        values = self._get(key, list, [], "an array of tables")
        for number, value in enumerate(values, 1):
            if not isinstance(value, dict):
                raise self.error(key, "is not an array of tables", f"write [[derive.{key}]]")
            yield Recipe(self.file, self.layer, value, f"{self.where}.{key}[{number}]")

    def point(self, key: str) -> tuple[float, float]:
        """A place as ``[lon, lat]`` in degrees."""
        return self.points(key, single=True)[0]

    def points(self, key: str, *, single: bool = False) -> list[tuple[float, float]]:
        """Places as ``[[lon, lat], ...]`` in degrees; empty when absent."""
        values = self._get(key, list, _REQUIRED if single else [], "a place [lon, lat]")
        places = []
        for value in [values] if single else values:
            if (
                not isinstance(value, list)
                or len(value) != 2
                or not all(isinstance(c, (int, float)) for c in value)
                or not (-180 <= value[0] <= 180 and -90 <= value[1] <= 90)
            ):
                raise self.error(key, "is not a place", "give [longitude, latitude] in degrees")
            places.append((float(value[0]), float(value[1])))
        return places

    def sources(self, kind: str) -> list[str]:
        """The entries of ``from`` of one kind: "npm", "pypi", or "layers" for tables."""
        values = self._get("from", list, [], "a list of packages and tables")
        separator = "/" if kind == "layers" else ":"
        return [str(v) for v in values if str(v).startswith(kind + separator)]

    def source(self, kind: str) -> str:
        """The only entry of ``from`` of one kind, as ``NAME@VERSION`` or a path."""
        found = self.sources(kind)
        if len(found) != 1:
            raise self.error("from", f"needs exactly one entry that begins with {kind}", "name it")
        return found[0].removeprefix(f"{kind}:")

    def done(self) -> None:
        """Refuse keys that no method asked for."""
        for key in self.values:
            if key not in self.asked:
                near = get_close_matches(key, self.asked, 1)
                hint = f"did you mean {near[0]!r}?" if near else "remove it"
                raise self.error(key, "unknown key for this method", hint)


_REQUIRED = object()
