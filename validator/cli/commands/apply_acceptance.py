"""What the county accepts, in the commands that check: its waivers, settings by path and baseline, and what the run could see of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from validator.cli import settings
from validator.cli.commands.setup import others
from validator.cli.settings import CommandSettings, SettingsError
from validator.county.finding_steps import StepOptions, apply_steps
from validator.messages import both
from validator.model import Book, Rule, Run
from validator.pipeline import inputs
from validator.pipeline.view_set import today

if TYPE_CHECKING:
    from validator.county.acceptance import Baseline, Terms


def accepted(
    run: Run,
    book: Book,
    asked: CommandSettings,
    sources: Sequence[inputs.Input],
    baseline: Baseline | None = None,
    narrowed: Callable[[Run], Run] | None = None,
) -> Run:
    """The run as the county has it. `narrowed`: leaves what --changed-since asks for."""
    bare = asked.config is None and baseline is None
    terms = None if bare else terms_of(run, book, asked, sources, baseline)
    return apply_steps(
        run, StepOptions(config=asked.config, terms=terms, narrowed=narrowed, by_path=settings.asked_by_path(asked, run.rules.values()))
    )


def terms_of(run: Run, book: Book, asked: CommandSettings, sources: Sequence[inputs.Input], baseline: Baseline | None) -> Terms:
    """What the run looked at."""
    from validator.county.acceptance import Terms
    from validator.engine.selection import chosen

    rules = _rules(book, asked) if baseline is not None or (asked.config and asked.config.waivers) else ()
    return Terms(
        today=today(),
        rules=rules,
        selected=chosen(run.rules.values(), asked.select, asked.ignore, settings.asked_for(asked)),
        reporting=chosen(rules, asked.select, asked.ignore, settings.asked_for(asked)),
        tables=book.tables,
        given=_real(sources),
        whole=all_reports(sources, asked),
        baseline=baseline,
    )


def _rules(book: Book, asked: CommandSettings) -> tuple[Rule, ...]:
    """The rules over waivers and baseline: those of the book, else those of the kind of report that has them."""
    for found in (book, *others(book, asked)):
        if rules := tuple(rule for rule in found.rules if rule.scope == "config"):
            return rules
    return ()


def baseline_of(path: Path | None) -> Baseline | None:
    """The baseline that is asked for. Raises SettingsError where it cannot be used."""
    if path is None:
        return None
    from validator.base.regular_files import read_regular
    from validator.county.acceptance.baseline import MOST_BYTES, BaselineError, read

    try:
        return read(read_regular(path, MOST_BYTES), path.as_posix())
    except BaselineError as trouble:
        raise SettingsError(trouble.text) from None
    except FileNotFoundError:
        raise SettingsError(
            both("cli.no-baseline", path=path),
        ) from None
    except (OSError, ValueError) as trouble:
        from validator.base.os_errors import reason

        why = reason(trouble) if isinstance(trouble, OSError) else both("cli.impossible-name")
        raise SettingsError(both("cli.baseline-not-opened", path=path, reason=why)) from None


def all_reports(sources: Sequence[inputs.Input], asked: CommandSettings) -> bool:
    """Whether these are all the reports that nianbao.yaml speaks of: its `reports`, else the whole folder in which it lies."""
    if asked.config is None:
        return False
    if not asked.config.reports:
        walked = {os.path.realpath(source.folder) for source in sources if source.folder is not None}
        folder = os.path.realpath(asked.config.folder)
        return any(folder == top or folder.startswith(os.path.join(top, "")) for top in walked)
    reports = settings.reports_of(asked.config)
    if asked.paths == reports:
        return True
    own, given = inputs.inputs(reports), _real(sources)
    return bool(own) and all(os.path.realpath(source.source) in given for source in own)


def _real(sources: Sequence[inputs.Input]) -> frozenset[str]:
    return frozenset(os.path.realpath(source.source) for source in sources)
