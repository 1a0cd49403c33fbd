"""The report for a build server: JUnit XML, a test case for every claim."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from shekara.atlas import Atlas
from shekara.characters import clean
from shekara.claims import Verdict
from shekara.i18n import ENGLISH, Translator


def junit_text(atlas: Atlas, verdicts: Sequence[Verdict]) -> str:
    """A test suite for every layer with claims; a failure where a verdict is not the recorded one.

    A claim proved false is no failure: the atlas says so. Times are 0, so that the same atlas
    gives the same bytes.
    """
    say = ENGLISH
    root = ET.Element("testsuites", {"name": clean(say.text(atlas.index.title))})
    _count(root, verdicts)
    for name in dict.fromkeys(verdict.claim.layer for verdict in verdicts):
        listed = [verdict for verdict in verdicts if verdict.claim.layer == name]
        suite = ET.SubElement(root, "testsuite", {"name": name})
        _count(suite, listed)
        for verdict in listed:
            _case(suite, verdict, say)
    ET.indent(root)
    body = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'


def _count(element: ET.Element, verdicts: Sequence[Verdict]) -> None:
    failures = sum(not verdict.as_recorded for verdict in verdicts)
    element.set("tests", str(len(verdicts)))
    element.set("failures", str(failures))
    element.set("errors", "0")
    element.set("skipped", "0")
    element.set("time", "0")


def _case(suite: ET.Element, verdict: Verdict, say: Translator) -> None:
    claim = verdict.claim
    case = ET.SubElement(
        suite, "testcase", {"classname": claim.layer, "name": claim.id, "time": "0"}
    )
    lines = {
        "statement": say.text(claim.table.says),
        "text": say.text(claim.table.text or ""),
        "claimed": verdict.claimed_text(say),
        "measured": verdict.measured_text(say),
        "interval": verdict.interval_text(say),
        "verdict": verdict.verdict,
        "recorded": verdict.recorded,
        "reason": verdict.reason(say),
    }
    said = "\n".join(f"{key}: {clean(value)}" for key, value in lines.items() if value)
    if not verdict.as_recorded:
        message = f"the measured verdict is {verdict.verdict!r}, recorded is {verdict.recorded!r}"
        attributes = {"message": message, "type": "verdict"}
        ET.SubElement(case, "failure", attributes).text = said
    ET.SubElement(case, "system-out").text = said
