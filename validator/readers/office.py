"""doc, wps, rtf and odt → Document: LibreOffice turns them into docx, where it is installed.

Each conversion has a profile of its own in a temporary folder, so that several can run at once and none sees the user's settings.
That profile forbids macros, links to other files and the network.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from validator.base import programs
from validator.base.limits import in_force
from validator.model import Document, UnreadableError
from validator.readers.detect_format import sniff
from validator.readers.docx import reader as docx_reader
from validator.readers.run_with_timeout import run_bounded

_NAMES = ("soffice", "libreoffice")
_SUFFIXES = {"doc": ".doc", "wps": ".wps", "rtf": ".rtf", "odt": ".odt", "word-xml": ".xml"}
_COMMON = "/org.openoffice.Office.Common/"
_SECURITY = _COMMON + "Security/Scripting"
_INTERNET = "/org.openoffice.Inet/Settings"
#: Folder of settings, name, value: what a document may not do, and a proxy that leads nowhere.
_FORBIDDEN = (
    (_SECURITY, "MacroSecurityLevel", "3"),
    (_SECURITY, "DisableMacrosExecution", "true"),
    (_SECURITY, "DisableActiveContent", "true"),
    (_SECURITY, "BlockUntrustedRefererLinks", "true"),
    (_SECURITY, "DisablePythonRuntime", "true"),
    ("/org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("/org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    (_INTERNET, "ooInetProxyType", "1"),
    (_INTERNET, "ooInetHTTPProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPProxyPort", "9"),
    (_INTERNET, "ooInetHTTPSProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetHTTPSProxyPort", "9"),
    (_INTERNET, "ooInetFTPProxyName", "127.0.0.1"),
    (_INTERNET, "ooInetFTPProxyPort", "9"),
    (_INTERNET, "ooInetNoProxy", ""),
    ("/org.openoffice.Setup/Office", "FirstStartWizardCompleted", "true"),
    (_COMMON + "Misc", "FirstRun", "false"),
)


def read(data: bytes, path: str) -> tuple[Document, ...]:
    """One document. Raises UnreadableError: no-process, no-converter, time-limit, not-converted, too-large, and what docx raises."""
    format = sniff(data, path)
    if not programs.are_allowed():
        raise UnreadableError("no-process", format=format)
    program = converter()
    if program is None:
        raise UnreadableError("no-converter", format=format)
    return docx_reader.read(converted(data, format, program), path)


def converter() -> Path | None:
    """LibreOffice's program: on the PATH, else where its installers put it."""
    for name in _NAMES:
        if path := programs.find(name):
            return Path(path)
    return next((place for place in _usual_places() if place.is_file()), None)


def _usual_places() -> Iterator[Path]:
    """Where installers put LibreOffice on Windows, macOS and Linux."""
    if sys.platform == "win32":
        for variable in ("ProgramFiles", "ProgramW6432", "ProgramFiles(x86)"):
            if os.environ.get(variable):
                yield Path(os.environ[variable], "LibreOffice", "program", "soffice.exe")
    elif sys.platform == "darwin":
        yield Path("/Applications/LibreOffice.app/Contents/MacOS/soffice")
        yield Path.home() / "Applications/LibreOffice.app/Contents/MacOS/soffice"
    else:
        yield from (Path(folder, "program", "soffice") for folder in ("/usr/lib/libreoffice", "/usr/lib64/libreoffice", "/opt/libreoffice"))
        yield from sorted(Path("/opt").glob("libreoffice*/program/soffice"), reverse=True)
        yield Path("/snap/bin/libreoffice")


def converted(data: bytes, format: str, program: Path, seconds: float | None = None) -> bytes:
    """The same document as docx. Raises UnreadableError: time-limit, not-converted, too-large."""
    limit = in_force().seconds if seconds is None else seconds  # the first start on a slow disk takes some twenty
    with tempfile.TemporaryDirectory(prefix="nianbao-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, target = folder / f"report{_SUFFIXES.get(format, '.doc')}", folder / "out" / "report.docx"
        source.write_bytes(data)
        target.parent.mkdir()
        _settle(folder / "profile")
        try:
            run_bounded(_command(program, folder, source), limit, folder)
        except TimeoutError as error:
            raise UnreadableError("time-limit", format=format, seconds=round(limit)) from error
        except OSError as error:
            raise UnreadableError("no-converter", format=format) from error
        return _result(target, format)


def _result(target: Path, format: str) -> bytes:
    """What was written; the exit status is no sign, LibreOffice ends with 0 even where it could not load a file."""
    if not target.is_file():
        raise UnreadableError("not-converted", format=format)
    most = in_force().bytes
    if target.stat().st_size > most:
        raise UnreadableError("too-large", size=target.stat().st_size, limit=most)
    return target.read_bytes()


def _command(program: Path, folder: Path, source: Path) -> list[str]:
    """The command line of a conversion."""
    return [
        str(program),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless", "--invisible", "--nologo", "--nodefault", "--norestore", "--nolockcheck", "--nofirststartwizard",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source),
    ]  # fmt: skip


def _settle(profile: Path) -> None:
    """Write the settings of a fresh profile."""
    items = "".join(
        f'<item oor:path="{place}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for place, name, value in _FORBIDDEN
    )
    (profile / "user").mkdir(parents=True)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">'
    (profile / "user" / "registrymodifications.xcu").write_text(f"{head}{items}</oor:items>", encoding="utf-8")
