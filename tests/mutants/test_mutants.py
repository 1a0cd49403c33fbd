"""The list of deliberate faults still fits the code; `python tests/mutants/run.py` applies it."""

from __future__ import annotations

import pytest

from tests.mutants.run import ROOT, Mutant, mutants


@pytest.mark.parametrize("mutant", mutants(), ids=lambda mutant: mutant.name)
def test_the_code_to_change_is_there_once(mutant: Mutant) -> None:
    text = (ROOT / "src" / "shekara" / mutant.file).read_text(encoding="utf-8")
    assert text.count(mutant.old) == 1
    assert mutant.old != mutant.new
    assert all((ROOT / test).exists() for test in mutant.tests)


def test_names_are_unique() -> None:
    names = [mutant.name for mutant in mutants()]
    assert len(set(names)) == len(names)
