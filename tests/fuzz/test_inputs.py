"""Files, expressions, texts and shores of any kind: an answer, or one error on purpose."""

from __future__ import annotations

import contextlib
import json
import math
import tempfile
from pathlib import Path
from typing import Any, cast

import geopandas as gpd
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from shekara.claims import KINDS
from shekara.errors import ShekaraError
from shekara.gate.model import EdgeKind
from shekara.measuring.files import measure_file
from shekara.median import divide
from shekara.texts import claims_command
from tests.fuzz.odd import TEXTS, VALUES, thorough
from tests.fuzz.test_atlas import mutated
from tests.support.atlases import feature, line, point, polygon

EDGES = st.sampled_from(["geodesic", "straight", None])
RING = [[10.0, 50.0], [11.0, 50.0], [11.0, 51.0], [10.0, 50.0]]
COLLECTION = {
    "type": "FeatureCollection",
    "features": [
        feature(polygon(RING), id="a"),
        feature(line(RING[:3]), name="b"),
        feature(point(10, 50), id=1),
    ],
}


@st.composite
def damaged_collection(draw: st.DrawFn) -> str:
    """The text of a GeoJSON file with one part of other content."""
    return json.dumps(mutated(COLLECTION, draw))


def measured(text: str, accuracy_m: float | None, edges: EdgeKind | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.geojson")
        path.write_text(text, encoding="utf-8")
        with contextlib.suppress(ShekaraError):
            json.dumps(measure_file(path, accuracy_m, edges=edges), allow_nan=False)


@thorough(40)
@given(damaged_collection(), EDGES, st.one_of(st.none(), st.floats(0, 1e9)))
def test_measure(text: str, edges: EdgeKind | None, accuracy_m: float | None) -> None:
    measured(text, accuracy_m, edges)


EXPRESSIONS = st.one_of(
    st.text("ab0123456789.+-*/() e", max_size=40),
    st.recursive(
        st.sampled_from(["a", "b", "1", "0", "1e300", "2.5", "9" * 400]),
        lambda inner: st.one_of(
            st.tuples(inner, st.sampled_from("+-*/"), inner).map("({0[0]}{0[1]}{0[2]})".format),
            inner.map("-{}".format),
        ),
        max_leaves=40,
    ),
)


def calculated(expression: str, values: dict[str, object]) -> None:
    atlas = cast(Any, None)  # arithmetic looks at no layer
    with contextlib.suppress(ValidationError):
        asked = KINDS["arithmetic"].model_validate(
            {"expression": expression, "values": values, "equals": 1}
        )
        interval = asked.measurement(atlas, atlas).interval
        assert interval is not None
        assert math.isfinite(interval.low)
        assert interval.low <= interval.value <= interval.high


@thorough(120)
@given(EXPRESSIONS, st.dictionaries(st.sampled_from("ab"), VALUES, max_size=2))
def test_arithmetic(expression: str, values: dict[str, object]) -> None:
    calculated(expression, values)


def searched(text: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "text.txt")
        path.write_text(text, encoding="utf-8", errors="replace")
        with contextlib.suppress(ShekaraError):
            drafts, record = claims_command(path)
            json.dumps(record, allow_nan=False)
            assert isinstance(drafts, str)


@thorough(15)
@given(
    st.lists(
        st.one_of(
            TEXTS,
            st.sampled_from(
                ["12,5 км", "в 1,5 раза", "10 000 %", "5–7 million", "жиырма бес", "½", "1/0"]
            ),
            st.from_regex(r"[0-9 .,–%-]{1,12}(km|км|%|ha)?", fullmatch=True),
        ),
        max_size=8,
    )
)
def test_texts(parts: list[str]) -> None:
    searched(" ".join(parts))


PLACES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
SHAPES = st.one_of(
    PLACES.map(shapely.Point),
    st.lists(PLACES, min_size=2, max_size=4).map(shapely.LineString),
    st.just(shapely.Point()),
    st.none(),
)


def divided(rows: list[tuple[shapely.Geometry | None, str | None]]) -> None:
    shores = gpd.GeoDataFrame(
        {"owner": [owner for _, owner in rows]},
        geometry=gpd.GeoSeries([shape for shape, _ in rows], crs="EPSG:4326"),
    )
    with contextlib.suppress(ShekaraError):
        divide(shores, by="owner", tolerance_m=1000)


@thorough(30)
@given(st.lists(st.tuples(SHAPES, st.sampled_from(["A", "B", "C", "", None])), max_size=4))
def test_shores(rows: list[tuple[shapely.Geometry | None, str | None]]) -> None:
    divided(rows)
