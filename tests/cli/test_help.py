"""Every command's --help has an example, and the command takes what the example says."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys

import pytest
import typer

from shekara import cli, keys
from shekara.claims import KINDS


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_the_help_has_an_example_that_the_command_takes(name: str) -> None:
    said = " ".join((cli.COMMANDS[name].__doc__ or "").split())
    match = re.search(r"Example: (.+)$", said)
    assert match is not None, f"shekara {name} --help has no example"
    group = typer.main.get_group(cli.app)
    for example in match[1].split("; "):
        program, command, *words = shlex.split(example)
        assert (program, command) == ("shekara", name)
        # Raises a usage error at an option or a value that the command does not know.
        group.commands[command].make_context(command, words)


def test_keys_say_which_way_each_kind_of_claim_counts() -> None:
    assert set(keys.ways()) == set(KINDS)
    assert "asked whether any of the claim's own" in keys.ways()["touches"]
    ((title, _, _),) = keys.tables("within")
    assert "outward" in title


def test_python_m_runs_the_same_command_under_the_same_name() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "shekara", "measure", "--no-such"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Usage: shekara measure" in done.stderr
