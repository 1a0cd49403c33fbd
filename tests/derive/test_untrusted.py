"""Recipes are untrusted: what they name stays inside the atlas, and archives do no harm."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shekara import derive as recipes
from shekara import site
from shekara.derive import Sources, derive, write
from shekara.derive.archives import read_member
from shekara.errors import AtlasError, InputError
from tests.support.atlases import feature, point, sound, write_layer

SECRET = "id,lon,lat\nsecret-of-the-machine,1,2\n"
posix = pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")


@pytest.fixture
def atlas(tmp_path: Path) -> Path:
    (tmp_path / "secret.csv").write_text(SECRET)
    return sound(tmp_path / "atlas")


def with_recipe(atlas: Path, recipe: str) -> Path:
    write_layer(atlas, "it", [feature(point(10.5, 50.5), id="a")], f"[derive]\n{recipe}\n")
    return atlas


def message(atlas: Path) -> str:
    with pytest.raises(AtlasError) as error:
        site.load(atlas)
    return str(error.value)


@pytest.mark.parametrize(
    "name",
    [
        "layers/../../secret.csv",
        "../secret.csv",
        "/etc/passwd",
        "layers/\\\\..\\\\secret.csv",
        "C:/secret.csv",
        "layers//../../secret.csv",
        "layers/./../../secret.csv",
        "file:///etc/passwd",
        "~/secret.csv",
        "layers/a\\u0000b.csv",
        "",
        ".",
    ],
)
@pytest.mark.parametrize("form", ['["{}"]', '{{ table = "{}" }}'])
def test_a_table_outside_the_atlas_is_refused_before_it_is_opened(
    atlas: Path, name: str, form: str
) -> None:
    with_recipe(atlas, f'method = "points"\nfrom = {form.format(name)}')
    said = message(atlas)
    assert "layers/it.toml: derive.from" in said
    assert "secret-of-the-machine" not in said
    with pytest.raises(InputError, match=r"layers/it\.toml: derive\.from"):
        derive(atlas, "it")


@posix
@pytest.mark.parametrize("target", ["../../secret.csv", "/etc/passwd", "/dev/zero", "."])
def test_a_link_out_of_the_atlas_is_not_followed(atlas: Path, target: str) -> None:
    (atlas / "layers" / "link.csv").symlink_to(target)
    with_recipe(atlas, 'method = "points"\nfrom = { table = "layers/link.csv" }')
    said = message(atlas)
    assert "is a link that leaves the atlas" in said or "is no file" in said
    with pytest.raises(InputError, match=r"layers/link\.csv"):
        derive(atlas, "it")


@pytest.mark.parametrize(
    "reference",
    [
        "npm:/etc",
        "npm:../x",
        "npm:--registry=http://x@1.0.0",
        "npm:x",
        "npm:x@latest",
        "npm:x@^1.0.0",
        "npm:git+https://x.org/y@1.0.0",
        "npm:x@1.0.0 --y",
        "npm:@/x@1.0.0",
        "npm:.x@1.0.0",
        "pypi:x@1.0.0",
        "x@1.0.0",
    ],
)
def test_only_a_name_in_one_version_is_a_package(atlas: Path, reference: str) -> None:
    recipe = 'method = "topojson_object"\nfile = "f"\nobject = "o"\nname = "n"\n'
    with_recipe(atlas, f'{recipe}from = {{ package = "{reference}" }}')
    assert "is no package in one exact version" in message(atlas)


def test_a_package_without_pin_is_told_when_the_atlas_is_loaded(atlas: Path) -> None:
    recipe = 'method = "topojson_object"\nfile = "f"\nobject = "o"\nname = "n"\n'
    with_recipe(atlas, f'{recipe}from = {{ package = "npm:x@1.0.0" }}')
    (atlas / "layers" / "packages.csv").write_text("registry,package,sha512\n")
    assert "no line for npm package x@1.0.0; add it with the SHA-512" in message(atlas)
    (atlas / "layers" / "packages.csv").write_text("registry,package,sha512\nnpm,x@1.0.0,abc\n")
    assert "sha512 of x@1.0.0 is not 128 hexadecimal digits" in message(atlas)


@pytest.mark.parametrize("layer", ["../x", "/etc/x", "a/b", "..", "x\ny", "C:x"])
def test_only_layers_are_made(atlas: Path, layer: str) -> None:
    with pytest.raises(InputError, match="is no name of a layer"):
        write(atlas, [layer])


@posix
def test_only_geo_is_written_to(atlas: Path, tmp_path: Path) -> None:
    (atlas / "layers" / "t.csv").write_text("id,lon,lat\na,1,2\n")
    with_recipe(atlas, 'method = "points"\nfrom = { table = "layers/t.csv" }')
    (atlas / "geo" / "it.geojson").unlink()
    (atlas / "geo" / "it.geojson").symlink_to("../layers/t.csv")
    with pytest.raises(InputError, match="leaves the atlas"):
        write(atlas, ["it"])
    assert (atlas / "layers" / "t.csv").read_text() == "id,lon,lat\na,1,2\n"
    (atlas / "geo").rename(tmp_path / "elsewhere")
    (atlas / "geo").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(InputError, match="leaves the atlas"):
        write(atlas, ["it"])


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "column 'id' is missing"),
        (b"id,lon,lat\n", "has no rows"),
        (b"name,lon,lat\na,1,2\n", "column 'id' is missing"),
        (b"id,lon,lat\n,1,2\n", "line 2: id is empty"),
        (b"id,lon,lat,lon\na,1,2,3\n", "column 'lon' stands twice"),
        (b"id,lon,lat\na,1\n", "not as many cells"),
        (b"id,lon,lat\na,\xff,2\n", "not readable as CSV in UTF-8"),
        (b"id,lon,lat\na,1e999,2\n", "are not on the Earth"),
        (b"id,lon,lat\na,nan,2\n", "are not on the Earth"),
        (b"id,lon,lat\na,x,2\n", "are no decimal degrees"),
        (b"id,lon,lat\n" + b"a" * 200_000 + b",1,2\n", "not readable as CSV"),
    ],
)
def test_a_damaged_table_is_one_message(atlas: Path, content: bytes, rule: str) -> None:
    (atlas / "layers" / "t.csv").write_bytes(content)
    with_recipe(atlas, 'method = "points"\nfrom = { table = "layers/t.csv" }')
    with pytest.raises(InputError, match=rule) as error:
        derive(atlas, "it")
    assert "\n" not in str(error.value)


def test_a_mark_of_a_spreadsheet_at_the_beginning_is_no_part_of_a_name(atlas: Path) -> None:
    (atlas / "layers" / "t.csv").write_bytes(b"\xef\xbb\xbfid,lon,lat\na,1,2\n")
    assert Sources(atlas, atlas).table("layers/t.csv", ("id",))[0]["id"] == "a"


def test_two_tables_where_four_things_are_needed_are_told_by_name(atlas: Path) -> None:
    with_recipe(atlas, 'method = "unions"\nfrom = ["layers/a.csv", "layers/b.csv"]')
    assert (
        'from = { package = "…", members = "layers/a.csv", unions = "layers/b.csv", states = "…" }'
    ) in message(atlas)


@pytest.mark.parametrize("method", sorted(recipes.METHODS))
def test_every_method_judges_its_keys_when_the_atlas_is_loaded(atlas: Path, method: str) -> None:
    with_recipe(atlas, f'method = "{method}"\nfrom = 7\nnonsense = 1')
    said = message(atlas)
    assert "derive.nonsense = 1: is an unknown key" in said
    assert all(line.startswith("  layers/it.toml: derive.") for line in said.splitlines()[1:])


def archive(path: Path, data: bytes = b'{"a": 1}', **more: object) -> Path:
    with tarfile.open(path, "w:gz") as tar:
        info = tarfile.TarInfo("package/a.json")
        info.size = len(data)
        for key, value in more.items():
            setattr(info, key, value)
        tar.addfile(info, io.BytesIO(data))
    return path


def damaged(folder: Path) -> Iterator[bytes]:
    whole = archive(folder / "whole.tgz", os.urandom(5000)).read_bytes()
    yield b""
    yield b"not an archive"
    yield gzip.compress(b"not a tar archive")
    for cut in (1, 9, 20, len(whole) // 2, len(whole) - 1, len(whole) - 9):
        yield whole[:cut]
    for at in (0, 3, 10, 15, len(whole) // 2, len(whole) - 5):
        yield whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :]
    plain = gzip.decompress(whole)
    for at, byte in ((0, 0xFF), (124, 0x39), (148, 0x39), (156, 0x39), (257, 0)):
        yield gzip.compress(plain[:at] + bytes([byte]) + plain[at + 1 :])
    yield gzip.compress(plain[:600])


def test_a_damaged_archive_is_one_message_or_read_right(tmp_path: Path) -> None:
    refused: list[str] = []
    for number, data in enumerate(damaged(tmp_path)):
        path = tmp_path / f"{number}.tgz"
        path.write_bytes(data)
        try:
            read_member(path, "package/a.json")
        except InputError as error:
            refused.append(str(error))
    assert len(refused) >= 15
    assert not any("\n" in message for message in refused)


def test_a_bomb_is_stopped_at_the_limit(tmp_path: Path) -> None:
    path = archive(tmp_path / "bomb.tgz", bytes(5_000_000))
    assert path.stat().st_size < 10_000
    with pytest.raises(InputError, match=r"unpacks to more than 0\.0 GB, the limit"):
        read_member(path, "package/a.json", most=1_000_000)
    with pytest.raises(
        InputError, match="unpacks to more than"
    ):  # before the file that is asked for
        read_member(path, "package/b.json", most=1_000_000)


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE]
)
def test_a_link_in_an_archive_is_not_followed(tmp_path: Path, kind: bytes) -> None:
    path = archive(tmp_path / "link.tgz", b"", type=kind, linkname="/etc/passwd")
    with pytest.raises(InputError, match="is a link or a folder"):
        read_member(path, "package/a.json")
