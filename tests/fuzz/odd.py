"""Odd values and small damages, from which the harnesses draw."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, Verbosity, settings
from hypothesis import strategies as st

# As many as one likes by hand: SHEKARA_FUZZ=100000 pytest tests/fuzz
EXAMPLES = int(os.environ.get("SHEKARA_FUZZ", "0"))
# tests/fuzz/run.py asks for each input before it is tried: a dead interpreter tells nothing.
LOUD = bool(os.environ.get("SHEKARA_FUZZ_LOUD"))


def thorough(usual: int) -> settings:
    """How long a harness tries: a few seconds in the suite, as long as one likes by hand."""
    return settings(
        max_examples=EXAMPLES or usual,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=not EXAMPLES,
        print_blob=True,
        verbosity=Verbosity.verbose if LOUD else Verbosity.normal,
    )


TEXTS = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        ["", " ", "\u202eabc", "a\x00b", "\x1b[31m", "=1+1", "<script>", "ﷺ" * 20, "x" * 600]
    ),
)
NUMBERS = st.one_of(
    st.integers(),
    st.floats(),
    st.sampled_from([0, -0.0, 1e-320, 1e15, 1e300, -1, 10**400, 180, 90, 90.000001, -180]),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(TEXTS, NUMBERS, st.booleans(), st.none()),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
TOML_VALUES = st.one_of(
    st.sampled_from([
        "1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "nan", "inf", "-inf", "1e999", "1e300",
        "-1", "0", "0x7f", "9" * 400, "true", '""', '" "', "[]", "{}", "[[]]", "{ a = 1 }",
        '"\\u202e"', '"\\u0000"', '"en"', '["en", "qq"]', '{ en = "x", ru = "y" }', '{ qq = "x" }',
        "[1, 2, 3, 4]", "[0, 0, 0, 0]", "[-180, -90, 180, 90]", "[179, 1, -179, 2]", "''' \n '''",
        "1_000", "3.80", "5e-05", '"#12345"', '"javascript:alert(1)"', '"../../x"',
        "[" * 50 + "]" * 50,
    ]),
    st.integers().map(str),
    st.floats(allow_nan=False, allow_infinity=False).map(repr),
)  # fmt: skip
