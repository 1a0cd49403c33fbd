"""What of a scene stands on paper."""

from dataclasses import replace

import shapely

from shekara.i18n import ENGLISH
from shekara.scene.cautions import cautions
from shekara.scene.model import (
    Feature,
    LegendEntry,
    Panel,
    Projection,
    Scene,
    SceneClaim,
    SceneLayer,
    Series,
    Style,
)
from shekara.sheet.view import on_paper
from tests.support import scene_parts

AREA = shapely.box(10, 10, 20, 20)


def layer(name: str, *features: Feature, **change: object) -> SceneLayer:
    made = scene_parts.layer(name, "polygon", features, title=name, precision="", credit=())
    return replace(made, **change)  # type: ignore[arg-type]


def claim(name: str, of: str) -> SceneClaim:
    return scene_parts.claim(
        name,
        of,
    )


SCENE = Scene(
    name="map",
    say=ENGLISH,
    number=1,
    atlas_title="",
    title="",
    subtitle="",
    extent=(0, 0, 30, 30),
    projection=Projection("EPSG:4326", "", "", False, False),
    layers=(
        layer(
            "zones",
            Feature("zones/old", AREA, "Old", Style(fill="#aa0000"), legend=1, end=1990.0),
            Feature("zones/new", AREA, "New", Style(fill="#00aa00"), legend=1, start=1991.0),
        ),
        layer("towns", Feature("towns/1", AREA, "A", Style(), legend=0)),
        layer("hidden", Feature("hidden/1", AREA, "B", Style(), legend=2), extra=True),
    ),
    legend=tuple(
        LegendEntry(name, name, "polygon", Style()) for name in ("towns", "zones", "hidden")
    ),
    claims=(claim("first", "zones"), claim("second", "zones")),
    panels=(),
    notes=(),
    credits=(),
    alt="",
)


def test_a_sheet_leaves_out_what_pages_show_on_demand_with_its_line_of_the_legend() -> None:
    seen = on_paper(SCENE)
    assert [item.name for item in seen.layers] == ["zones", "towns"]
    assert [entry.title for entry in seen.legend] == ["zones", "towns"]


def test_sheet_true_and_false_go_before_what_the_page_shows() -> None:
    layers = (*SCENE.layers[:1], replace(SCENE.layers[1], printed=False))
    seen = on_paper(replace(SCENE, layers=(*layers, replace(SCENE.layers[2], printed=True))))
    assert [item.name for item in seen.layers] == ["zones", "hidden"]


def test_the_legend_begins_with_what_claims_are_about_and_features_keep_their_lines() -> None:
    seen = on_paper(SCENE)
    for item in seen.layers:
        for feature in item.features:
            assert feature.legend is not None
            assert seen.legend[feature.legend].layer == item.name


def test_a_year_leaves_what_was_there() -> None:
    seen = on_paper(replace(SCENE, sheet_year=1990.0))
    assert [feature.name for feature in seen.layers[0].features] == ["Old"]


def test_the_leading_claim_comes_first() -> None:
    seen = on_paper(replace(SCENE, sheet_lead="second"))
    assert [item.id for item in seen.claims] == ["second", "first"]


def test_a_chart_has_the_colours_of_the_map() -> None:
    series = tuple(Series(name, ("x",), (1.0,), Style()) for name in ("Old", "new"))
    (panel,) = on_paper(replace(SCENE, panels=(Panel("bars", "", "", "", series),))).panels
    assert [item.style.fill for item in panel.series] == ["#aa0000", "#00aa00"]


def test_a_chart_keeps_its_own_colours_where_the_map_shows_things_alike() -> None:
    alike = replace(
        SCENE.layers[0],
        features=tuple(
            replace(item, style=Style(fill="#aa0000")) for item in SCENE.layers[0].features
        ),
    )
    series = tuple(
        Series(name, ("x",), (1.0,), Style(fill=f"#00000{i}"))
        for i, name in enumerate(("Old", "New"))
    )
    scene = replace(
        SCENE, layers=(alike, *SCENE.layers[1:]), panels=(Panel("bars", "", "", "", series),)
    )
    (panel,) = on_paper(scene).panels
    assert [item.style.fill for item in panel.series] == ["#000000", "#000001"]


def test_a_caution_names_no_layer_that_the_sheet_leaves_out() -> None:
    """The page's sentence says both layers; on paper its place has one with the printed layer."""
    shown = layer("Shown", schematic=True)
    hidden = layer("Hidden", schematic=True, printed=False)
    (both,) = cautions([shown, hidden], ENGLISH)
    (one,) = cautions([shown], ENGLISH)
    assert "Hidden" in both.text
    whole = replace(SCENE, layers=(shown, hidden), notes=("First.", both.text, "Last."))
    assert on_paper(whole).notes == ("First.", one.text, "Last.")
    alone = replace(
        SCENE, layers=(hidden,), notes=("First.", *(c.text for c in cautions([hidden], ENGLISH)))
    )
    assert on_paper(alone).notes == ("First.",)
