"""A notebook, executed by a kernel of its own: page, figure, areas with intervals, verdict."""

from __future__ import annotations

import base64
import io
import json
import warnings

import nbformat
import numpy as np
import pytest
from nbclient import NotebookClient
from PIL import Image

from tests.support.patience import PROGRAM_S

pytestmark = pytest.mark.long

CELLS = (
    """
import geopandas, shapely, shekara
squares = [shapely.box(10 + i, 45, 11 + i, 46) for i in range(4)]
frame = geopandas.GeoDataFrame(
    {"name": ["A", "B", "C", "D"], "people": [3, 8, 20, 90]}, geometry=squares, crs="EPSG:4326"
)
""",
    'shekara.explore(frame, "people", scheme="natural_breaks", k=3, popup="name", title="People")',
    """
shekara.figure(
    frame, "people", scheme="natural_breaks", k=2, title="People", source="A", size="120x90mm"
)
""",
    "shekara.measure(frame, accuracy_m=10)",
    'shekara.check(frame, "count", equals=4)',
    'shekara.resolve(shekara.atlas_from({"squares": frame}), "map", "de")',
)


@pytest.fixture(scope="module")
def outputs() -> list[dict[str, str]]:
    """What each cell shows, by kind of content."""
    empty: dict[str, object] = {
        "cell_type": "code",
        "metadata": {},
        "execution_count": None,
        "outputs": [],
    }
    cells = [{**empty, "id": f"cell-{number}", "source": text} for number, text in enumerate(CELLS)]
    written = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
    notebook = nbformat.reads(written, as_version=4)  # type: ignore[no-untyped-call]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the kernel's own packages
        NotebookClient(notebook, timeout=int(PROGRAM_S), kernel_name="python3").execute()
    assert all(output.output_type != "error" for cell in notebook.cells for output in cell.outputs)
    return [
        {kind: text for output in cell.outputs for kind, text in output.get("data", {}).items()}
        for cell in notebook.cells
    ]


def test_a_page_is_shown_in_a_frame_and_asks_the_network_for_nothing(
    outputs: list[dict[str, str]],
) -> None:
    page = outputs[1]["text/html"]
    assert page.startswith('<iframe title="People"')
    assert "default-src &#x27;none&#x27;" in page or "default-src &#39;none&#39;" in page
    assert "src=&quot;http" not in page


def test_a_figure_is_shown_as_a_picture(outputs: list[dict[str, str]]) -> None:
    with Image.open(io.BytesIO(base64.b64decode(outputs[2]["image/png"]))) as picture:
        assert picture.width / picture.height == pytest.approx(120 / 90, rel=0.01)
        pixels = np.asarray(picture.convert("RGB")).reshape(-1, 3)
    # Viridis begins yellow-green and ends violet: both are on the map in large patches.
    colours, counts = np.unique(pixels, axis=0, return_counts=True)
    patches = [[int(part) for part in colour] for colour in colours[counts > 1000]]
    assert any(red > 150 and green > 180 > blue for red, green, blue in patches)
    assert any(blue > green + 30 and red < 120 for red, green, blue in patches)


def test_areas_have_intervals_and_a_claim_its_verdict(outputs: list[dict[str, str]]) -> None:
    # One degree square at 45° N is 8 745.9 km² (GeographicLib's Planimeter, geodesic edges).
    assert {"low", "high"} <= set(outputs[3]["text/plain"].split())
    assert "holds" in outputs[4]["text/plain"]
    assert len(outputs[4]["text/plain"]) < 300
    assert outputs[5]["text/plain"].startswith("<Scene 'map' in de: 1 layer with 4 features")
