"""`dmn-dli audit`: whether recorded determinations still come out."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from dmn_dli.cases.files import check_case_file
from dmn_dli.store.load import load_series

from .asking import CaseFiles
from .outcome import CANNOT, DONE, FOUND
from .output import format_option, keep_inputs, open_output, output_option, width
from .tables import choose_tables, tables_option


@click.command("audit")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("cases", nargs=-1)
@format_option(["text", "json"], "What to write: text to read, or a document for programs.")
@tables_option
@output_option
def command(file: Path, cases: tuple[str, ...], form: str, tables: Path | None, output: Path | None) -> int:
    """Replay the log FILE that `evaluate --audit` wrote: name each determination that comes out no longer.

    The facts are those of the log where `--audit-facts` kept them. Else CASES are searched for facts with
    the digest that the log has; these are files as `evaluate` takes them.

    Each line is the same; or the determination is, but not all of the record (a new wording, say); or it
    changed; or it was altered: the facts in the log are not those that were digested; or it is not
    replayed, because its facts or its payer are not at hand.

    Exit codes: 0 every determination still comes out; 1 one does not, or a line was altered; 2 a line
    could not be read or replayed; 3 a defect of this program.
    """
    from dmn_dli.audit.log import read_lines
    from dmn_dli.audit.replay import facts_by_digest, replay_log
    from dmn_dli.report.audit import audit_json, audit_text

    for name in cases:
        check_case_file(name)
    chosen = choose_tables(tables)
    keep_inputs(output, file, *cases, chosen)
    series = load_series(chosen)
    files = CaseFiles(cases)
    found = replay_log(read_lines(file), series, facts_by_digest(files, series))
    with open_output(output, form) as stream:
        if form == "json":
            stream.write(audit_json(found.replays, found.unread))
        else:
            stream.write(audit_text(found.replays, found.unread, width(output)))
    counts = Counter(each.verdict for _, each in found.replays)
    if found.unread or files.unread or counts["not replayed"]:
        return CANNOT
    return FOUND if counts["changed"] or counts["altered"] else DONE
