"""Remarks go with the tables that they are about, wherever those are copied to."""

from __future__ import annotations

import copy
import pickle

from shekara.median.remark import Remark


def test_a_remark_is_copied_with_its_words() -> None:
    remark = Remark("parts by 3.2 m", "parts", length=("m", 3.2), owner="A")
    for again in (copy.deepcopy(remark), pickle.loads(pickle.dumps(remark))):
        assert again == remark
        assert (again.key, again.filling) == ("parts", {"length": ("m", 3.2), "owner": "A"})
