"""`nianbao rules new ID [DIR]`: a rule file to fill in, whose examples come out as they say; for a built-in rule a file that changes it."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from validator.base import own_files
from validator.base.regular_files import UnfitFileError, read_regular
from validator.cli import output_stream, replace_file, settings
from validator.cli.commands.setup import opened
from validator.cli.settings import CommandSettings, SettingsError
from validator.messages import both, say
from validator.model import Rule, Severity

#: The folder where rules go when neither the command nor nianbao.yaml names one.
FOLDER = "rules"
_ID = re.compile(r"[a-z]+\.[a-z0-9]+(-[a-z0-9]+)*")
_LARGEST = 4 * 2**20  # bytes of what may stand where a file is to be written
_HARDER = {Severity.NOTE: Severity.WARNING, Severity.WARNING: Severity.ERROR, Severity.ERROR: Severity.ERROR}


def run(flags: dict[str, Any]) -> int:
    """0. Raises SettingsError where nothing was written, and why."""
    asked, book = opened(flags, settings.of_rules, examples=True)
    name, folder = _asked(asked)
    rules = {rule.id: rule for rule in book.rules}
    target = folder / f"{name.partition('.')[2]}.yaml"
    if _is_of_another(target, name):
        target = folder / f"{name}.yaml"
    text = _change(rules[name], folder) if name in rules else _template(flags["check"] or "mentions", name, folder)
    _write(text, target)
    schema = target.parent / "rule.schema.json"
    beside = _write_schema(schema)
    _tell(target, folder, name in rules, asked)
    if not beside:
        output_stream.complain(say("cli.rules-new.schema-not-ours", asked.language, path=schema))
    return 0


def _asked(asked: CommandSettings) -> tuple[str, Path]:
    """The rule's id and the folder."""
    words = asked.paths[1:]
    if not words or len(words) > 2:
        raise SettingsError(both("cli.rules-new.usage"))
    if not _ID.fullmatch(words[0]):
        raise SettingsError(
            both("cli.rules-new.bad-id", id=words[0]),
        )
    return words[0], Path(words[1]) if len(words) > 1 else asked.packs[0] if asked.packs else Path(FOLDER)


def _is_of_another(target: Path, name: str) -> bool:
    """Whether a rule of another category that has the same last name stands there."""
    try:
        return f"\nid: {name}\n" not in f"\n{read_regular(target, _LARGEST).decode()}"
    except (OSError, ValueError):
        return False


def _template(check: str, name: str, folder: Path) -> str:
    """The text for that kind of check."""
    from validator.rulebook import built_in

    held = {path.stem: path for path in (built_in() / "templates").glob("*.txt")}
    text = held[settings.one_of("--check", check, held)].read_text(encoding="utf-8")
    return text.replace("@id@", name).replace("@folder@", folder.as_posix())


def _change(rule: Rule, folder: Path) -> str:
    """A file that makes a rule of the book stricter, with two of its examples; what it does not say stays as it is."""
    right, wrong = _right(rule), _wrong(rule)
    severity = _HARDER[rule.severity] if right and wrong else rule.severity
    lines = [
        "# yaml-language-server: $schema=rule.schema.json",
        "# " + say("cli.rules-new.change-head", "zh", title=rule.title, folder=folder.as_posix()),
        f"id: {rule.id}",
        "override: true",
        f"severity: {severity.value}  # " + say("cli.rules-new.was", "zh", severity=rule.severity.value),
        f"# message: {{zh: “{_line(rule.message['zh'])}”, en: …}}",
        f"# advice: {{zh: “{_line(rule.advice['zh'])}”, en: …}}",
    ]
    if right and wrong:
        lines += ["examples:", "  pass:", *_listed(right), "  fail:", *_listed({**wrong, "severity": severity.value})]
    return "\n".join(lines) + "\n"


def _right(rule: Rule) -> dict[str, Any] | None:
    """The first example that passes and is judged, as plain data."""
    return next((_plain(example) for example in _of(rule, "pass") if not example.get("skip")), None)


def _wrong(rule: Rule) -> dict[str, Any] | None:
    """The first example that fails with the rule's own severity, as plain data."""
    told = (one for one in _of(rule, "fail") if one.get("severity") == rule.severity.value and not one.get("review"))
    return next((_plain(example) for example in told), None)


def _of(rule: Rule, kind: str) -> list[Mapping[str, Any]]:
    held: Any = (rule.examples or {}).get(kind)
    return held or []


def _listed(example: dict[str, Any]) -> list[str]:
    import yaml

    told = yaml.safe_dump([example], allow_unicode=True, sort_keys=False, width=10**6)
    return [f"    {line}" for line in told.rstrip("\n").split("\n")]


def _line(text: str) -> str:
    return " ".join(text.split())


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, list) else value


def _write(text: str, target: Path) -> None:
    """The rule's file. What is there is never overwritten."""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_file.create(text.encode(), target)
    except replace_file.Meanwhile:
        raise SettingsError(
            both("cli.rules-new.already-there", target=target),
        ) from None
    except FileExistsError:
        raise SettingsError(both("cli.rules-new.folder-is-file", folder=target.parent)) from None
    except OSError as trouble:
        raise _unwritten(target, trouble) from None


def _write_schema(target: Path) -> bool:
    """The schema beside the rule, for editors; False: another file has that name and stays. An older one that we wrote is renewed."""
    from validator.rulebook import built_in

    data = own_files.marked((built_in() / target.name).read_bytes(), "json")
    try:
        if not os.path.lexists(target):
            replace_file.create(data, target)
            return True
        held = read_regular(target, _LARGEST)
        if not own_files.is_own(held):
            return False
        if held != data:
            replace_file.replace(data, Path(os.path.realpath(target)), held)
    except (replace_file.Meanwhile, UnfitFileError):
        return False
    except OSError as trouble:
        raise _unwritten(target, trouble) from None
    return True


def _unwritten(target: Path, trouble: OSError) -> SettingsError:
    from validator.base.os_errors import reason

    why = reason(trouble)
    return SettingsError(both("cli.not-written", target=target, reason=why))


def _tell(target: Path, folder: Path, changes: bool, asked: CommandSettings) -> None:
    shown = folder.as_posix()
    told = say(
        "cli.rules-new.wrote-change" if changes else "cli.rules-new.wrote-new", asked.language, target=target.as_posix(), folder=shown
    )
    if folder not in asked.packs:
        told += say("cli.rules-new.to-use-it", asked.language, folder=shown)
    output_stream.say(told)
