"""shekara claims: the numbers of a text as drafts of claims, and which an atlas answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shekara.cli.options import Json
from shekara.errors import UsageError
from shekara.terminal import print_json, print_table, print_text, say

if TYPE_CHECKING:
    from shekara.intake.coverage import Answer


def claims_(
    text: Annotated[Path, typer.Argument(help="A text file, UTF-8.")],
    atlas: Annotated[
        Path | None, typer.Option(help="Write the drafts into this atlas's layers.")
    ] = None,
    layer: Annotated[
        str | None, typer.Option(help="Of all drafts; else the one that a sentence names.")
    ] = None,
    coverage_: Annotated[
        bool,
        typer.Option("--coverage", help="Only list the numbers that no claim of --atlas answers."),
    ] = False,
    lang: Annotated[str | None, typer.Option(help="Of the text; else each sentence's.")] = None,
    json_: Json = False,
) -> None:
    """List the numbers of a text as drafts of claims, or write them into an atlas.

    Example: shekara claims essay.txt; shekara claims essay.txt --atlas my-atlas --coverage
    """
    from shekara.texts import claims_command, not_understood, read_text

    if atlas is None:
        if coverage_ or layer is not None:
            raise UsageError("--coverage and --layer need --atlas FOLDER")
        drafts, record = claims_command(text, lang)
        if record["remark"]:
            say(str(record["remark"]))
        if json_:
            print_json(record)
        else:
            print_text(drafts)
        return
    from shekara import intake, site

    opened = site.load(atlas)
    numbers = read_text(text, lang)
    if remark := not_understood(numbers):
        say(remark)
    if coverage_:
        _tell(intake.coverage(numbers, opened), json_)
        return
    drafted = intake.draft(numbers, opened, text.name, layer)
    if json_:
        print_json([{"file": str(each.file), "drafts": list(each.ids)} for each in drafted])
    for each in drafted:
        say(f"{each.file}: {len(each.ids)} drafts")
    count = sum(len(each.ids) for each in drafted)
    say(f"{count} of {len(numbers)} numbers drafted; the others are answered already")


def _tell(answers: tuple[Answer, ...], as_json: bool) -> None:
    missing = [answer for answer in answers if not answer.claims]
    if as_json:
        print_json(
            {
                "numbers": len(answers),
                "answered": len(answers) - len(missing),
                "unanswered": [
                    {**answer.candidate.as_dict(), "drafts": list(answer.drafts)}
                    for answer in missing
                ],
            }
        )
        return
    rows = [
        [
            f"{answer.candidate.line}:{answer.candidate.column}",
            answer.candidate.text,
            ", ".join(answer.drafts),
            answer.candidate.sentence,
        ]
        for answer in missing
    ]
    if rows:
        print_table(["Line", "Number", "Draft", "Sentence"], rows, "Numbers that no claim answers")
    say(f"{len(answers) - len(missing)} of {len(answers)} numbers are answered by claims")
