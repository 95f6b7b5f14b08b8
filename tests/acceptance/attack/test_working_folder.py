"""Nothing of the working folder is run or imported, whatever lies there: modules, programs, a repository's settings."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import PATIENCE, ROOT, Ran, base, surroundings
from validator.base import programs
from validator.pipeline.git_changes import changes
from validator.pipeline.inputs import inputs
from validator.readers.run_with_timeout import run_bounded

#: Modules that a Python started with `-c`, a worker of multiprocessing or its resource tracker import first.
MODULES = ("validator", "pickle", "signal", "re", "threading", "multiprocessing", "concurrent", "socket", "zlib", "sitecustomize")
posix = pytest.mark.skipif(os.name == "nt", reason="programs are scripts here")


def laid(folder: Path) -> None:
    """Modules that leave a trace when they are imported."""
    for name in MODULES:
        (folder / f"{name}.py").write_text(f"open({str(folder / f'RAN-{name}')!r}, 'w').close()\nraise SystemExit(77)\n", encoding="utf-8")


def traces(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("RAN-*"))


def nianbao(folder: Path, *words: str, **environment: str) -> Ran:
    """The command as it is installed: the working folder is not among its own places of modules."""
    command = [sys.executable, "-P", "-c", "import sys; from validator.cli.main import main; sys.exit(main())", *words]
    if "--jobs" in words:  # a worker imports the program's own file again
        script = folder.parent / "nianbao"
        script.write_text("import sys\nfrom validator.cli.main import main\nif __name__ == '__main__':\n    sys.exit(main())\n")
        command = [sys.executable, str(script), *words]
    env = surroundings({"XDG_CACHE_HOME": str(folder.parent / "cache"), **environment})
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=PATIENCE)
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def test_the_modules_would_run_if_they_were_found(folder: Path) -> None:
    """The control: a Python started as it usually is runs them."""
    laid(folder)
    subprocess.run([sys.executable, "-c", "import pickle"], cwd=folder, env=surroundings(), capture_output=True, timeout=PATIENCE)
    assert traces(folder)


def test_a_pdf_that_is_read_in_a_process_of_its_own(folder: Path) -> None:
    laid(folder)
    report = ROOT / "examples" / "county" / "reports" / "2024" / "财政局.pdf"
    (folder / "report.pdf").write_bytes(report.read_bytes() + b"\n% /Encrypt\n")
    ran = nianbao(folder, "check", "report.pdf", "--no-cache", "--format", "json")
    assert ran.status in (0, 1) and '"status": "unreadable"' not in ran.out, ran
    assert traces(folder) == []


def test_workers_and_the_resource_tracker(folder: Path) -> None:
    laid(folder)
    for name in "甲乙丙":
        (folder / f"{name}.txt").write_text(base().replace("示例", name), encoding="utf-8")
    ran = nianbao(folder, "check", ".", "--no-cache", "--jobs", "2", "--format", "json")
    assert ran.status in (0, 1) and '"reports": 3' in ran.out, ran
    assert traces(folder) == []


def test_the_environment_is_as_it_was_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    with programs.safe_path():
        assert os.environ["PYTHONSAFEPATH"] == "1"
    assert "PYTHONSAFEPATH" not in os.environ
    monkeypatch.setenv("PYTHONSAFEPATH", "x")
    with programs.safe_path():
        pass
    assert os.environ["PYTHONSAFEPATH"] == "x"


@posix
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_every_way_to_start_processes(method: str, folder: Path) -> None:
    """The guard itself, for the ways that a library's user may have chosen."""
    laid(folder)
    script = folder.parent / "start.py"
    script.write_text(
        "import multiprocessing, sys\nfrom validator.base.programs import safe_path\n"
        "if __name__ == '__main__':\n"
        f"    context = multiprocessing.get_context({method!r})\n"
        "    with safe_path():\n        pool = context.Pool(1)\n    print(pool.apply(abs, (-3,)))\n    pool.terminate()\n"
    )
    done = subprocess.run([sys.executable, str(script)], cwd=folder, env=surroundings(), capture_output=True, timeout=PATIENCE)
    assert (done.stdout, traces(folder)) == (b"3\n", []), done.stderr


#: A cluster whose workers are processes, started in the working folder; the command uses it, then it ends.
_CLUSTER = """
import subprocess, sys, warnings
warnings.simplefilter("ignore")
import distributed
if __name__ == "__main__":
    with distributed.LocalCluster(
        n_workers=1, processes=True, threads_per_worker=1, dashboard_address=None, silence_logs="CRITICAL"
    ) as cluster:
        command = [sys.executable, "-P", "-m", "validator", "check", ".", "--no-cache", "--format", "json", "--scheduler"]
        sys.exit(subprocess.run([*command, cluster.scheduler_address]).returncode)
"""


def test_workers_of_a_cluster(folder: Path) -> None:
    """Started as the message about clusters says."""
    pytest.importorskip("distributed")
    script = folder.parent / "cluster.py"
    script.write_text(_CLUSTER, encoding="utf-8")
    for name in "甲乙丙":
        (folder / f"{name}.txt").write_text(base().replace("示例", name), encoding="utf-8")
    laid(folder)
    done = subprocess.run(
        [sys.executable, str(script)], cwd=folder, env=surroundings({"PYTHONSAFEPATH": "1"}), capture_output=True, timeout=PATIENCE
    )
    assert done.returncode in (0, 1) and b'"reports": 3' in done.stdout, done.stderr
    assert traces(folder) == []


# ------------------------------------------------------------------------------------------------ programs


def program(path: Path, body: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@posix
@pytest.mark.parametrize("name", ["git", "soffice"])
@pytest.mark.parametrize("entry", ["", ".", "bin", "{here}", "{here}/."])
def test_programs_never_come_from_the_working_folder(name: str, entry: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    program(folder / name, "exit 0")
    program(folder / "bin" / name, "exit 0")
    right = program(folder.parent / "right" / name, "exit 0")
    monkeypatch.setenv("PATH", os.pathsep.join([entry.format(here=folder), str(right.parent)]))
    assert programs.find(name) == str(right)
    monkeypatch.setenv("PATH", entry.format(here=folder))
    assert programs.find(name) is None


@posix
def test_a_grandchild_that_left_the_group_is_ended_too(tmp_path: Path) -> None:
    if not Path("/proc/self/environ").exists():
        pytest.skip("what left the group is found in /proc")
    mark = tmp_path / "pid"
    body = (
        f"import os, time\nopen({str(mark)!r} + '.new', 'w').write(str(os.getpid()))\n"
        f"os.rename({str(mark)!r} + '.new', {str(mark)!r})\ntime.sleep(600)"
    )
    launcher = (
        "import subprocess, sys, time, os\n"
        f"subprocess.Popen([sys.executable, '-c', {body!r}], start_new_session=True)\n"
        f"while not os.path.exists({str(mark)!r}): time.sleep(0.01)\n"
    )
    run_bounded([sys.executable, "-c", launcher], PATIENCE, tmp_path)
    stat_file = Path(f"/proc/{mark.read_text()}/stat")
    for _ in range(1000):  # a process that was killed is gone, or a zombie until somebody asks for it
        if not stat_file.exists() or stat_file.read_text().rpartition(")")[2].split()[0] in "ZX":
            return
    pytest.fail("it is still there")


# ------------------------------------------------------------------------------------------------ git

needs_git = pytest.mark.skipif(shutil.which("git") is None or os.name == "nt", reason="git is not installed, or its programs are scripts")


def git(*words: str, cwd: Path) -> str:
    who = ["-c", "user.name=n", "-c", "user.email=n@example.com", "-c", "commit.gpgsign=false"]
    return subprocess.run(["git", *who, *words], cwd=cwd, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(folder: Path) -> Path:
    """Two reports, one of them changed since the commit."""
    git("init", "-q", "-b", "main", cwd=folder)
    for name in "甲乙":
        (folder / f"{name}.txt").write_text(base() + name, encoding="utf-8")
    git("add", ".", cwd=folder)
    git("commit", "-q", "-m", "all", cwd=folder)
    (folder / "乙.txt").write_text(base() + "丙", encoding="utf-8")
    return folder


#: Settings of a repository that name a program.
RUNNING = (
    ("core.fsmonitor", "filter.x.clean", "filter.x.smudge", "filter.x.process", "diff.external", "diff.x.textconv", "diff.x.command")
    + ("core.pager", "core.sshCommand", "core.editor", "core.askPass", "alias.ls-tree", "uploadpack.packObjectsHook")
    + ("remote.origin.uploadpack", "core.alternateRefsCommand")
)


@needs_git
def test_a_repository_s_settings_run_nothing(repository: Path) -> None:
    trace = program(repository.parent / "trace", f"touch {repository.parent}/RAN-git; cat; exit 0")
    for name in RUNNING:
        git("config", name, str(trace), cwd=repository)
    hooks = repository.parent / "hooks"
    for name in ("post-index-change", "reference-transaction", "post-checkout"):
        program(hooks / name, f"touch {repository.parent}/RAN-hook")
    git("config", "core.hooksPath", str(hooks), cwd=repository)
    (repository / ".gitattributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    for path in repository.parent.glob("RAN-*"):
        path.unlink()  # by laying it out
    os.utime(repository / "甲.txt", (1, 1))  # git would look into it again
    ran = nianbao(repository, "check", ".", "--changed-since", "HEAD", "--format", "json", "--no-cache")
    assert ran.status in (0, 1) and '"path": "./乙.txt"' in ran.out, ran
    found = changes("HEAD", str(repository))
    assert [source.path[-5:] for source in inputs((str(repository),)) if found.hold(source)] == ["乙.txt"]
    assert traces(repository.parent) == []


@needs_git
def test_nothing_is_fetched_that_a_repository_lacks(repository: Path) -> None:
    """A partial clone asks its remote for what is missing, by a program that its settings name."""
    trace = program(repository.parent / "trace", f"touch {repository.parent}/RAN-remote; exit 1")
    tree = git("rev-parse", "HEAD^{tree}", cwd=repository)
    for name, value in {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{trace} x",
        "protocol.ext.allow": "always",
        "remote.origin.fetch": "+refs/heads/*:refs/remotes/origin/*",
    }.items():
        git("config", name, value, cwd=repository)
    (repository / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    ran = nianbao(repository, "check", ".", "--changed-since", "HEAD", "--no-cache")
    assert (ran.status, ran.out) == (2, "") and "--changed-since" in ran.error, ran
    assert traces(repository.parent) == []


@needs_git
@pytest.mark.parametrize("kept", ["crlf", "lfs"])
def test_what_git_writes_otherwise_has_not_changed(kept: str, repository: Path) -> None:
    from hashlib import sha256

    file = repository / "甲.txt"
    if kept == "crlf":
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    else:
        data = file.read_bytes()
        pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256(data).hexdigest()}\nsize {len(data)}\n"
        file.write_text(pointer, encoding="utf-8", newline="\n")
        git("commit", "-q", "-a", "-m", "pointer", cwd=repository)
        file.write_bytes(data)
    found = changes("HEAD", str(repository))
    source = inputs((str(file),))[0]
    assert not found.hold(source)
    file.write_bytes(file.read_bytes().replace("年".encode(), "月".encode()))
    assert found.hold(source)


def test_the_action_takes_no_stale_file_for_a_result(tmp_path: Path) -> None:
    """Its steps run by a shell: nianbao cannot do its work, and a SARIF lies there that came with the branch."""
    if shutil.which("bash") is None:
        pytest.skip("there is no bash")
    import yaml

    step = next(
        step
        for step in yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"]
        if "SARIF" in step.get("name", "")
    )
    (tmp_path / "nianbao.sarif").write_text("{}", encoding="utf-8")
    for status, written, left in ((2, False, False), (0, True, True), (2, True, True)):
        body = (
            'for last; do :; done; while [ "$1" != --output ]; do shift; done; '
            + ('echo new > "$2"; ' if written else "")
            + f"exit {status}"
        )
        program(tmp_path / "bin" / "nianbao", body)
        env = os.environ | {
            "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
            "SARIF": "nianbao.sarif",
            "PATHS": ".",
            "ARGUMENTS": "",
        }
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]], cwd=tmp_path, env=env, timeout=PATIENCE
        )
        assert (done.returncode == 0) is left and (tmp_path / "nianbao.sarif").exists() is left
        if left:
            assert (tmp_path / "nianbao.sarif").read_text(encoding="utf-8") == "new\n"
