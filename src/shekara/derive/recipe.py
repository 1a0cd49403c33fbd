"""A recipe: the ``[derive]`` table of a layer; each method has a model of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, ClassVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, model_validator

from shekara.atlas.paths import fault_of_path
from shekara.errors import InputError
from shekara.where import Scalar

# A name of npm may not begin with a dot or a hyphen, so that it is no path and no option.
NPM = re.compile(r"npm:(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*@\d+\.\d+\.\d+([-+][\w.+-]+)?")
PYPI = re.compile(r"pypi:[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?@\d+[\w.!+-]*")


def _package(pattern: re.Pattern[str], example: str) -> AfterValidator:
    def named(value: str) -> str:
        if not pattern.fullmatch(value):
            raise ValueError(f"is no package in one exact version; write it as {example!r}")
        return value

    return AfterValidator(named)


def _table(value: str) -> str:
    fault = fault_of_path(value)
    if fault or not value.startswith("layers/"):
        raise ValueError(f"{fault or 'is no table of the atlas'}; write it as 'layers/towns.csv'")
    return value


def _place(value: list[float]) -> list[float]:
    if not (-180 <= value[0] <= 180 and -90 <= value[1] <= 90):
        raise ValueError("is not a place; give [longitude, latitude] in degrees")
    return value


Npm = Annotated[str, _package(NPM, "npm:NAME@1.2.3")]
Pypi = Annotated[str, _package(PYPI, "pypi:NAME@1.2.3")]
TableName = Annotated[str, AfterValidator(_table)]
LayerName = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Place = Annotated[list[float], Field(min_length=2, max_length=2), AfterValidator(_place)]
NotNegative = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Part(BaseModel):
    """A table of a recipe: unknown keys are errors, nothing is converted silently."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, defer_build=True)


class From(Part):
    """``from = { name = "…" }``: what a method reads, each thing by its name.

    ``listed`` says which names a list stands for, by the beginnings of its entries: recipes were
    written as lists once.
    """

    listed: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    @model_validator(mode="before")
    @classmethod
    def _named(cls, value: object) -> object:
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            return value
        names = {}
        rest = list(value)
        for start, keys in cls.listed.items():
            entries = [entry for entry in value if entry.startswith(start)]
            if keys and keys[0].endswith("*"):
                names[keys[0][:-1]] = entries
                rest = [entry for entry in rest if entry not in entries]
            for key, entry in zip(keys, entries, strict=False):
                if not key.endswith("*"):
                    names[key] = entry
                    rest.remove(entry)
        needed = [name for name, info in cls.model_fields.items() if info.is_required()]
        if rest or any(name not in names for name in needed):
            shown = ", ".join(
                f'{name} = "{names.get(name, "…")}"' for name in dict.fromkeys([*needed, *names])
            )
            raise ValueError(
                f"does not say which is which; name what the method reads: from = {{ {shown} }}"
            )
        return names


class Recipe(Part):
    """The keys that all recipes have; a method adds its own."""

    method: str
    note: str = ""
    decimals: Annotated[int, Field(ge=0, le=7)] | None = None
    _file: str = PrivateAttr(default="")
    _where: str = PrivateAttr(default="derive")

    def error(self, key: str, rule: str, remedy: str) -> InputError:
        """An error that names file, key, value, rule and the way out."""
        value = getattr(self, key, getattr(self, key + "_", None))
        shown = "" if value is None or isinstance(value, BaseModel) else f" = {value!r}"
        return InputError(f"{self._file}: {self._where}.{key}{shown}: {rule}; {remedy}")

    def located(self, file: str, where: str) -> None:
        """Remember where the recipe stands, for its errors."""
        self._file, self._where = file, where


class WithProperties(Recipe):
    """A recipe that adds the same attributes to all its features."""

    properties: dict[str, Scalar] = {}


class PackageAndTable(From):
    """A package with geometry, and a table of what is wanted of it."""

    listed: ClassVar = {"npm:": ("package",), "layers/": ("table",)}
    package: Npm
    table: TableName


class Package(From):
    """A package with geometry."""

    listed: ClassVar = {"npm:": ("package",)}
    package: Npm
