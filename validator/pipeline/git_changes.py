"""--changed-since: which inputs git says have changed, and the run without the findings of the others, which are counted."""

from __future__ import annotations

import os
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from validator.base.records import record
from validator.model import Finding, Run, Unshown
from validator.pipeline.inputs import STDIN, SUFFIXES, Input
from validator.pipeline.run import Done, RefusalError

_SECONDS = 60.0  # that git may take


@record
class Changes:
    """What git knows of a repository since a revision. Paths are real, as `_same` writes them."""

    since: str
    unchanged: frozenset[str]  # tracked, and as they were
    deleted: bool  # a file that may have been a report is gone

    def hold(self, source: Input) -> bool:
        """Whether an input has changed or is new: whatever git does not know to be as it was."""
        return source.source == STDIN or _same(os.path.realpath(source.source)) not in self.unchanged


def changes(since: str, folder: str) -> Changes:
    """The changes of the working tree since the working branch parted from a revision. Raises RefusalError."""
    top = _git(folder, "rev-parse", "--show-toplevel").removesuffix("\n")
    commit = _commit(since, folder)
    tracked = _listed(_git(top, "ls-files", "-z"))
    base = _git(folder, "merge-base", commit, "HEAD", fails=True).strip() or commit
    changed = _listed(_git(top, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", base, "--"))
    gone = [path for path in changed if not os.path.lexists(os.path.join(top, path))]
    return Changes(
        since=since,
        unchanged=frozenset(_same(os.path.realpath(os.path.join(top, path))) for path in set(tracked) - set(changed)),
        deleted=any(PurePath(path).suffix.lower() in SUFFIXES for path in gone),
    )


def folder_of(paths: Iterable[str], home: str | None) -> str:
    """Where to ask git: the folder of nianbao.yaml, else of the first path that is there."""
    if home is not None:
        return home
    for path in paths:
        if os.path.isdir(path):
            return path
        if os.path.exists(path):
            return str(Path(path).resolve().parent)
    return "."


class Changed:
    """The reports of a run that changed; the others are only counted."""

    def __init__(self, found: Changes) -> None:
        self._found, self._shown = found, set[str]()

    def noted(self, done: Iterable[Done]) -> Iterator[Done]:
        """The same; on the way it is noted which results are of changed inputs."""
        for item in done:
            if self._found.hold(item.source):
                self._shown.update(result.path for file in item.files for result in file.results)
            yield item

    def of(self, sources: Iterable[Input]) -> tuple[Input, ...]:
        """The inputs that changed."""
        return tuple(source for source in sources if self._found.hold(source))

    def narrowed(self, run: Run) -> Run:
        """The run with the changed reports alone, and of the findings about the set those that speak of one of them.

        What speaks of no report at all, such as one that is missing, is shown where a file was deleted.
        """
        kept = tuple(file for file in run.files if file.path in self._shown)
        rest = [file for file in run.files if file.path not in self._shown]
        together = tuple(finding for finding in run.collection if self._concerns(finding))
        waived = tuple(item for item in run.waived if self._concerns(item.finding))
        unshown = Unshown(
            since=self._found.since,
            files=len(rest),
            failed=sum(file.status != "clean" for file in rest),
            collection=len(run.collection) - len(together),
        )
        return replace(run, files=kept, collection=together, waived=waived, unshown=unshown)

    def _concerns(self, finding: Finding) -> bool:
        if finding.category == "config":  # nianbao.yaml and the baseline, which speak of all reports
            return True
        return not self._shown.isdisjoint(finding.paths) or (not finding.paths and self._found.deleted)


def _commit(since: str, folder: str) -> str:
    """The revision's full name."""
    if since.startswith("-") or not (found := _git(folder, "rev-parse", "--verify", "--quiet", f"{since}^{{commit}}", fails=True).strip()):
        raise RefusalError(
            {
                "zh": f"--changed-since：git 里没有“{since}”这个版本，请核对（CI 里要取全历史：fetch-depth: 0）",
                "en": f"--changed-since: git has no revision “{since}”: check it (in CI fetch the whole history: fetch-depth: 0)",
            }
        )
    return found


def _listed(output: str) -> list[str]:
    return [path for path in output.split("\0") if path]


def _same(path: str) -> str:
    """A path as it is compared: systems write letters with accents, and capitals, in more than one way."""
    return unicodedata.normalize("NFC", os.path.normcase(path))


def _git(folder: str, *words: str, fails: bool = False) -> str:
    """What git prints; with `fails` nothing where it fails. Raises RefusalError."""
    environment = os.environ | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
    try:
        ran = subprocess.run(
            ["git", "-C", folder, *words], env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except FileNotFoundError:
        raise RefusalError(
            {"zh": "--changed-since 需要 git，这里没有找到，请先安装", "en": "--changed-since needs git: install it first"}
        ) from None
    except (OSError, subprocess.TimeoutExpired) as trouble:
        raise _refused(folder, type(trouble).__name__) from None
    if ran.returncode and fails:
        return ""
    if ran.returncode:
        told = ran.stderr.decode("utf-8", "replace").strip()
        if "not a git repository" in told:
            raise RefusalError(
                {
                    "zh": f"--changed-since：“{folder}”不在 git 仓库里，请在仓库里运行，或去掉这个选项",
                    "en": f"--changed-since: “{folder}” is in no git repository: run it in one, or leave the option out",
                }
            )
        raise _refused(folder, told.split("\n")[0][:200])
    return os.fsdecode(ran.stdout)


def _refused(folder: str, told: str) -> RefusalError:
    zh, en = f"--changed-since：git 在“{folder}”出错（{told}）", f"--changed-since: git failed in “{folder}” ({told})"
    return RefusalError({"zh": zh, "en": en})
