"""A preview follows the files: fresh after a save, faults with file and key, this machine only."""

from __future__ import annotations

import http.client
import json
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from shekara.errors import InputError, StorageError
from shekara.preview import Preview
from tests.support.atlases import sound
from tests.support.patience import PATIENT_S


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return sound(tmp_path / "atlas")


@pytest.fixture
def running(folder: Path) -> Iterator[Preview]:
    with Preview(folder) as preview:
        yield preview


def ask(preview: Preview, path: str, host: str = "127.0.0.1") -> tuple[int, str]:
    connection = http.client.HTTPConnection(urlsplit(preview.address).netloc, timeout=PATIENT_S)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer.status, text


def saved(preview: Preview, path: Path, text: str) -> dict[str, object]:
    """What the page is told after a save; once more where the watch had not yet begun."""
    number = preview.shown.state.number
    end = time.monotonic() + PATIENT_S
    while time.monotonic() < end:
        path.write_text(text)
        state = preview.shown.newer(number, 1.0)
        if state.number != number:
            return state.record()
    raise AssertionError("the save was not seen")


def test_the_frame_and_the_map_are_there(running: Preview) -> None:
    status, text = ask(running, "/")
    assert (status, "/frame.js" in text) == (200, True)
    status, text = ask(running, "/maps/all?lang=en")
    assert (status, "<title>" in text, "all en" in text) == (200, True, True)
    assert ask(running, "/maps/none?lang=en")[0] == 404
    assert ask(running, "/layers/land.toml")[0] == 404
    assert running.address.startswith("http://127.0.0.1:")


def test_another_name_that_leads_here_is_refused(running: Preview) -> None:
    assert ask(running, "/maps/all?lang=en", host="evil.example")[0] == 403


def test_a_save_is_seen_and_drawn(running: Preview, folder: Path) -> None:
    path = folder / "maps" / "all.toml"
    record = saved(
        running, path, path.read_text().replace('title = { en = "all en" }', 'title = "New name"')
    )
    assert (record["faults"], record["maps"]) == ([], [{"name": "all", "title": "New name"}])
    assert "New name" in ask(running, "/maps/all?lang=en")[1]


def test_faults_are_told_while_the_last_good_map_stays(running: Preview, folder: Path) -> None:
    path = folder / "layers" / "road.toml"
    good = path.read_text()
    record = saved(running, path, good.replace("[quality]", "[qualty]"))
    assert any("layers/road.toml: qualty" in str(fault) for fault in record["faults"])  # type: ignore[attr-defined]
    assert record["version"] == 1
    assert ask(running, "/maps/all?lang=en")[0] == 200
    record = saved(running, path, good)
    assert (record["faults"], record["version"]) == ([], 2)


def test_news_come_as_events(running: Preview) -> None:
    connection = http.client.HTTPConnection(urlsplit(running.address).netloc, timeout=PATIENT_S)
    connection.request("GET", "/news")
    answer = connection.getresponse()
    line = answer.readline().decode()
    assert answer.getheader("Content-Type") == "text/event-stream"
    assert json.loads(line.removeprefix("data: "))["languages"] == ["en"]
    connection.close()


def test_an_atlas_with_faults_at_first_is_shown_when_it_is_mended(folder: Path) -> None:
    path = folder / "maps" / "all.toml"
    good = path.read_text()
    path.write_text("title = ")
    with Preview(folder) as preview:
        assert preview.shown.state.version == 0
        assert "maps/all.toml" in preview.shown.state.faults[0]
        assert saved(preview, path, good)["version"] == 1


def test_no_atlas_and_a_taken_port_are_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="shekara new"):
        Preview(tmp_path / "none")
    with Preview(folder) as first, pytest.raises(StorageError, match="--port"):
        Preview(folder, urlsplit(first.address).port or 0)
