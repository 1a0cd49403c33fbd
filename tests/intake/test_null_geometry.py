"""A feature without geometry is told once, by its own reason."""

from __future__ import annotations

import json
from pathlib import Path

from shekara import intake


def test_a_feature_without_geometry_is_no_small_one(tmp_path: Path) -> None:
    features = [
        {"type": "Feature", "properties": {"n": name}, "geometry": shape}
        for name, shape in (("a", {"type": "Point", "coordinates": [5, 50]}), ("b", None))
    ]
    file = tmp_path / "mix.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    remarks = " ".join(intake.add(file, tmp_path / "atlas").remarks)
    assert "no geometry" in remarks
    assert "rounding" not in remarks
