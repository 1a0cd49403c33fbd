"""Modules of the page's program, run by node without a page."""

from __future__ import annotations

import json
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

from tests.support.patience import PATIENT_S
from tests.support.programs import need


def run(modules: str, *expressions: str) -> list[Any]:
    """Values of expressions over modules of the page's program, which have their own names."""
    folder = Path(str(files("shekara.web"))) / "assets"
    imports = (
        f"import * as {name} from {json.dumps((folder / f'{name}.js').as_uri())};"
        for name in modules.split()
    )
    program = f"{''.join(imports)}console.log(JSON.stringify([{', '.join(expressions)}]))"
    answer = subprocess.run(
        [need("node", "nodejs"), "--input-type=module"],
        input=program,
        capture_output=True,
        text=True,
        timeout=PATIENT_S,
    )
    assert answer.returncode == 0, answer.stderr
    values: list[Any] = json.loads(answer.stdout)
    return values
