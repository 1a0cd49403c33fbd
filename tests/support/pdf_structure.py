"""The structure tree of a PDF, walked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pikepdf


def elements_of(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, tuple[str, ...]]]:
    """Every element with the roles around it, outermost first, in reading order."""

    def walk(element: Any, path: tuple[str, ...]) -> Iterator[tuple[Any, tuple[str, ...]]]:
        children = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
        for child in children:
            if isinstance(child, pikepdf.Dictionary) and "/S" in child:
                yield child, path
                yield from walk(child, (*path, str(child.S)[1:]))

    (document,) = pdf.Root.StructTreeRoot.K
    yield from walk(document, ("Document",))


def contents_of(element: Any) -> list[int]:
    """Numbers of the marked content of a leaf."""
    children = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    return [int(child) for child in children if not isinstance(child, pikepdf.Object)]
