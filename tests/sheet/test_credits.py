"""Who is named under a map: whom the licence asks to name."""

from __future__ import annotations

import pytest

from shekara.scene.model import Credit
from shekara.sheet.marginalia.credits import short_name


@pytest.mark.parametrize(
    ("name", "license", "holder", "shown"),
    [
        ("Extract of a city", "ODbL-1.0", "Makers of maps", "Makers of maps"),
        ("GeoNames, cities15000 1.2", "CC-BY-4.0", "", "GeoNames"),
        ("Natural Earth 4.1", "LicenseRef-Public-Domain", "A. Mapper", "Natural Earth"),
    ],
)
def test_who_has_the_rights_is_named_where_the_licence_asks_for_it(
    name: str, license: str, holder: str, shown: str
) -> None:
    assert short_name(Credit(name, license, "", "", (), holder)) == shown
