"""`nianbao init DIR`: a nianbao.yaml for the reports of a folder, with the roster that they show."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from validator.cli import output_stream, replace_file, settings
from validator.cli.commands.check import examined, gathered, order
from validator.cli.commands.setup import recalled
from validator.cli.settings import Settings, SettingsError
from validator.county.config import NAME, read_config
from validator.county.set.proposing import Proposal, proposal
from validator.model import Language
from validator.pipeline import inputs
from validator.pipeline import run as pipeline_run


def run(flags: dict[str, Any]) -> int:
    """0; 2 where nothing was written, or a file could not be read. Raises SettingsError."""
    from validator.rulebook import load_book

    asked = settings.of_init(flags)
    folder = asked.paths[0]
    target = Path(folder) / NAME
    _look(folder, target)
    with recalled(flags):
        book = load_book((), kind=None, cache=asked.cache)
        sources = inputs.inputs(asked.paths)
        rules = settings.reading(book)
        told: pipeline_run.Order = order(asked, book, rules, select=tuple(sorted(rules)))
        found = gathered(examined(sources, book, told, asked), book, asked, told)
        if found.empty:
            raise SettingsError(
                zh=f"“{folder}”里没有找到年度报告，没有写 {NAME}", en=f"no annual report in “{folder}”, so no {NAME} was written"
            )
        made = proposal(found.files, folder, book.tables["units"], asked.language)  # type: ignore[arg-type]
        if not made.units:
            raise SettingsError(
                zh=f"“{folder}”里没有一份报告看得出单位和年度，没有写 {NAME}",
                en=f"no report in “{folder}” tells its unit and year, so no {NAME} was written",
            )
        _write(made.text, target)
        _tell(made, target, asked)
        for broken in found.broken:
            output_stream.complain(f"{broken.path}: {broken.message[asked.language]}")
        return 2 if made.unread or found.broken else 0


def _look(folder: str, target: Path) -> None:
    """Raises SettingsError where there is no folder, or a file stands there already: it is never overwritten."""
    if not os.path.isdir(folder):
        raise SettingsError(zh=f"没有“{folder}”这个文件夹", en=f"there is no folder “{folder}”")
    if os.path.lexists(target):
        raise _there(target)


def _there(target: Path) -> SettingsError:
    return SettingsError(
        zh=f"已经有“{target}”，没有改动；要重新拟写，先把它改名", en=f"“{target}” is there already and was left alone: rename it first"
    )


def _write(text: str, target: Path) -> None:
    try:
        replace_file.create(text.encode(), target)
    except replace_file.Meanwhile:
        raise _there(target) from None
    except OSError as trouble:
        from validator.base.os_errors import reason

        why = reason(trouble)
        raise SettingsError(zh=f"“{target}”写不进去（{why['zh']}）", en=f"“{target}” cannot be written ({why['en']})") from None
    _, _, log = read_config(target)
    assert not log.problems, log.problems  # what is proposed can be used as it is


def _tell(made: Proposal, target: Path, asked: Settings) -> None:
    """What was written, and what was left out, on standard output and standard error."""
    language: Language = asked.language
    told = {
        "zh": f"写好 {target}：{made.units} 个单位，{made.years} 个年度，{made.reports} 份报告。核对后在该文件夹里运行 nianbao check",
        "en": f"wrote {target}: {made.units} units, {made.years} years, {made.reports} reports. Check it, then run nianbao check there",
    }
    output_stream.say(told[language])
    for path in made.unassigned:
        zh, en = f"{path}：看不出单位或年度，没有列入名单", f"{path}: does not tell its unit or year, left out of the roster"
        output_stream.complain(zh if language == "zh" else en)
    for path in made.unread:
        zh, en = f"{path}：未能读取，没有列入名单", f"{path}: could not be read, left out of the roster"
        output_stream.complain(zh if language == "zh" else en)
