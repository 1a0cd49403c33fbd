"""The projection of a sheet: the rule, the names, the words, and what must be refused."""

import pytest
from pyproj import CRS, Proj

from shekara.errors import InputError
from shekara.i18n import Translator
from shekara.scene.projection import choose, sixth_parallels

LAND = (46.0, 40.6, 88.0, 55.4)


def parameters(definition: str) -> dict[str, float]:
    operation = CRS.from_user_input(definition).coordinate_operation
    assert operation is not None
    return {item.name: float(item.value) for item in operation.params}


def test_albers_takes_one_and_five_sixths_of_the_span_in_half_degrees() -> None:
    # 40.6 + 14.8 / 6 = 43.07 and 55.4 - 2.47 = 52.93.
    given = parameters(choose(LAND, None, Translator("en")).definition)
    assert given["Latitude of 1st standard parallel"] == 43
    assert given["Latitude of 2nd standard parallel"] == 53
    assert given["Longitude of false origin"] == 67


def test_southern_extent_gets_southern_parallels() -> None:
    assert sixth_parallels((160, -50, 180, -32)) == (-47, -35)


@pytest.mark.parametrize(
    ("extent", "method"),
    [
        ((46, 40, 88, 56), "Albers Equal Area"),
        ((-180, -90, 180, 90), "Equal Earth"),
        ((-180, 60, 180, 90), "Lambert Azimuthal Equal Area"),
        ((-180, -90, 180, -55), "Lambert Azimuthal Equal Area"),
        # A town and a country in the north: about the pole the town's scale would vary by 7 %.
        ((24.4, 60.01, 24.8, 60.2), "Albers Equal Area"),
        ((20, 60, 32, 70), "Albers Equal Area"),
        ((10, 76, 34, 81), "Lambert Azimuthal Equal Area"),
        ((95, -10, 140, 8), "Lambert Cylindrical Equal Area"),
        ((-20, -35, 52, 38), "Lambert Azimuthal Equal Area"),
        ((19, 41, -169, 82), "Albers Equal Area"),
    ],
)
def test_the_rule_by_the_place_on_the_earth(
    extent: tuple[float, float, float, float], method: str
) -> None:
    chosen = choose(extent, None, Translator("en"))
    operation = CRS.from_user_input(chosen.definition).coordinate_operation
    assert operation is not None
    assert operation.method_name == method
    assert chosen.equal_area


def test_an_extent_over_the_antimeridian_is_centred_on_it() -> None:
    # 170 E to 170 W is 20 degrees wide, its middle is 180.
    given = parameters(choose((170, -50, -170, -30), None, Translator("en")).definition)
    assert abs(given["Longitude of false origin"]) == 180


def test_the_error_of_scale_over_the_country_of_the_notes() -> None:
    # Albers 43/53.5 at 67 E: at most 0.43 % between 40.6 and 55.4 N (measured with PROJ before).
    table = {"name": "albers", "parallels": [43, 53.5], "meridian": 67}
    proj = Proj(choose(LAND, table, Translator("en")).definition)
    worst = max(
        abs(getattr(proj.get_factors(67, lat), side) - 1)
        for lat in (40.6 + step * 0.1 for step in range(149))
        for side in ("meridional_scale", "parallel_scale")
    )
    assert 0.0040 < worst < 0.0046


def test_written_in_one_line_it_means_the_same_as_in_a_table() -> None:
    table = {"name": "albers", "parallels": [52, 64], "meridian": 100}
    line = choose(LAND, "Albers 52/64 at 100 E", Translator("en"))
    assert line == choose(LAND, table, Translator("en"))


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "en",
            "Albers equal-area conic projection, standard parallels 43° N and 53.5° N, "
            "central meridian 67° E; keeps areas.",
        ),
        (
            "ru",
            "Равновеликая коническая проекция Альберса, стандартные параллели 43° с. ш. и "
            "53,5° с. ш., средний меридиан 67° в. д.; сохраняет площади.",
        ),
        (
            "kk",
            "Альберстің тең шамалы конустық проекциясы, стандартты параллельдері 43° с. е. және "
            "53,5° с. е., орталық меридианы 67° ш. б.; аудандарды сақтайды.",
        ),
    ],
)
def test_the_sentence_in_three_languages(lang: str, sentence: str) -> None:
    table = {"name": "albers", "parallels": [43, 53.5], "meridian": 67}
    assert choose(LAND, table, Translator(lang)).sentence.replace("\u00a0", " ") == sentence


@pytest.mark.parametrize(
    ("named", "area", "angle"),
    [
        ("albers", True, False),
        ("lambert", False, True),
        ("equidistant", False, False),
        ("mercator", False, True),
        ("azimuthal", True, False),
        ("cylindrical", True, False),
        ("equal-earth", True, False),
        ("EPSG:3035", True, False),
        ("EPSG:32642", False, True),
        ("EPSG:3857", False, False),  # a sphere's formula on an ellipsoid
        ("+proj=robin +lon_0=67", False, False),
    ],
)
def test_what_is_kept_is_what_the_textbooks_say(named: str, area: bool, angle: bool) -> None:
    chosen = choose(LAND, named, Translator("en"))
    assert (chosen.equal_area, chosen.conformal) == (area, angle)


@pytest.mark.parametrize(
    ("named", "says"),
    [
        ("alberss", 'Did you mean "albers"'),
        ("EPSG:999999", "PROJ does not know it"),
        ("EPSG:4326", "no projection of the Earth on a plane"),
        ("+proj=nothing", "PROJ does not know it"),
        ({"name": "albers", "paralels": [1, 2]}, "did you mean 'parallels'"),
        ({"name": "albers", "parallels": [1, 2, 3]}, "one or two latitudes"),
        ({"name": "albers", "parallels": [43, True]}, "number of degrees"),
        ({"name": "albers", "parallels": [-30, 30]}, "cone cannot touch"),
        ({"name": "albers", "meridian": "67"}, "number of degrees"),
        ({"parallels": [43, 53]}, "must be one of"),
    ],
)
def test_a_bad_name_is_refused_with_a_way_out(named: str | dict[str, object], says: str) -> None:
    with pytest.raises(InputError, match=says):
        choose(LAND, named, Translator("en"))


@pytest.mark.parametrize("extent", [(0, 50, 10, 40), (0, 0, 0, 10), (0, -100, 10, 0)])
def test_a_bad_extent_is_refused(extent: tuple[float, float, float, float]) -> None:
    with pytest.raises(InputError, match="extent"):
        choose(extent, None, Translator("en"))
