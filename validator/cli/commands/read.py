"""`nianbao read`: the report as it was read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from validator.cli import output_stream, settings
from validator.cli.commands.check import check_sources, collect, run_options
from validator.cli.commands.setup import opened, recalled, sources_of
from validator.cli.commands.write_result import deliver, tell_empty
from validator.reporters import show


def run(flags: dict[str, Any]) -> int:
    """0, or 2 where a file could not be read."""
    with recalled(flags):
        asked, book = opened(flags, settings.of_read)
        sources = sources_of(asked)
        rules = settings.reading(book)
        options = replace(run_options(asked, book, rules, select=tuple(sorted(rules))), whole=True)
        collected = collect(check_sources(sources, book, options, asked), book, asked, options)
        for file in collected.files:
            for finding in file.findings if file.status == "unreadable" else ():
                output_stream.complain(f"{file.path}: {finding.message[asked.language]}")
        for broken in collected.broken:
            output_stream.complain(f"{broken.path}: {broken.message[asked.language]}")
        tell_empty(collected, asked)
        deliver(show(asked.format, collected.files), asked, sources)
        return 2 if collected.exit_status == 2 else 0
