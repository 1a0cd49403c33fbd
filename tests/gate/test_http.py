"""GeoParquet on a server of HTTP, which answers for parts or only whole: the same figures."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import shapely
from geopandas import GeoDataFrame

from shekara.errors import InputError
from shekara.measuring.files import measure_file


@contextmanager
def served(content: bytes, *, ranges: bool = True) -> Iterator[str]:
    """The address of a file on a server of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> bytes:
            if self.path != "/parcels.parquet":
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return b""
            asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
            part = content
            if asked and ranges:
                first, last = int(asked[1]), int(asked[2] or len(content) - 1)
                part = content[first : last + 1]
                self.send_response(206)
                end = first + len(part) - 1
                self.send_header("Content-Range", f"bytes {first}-{end}/{len(content)}")
            else:
                self.send_response(200)
            if ranges:
                self.send_header("Accept-Ranges", "bytes")
            self.send_header("Content-Length", str(len(part)))
            self.end_headers()
            return part

        def do_HEAD(self) -> None:
            self.answer()

        def do_GET(self) -> None:
            self.wfile.write(self.answer())

        def log_message(self, format: str, *args: object) -> None:
            """Nothing is said of requests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/parcels.parquet"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="module")
def parcels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    lon, lat = np.arange(60) * 1.5 - 40, np.full(60, 3.0)
    frame = GeoDataFrame(
        {"name": [f"parcel {number}" for number in range(60)]},
        geometry=shapely.box(lon, lat, lon + 0.7, lat + 0.4), crs=4326,
    )  # fmt: skip
    path = tmp_path_factory.mktemp("served") / "parcels.parquet"
    frame.to_parquet(path, row_group_size=9)
    return path


@pytest.mark.parametrize("ranges", [True, False], ids=["ranges", "whole"])
def test_an_address_measures_what_the_file_does(parcels: Path, ranges: bool) -> None:
    (there,) = measure_file(parcels, 5.0)
    with served(parcels.read_bytes(), ranges=ranges) as address:
        (here,) = measure_file(address, 5.0)
        assert here["file"] == address
    assert json.dumps({**here, "file": ""}) == json.dumps({**there, "file": ""})


def test_a_page_that_is_not_there_is_one_message(parcels: Path) -> None:
    with served(parcels.read_bytes()) as address, pytest.raises(InputError) as told:
        measure_file(address.replace("parcels.", "other."))
    assert "other.parquet: cannot be read (FileNotFoundError" in str(told.value)
    assert "see that this machine reaches it" in str(told.value)
