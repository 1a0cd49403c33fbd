"""shekara check: every claim measured and held against the recorded verdict."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from shekara.cli.options import AtlasArgument, Json, SchedulerOption, cluster, end, say_remarks
from shekara.terminal import print_json_text, print_table, say


def check(
    atlas: AtlasArgument = None,
    lang: Annotated[str, typer.Option(help="Language of the table.")] = "en",
    sources: Annotated[
        bool, typer.Option("--sources", help="Only list claims without a source that was read.")
    ] = False,
    junit: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a JUnit report as well.")
    ] = None,
    scheduler: SchedulerOption = None,
    json_: Json = False,
) -> None:
    """Measure every claim; exit 1 where a verdict is not the recorded one.

    Example: shekara check my-atlas --junit report.xml
    """
    from shekara import claims, report, site
    from shekara.storage import write_file

    opened = site.load(atlas)
    say_remarks(opened)
    with cluster(scheduler) as workers:
        verdicts = claims.check_all(opened, workers)
    if opened.drafts:
        say(f"{len(opened.drafts)} drafts left out: {', '.join(opened.drafts)}")
    say_in = opened.translator(lang)
    if junit is not None:
        write_file(junit, report.junit_text(opened, verdicts))
    if json_:
        print_json_text(report.json_text(opened, verdicts))
    elif sources:
        title, columns, rows = report.doubtful_table(verdicts, say_in)
        print_table(columns, rows, title)
    else:
        print_table(report.columns(say_in), report.table(verdicts, say_in))
        tables = report.tally_tables(verdicts, say_in)
        for title, columns, rows in [*tables, report.doubtful_table(verdicts, say_in)]:
            if rows:
                print_table(columns, rows, title)
    differ = [verdict for verdict in verdicts if not verdict.as_recorded]
    for verdict in differ:
        where = f"(layers/{verdict.claim.layer}.toml)"
        say(f"{verdict.claim.id}: {verdict.verdict}, but recorded is {verdict.recorded} {where}")
    if differ:
        say('The table says why. Where it is right, write it into the claim: verdict = "…"')
    end(not differ)
