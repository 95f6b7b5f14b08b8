"""--changed-since: which inputs git says have changed, and the run without the findings of the others, which are counted."""

from __future__ import annotations

import hashlib
import os
import subprocess
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path, PurePath

from validator.base import programs, windows
from validator.base.records import record
from validator.base.regex_cache import expression
from validator.messages import both
from validator.model import Finding, Run, Unshown
from validator.pipeline.inputs import LIMIT, STDIN, SUFFIXES, Input
from validator.pipeline.run import InputResult, RefusalError

_SECONDS = 60.0  # that git may take
_POINTER = 1024  # bytes of the largest pointer of git LFS
_LINK = "120000"  # git's mode of a symbolic link


@record
class Changes:
    """What a repository held at a revision. Paths are real, as `_same` writes them."""

    since: str
    top: str
    blobs: Mapping[str, str]  # path → object of its content
    deleted: bool  # a file that may have been a report is gone

    def hold(self, source: Input) -> bool:
        """Whether an input has changed or is new: whatever is not known to be as it was."""
        if source.source == STDIN or os.path.islink(source.source):  # a link may lead to another report than it did
            return True
        blob = self.blobs.get(_same(os.path.realpath(source.source)))
        return blob is None or not self._is(source.source, blob)

    def _is(self, path: str, blob: str) -> bool:
        """Whether the file has the content of the object, which git may have given other line ends, or keep elsewhere (LFS)."""
        try:
            with open(windows.long_path(path), "rb") as file:
                data = file.read(LIMIT + 1)
        except OSError:
            return False
        if _named(data, blob) or (b"\r\n" in data and _named(data.replace(b"\r\n", b"\n"), blob)):
            return True
        return _stands_for(data, self.top, blob)


def changes(since: str, folder: str) -> Changes:
    """The state of the reports when the working branch parted from a revision. Raises RefusalError.

    git is asked for names, trees and objects alone: those it reads without running what a repository's own settings name (a monitor of
    files, filters, programs that show differences). Which files differ is found here.
    """
    top = os.path.realpath(_git(folder, "rev-parse", "--show-toplevel").removesuffix("\n"))
    commit = _commit(since, folder)
    base = _git(folder, "merge-base", commit, "HEAD", fails=True).strip() or commit
    blobs, deleted = {}, False
    for entry in _listed(_git(top, "ls-tree", "-r", "-z", "--full-tree", base)):
        facts, _, path = entry.partition("\t")
        mode, kind, name = facts.split(" ")
        place = os.path.join(top, path)
        if kind == "blob" and mode != _LINK:
            blobs[_same(place)] = name
        deleted = deleted or (kind == "blob" and PurePath(path).suffix.lower() in SUFFIXES and not os.path.lexists(place))
    return Changes(since=since, top=top, blobs=blobs, deleted=deleted)


def _named(data: bytes, blob: str) -> bool:
    """Whether git calls this content so."""
    digest = hashlib.sha256() if len(blob) == 64 else hashlib.sha1(usedforsecurity=False)
    digest.update(b"blob %d\0" % len(data) + data)
    return digest.hexdigest() == blob


def _stands_for(data: bytes, top: str, blob: str) -> bool:
    """Whether the object is a pointer of git LFS to this content."""
    size = _git(top, "cat-file", "-s", blob, fails=True).strip()
    if not size.isdigit() or int(size) > _POINTER:
        return False
    pointer = expression(r"version https://git-lfs\.github\.com/spec/v1\n(?:.*\n)*?oid sha256:([0-9a-f]{64})\n").match(
        _git(top, "cat-file", "blob", blob, fails=True)
    )
    return pointer is not None and pointer[1] == hashlib.sha256(data).hexdigest()


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

    def __init__(self, changes: Changes) -> None:
        self._changes, self._shown = changes, set[str]()

    def noted(self, done: Iterable[InputResult]) -> Iterator[InputResult]:
        """The same; on the way it is noted which results are of changed inputs."""
        for item in done:
            if self._changes.hold(item.source):
                self._shown.update(result.path for file in item.files for result in file.results)
            yield item

    def of(self, sources: Iterable[Input]) -> tuple[Input, ...]:
        """The inputs that changed."""
        return tuple(source for source in sources if self._changes.hold(source))

    def narrowed(self, run: Run) -> Run:
        """The run with the changed reports alone, and of the findings about the set those that speak of one of them.

        What speaks of no report at all, such as one that is missing, is shown where a file was deleted.
        """
        files = tuple(file for file in run.files if file.path in self._shown)
        rest = [file for file in run.files if file.path not in self._shown]
        findings = tuple(finding for finding in run.collection if self._concerns(finding, run))
        waived = tuple(item for item in run.waived if self._concerns(item.finding, run))
        unshown = Unshown(
            since=self._changes.since,
            files=len(rest),
            failed=sum(file.status != "clean" for file in rest),
            collection=len(run.collection) - len(findings),
        )
        return replace(run, files=files, collection=findings, waived=waived, unshown=unshown)

    def _concerns(self, finding: Finding, run: Run) -> bool:
        if run.about_acceptance(finding):
            return True
        return not self._shown.isdisjoint(finding.paths) or (not finding.paths and self._changes.deleted)


def _commit(since: str, folder: str) -> str:
    """The revision's full name."""
    if since.startswith("-") or not (
        revision := _git(folder, "rev-parse", "--verify", "--quiet", f"{since}^{{commit}}", fails=True).strip()
    ):
        raise RefusalError(both("pipeline.git.no-revision", since=since))
    return revision


def _listed(output: str) -> list[str]:
    return [path for path in output.split("\0") if path]


def _same(path: str) -> str:
    """A path as it is compared: systems write letters with accents, and capitals, in more than one way."""
    return unicodedata.normalize("NFC", os.path.normcase(path))


#: Settings that a repository may bring along and that could have git run something; here nothing asks for them, they are off all the same.
_OFF = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "core.pager=cat",
    "protocol.allow=never",
    "gc.auto=0",
    "maintenance.auto=false",
)
#: Nothing is fetched that is missing here, which would run programs that the repository names.
_ALONE = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _git(folder: str, *words: str, fails: bool = False) -> str:
    """What git prints; with `fails` nothing where it fails. Raises RefusalError.

    The settings of the system and the user are theirs and hold: a container's `safe.directory` stands there.
    """
    program = programs.find("git")
    if program is None:
        raise RefusalError(both("pipeline.git.missing"))
    off = [word for setting in _OFF for word in ("-c", setting)]
    try:
        ran = subprocess.run(
            [program, "-C", folder, "--no-pager", *off, *words],
            env=programs.surroundings(**_ALONE),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as trouble:
        raise _refused(folder, type(trouble).__name__) from None
    if ran.returncode and fails:
        return ""
    if ran.returncode:
        error = ran.stderr.decode("utf-8", "replace").strip()
        if "not a git repository" in error:
            raise RefusalError(both("pipeline.git.no-repository", folder=folder))
        raise _refused(folder, error.split("\n")[0][:200])
    return os.fsdecode(ran.stdout)


def _refused(folder: str, told: str) -> RefusalError:
    return RefusalError(both("pipeline.git.failed", folder=folder, reason=told))
