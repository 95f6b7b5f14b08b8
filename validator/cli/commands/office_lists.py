"""The files of `lists` in nianbao.yaml opened and understood; what is wrong with one is told with its name, the others are kept."""

from __future__ import annotations

from pathlib import Path

from validator.base.limits import in_force
from validator.base.os_errors import reason
from validator.base.regular_files import read_regular
from validator.checks.county.office_lists import ListError, figures_of
from validator.cli.settings import from_folder
from validator.messages import Text, both
from validator.model import Broken, Config, OfficeList, UnreadableError
from validator.model.fact_tables import ListFacts
from validator.readers.spreadsheet import sheets_of

#: What `validator.readers` calls the reason → what is said of a list; of whatever else it is that the file is damaged.
_SAID = {
    "no-converter": "old-workbook", "encrypted": "encrypted", "too-large": "too-large", "too-many-entries": "too-large",
    "too-many-blocks": "too-many-cells", "empty": "empty", "not-text": "not-text",
}  # fmt: skip


def lists_of(config: Config, facts: ListFacts | None) -> tuple[tuple[OfficeList, ...], tuple[Broken, ...]]:
    """The lists that can be used, and what is told of the others."""
    kept: list[OfficeList] = []
    broken: list[Broken] = []
    for name in config.lists:
        path = from_folder(config, name)
        shown = Path(path).as_posix()
        try:
            office = OfficeList(path=shown, sheets=sheets_of(read_regular(path, in_force().bytes)))
            if facts is not None:
                figures_of(office, facts)
            kept.append(office)
        except OSError as trouble:
            broken.append(Broken(rule="", path=shown, message=both("cli.list-not-opened", reason=reason(trouble))))
        except UnreadableError as error:
            broken.append(Broken(rule="", path=shown, message=_told(error)))
        except ListError as error:
            broken.append(Broken(rule="", path=shown, message=error.text))
    return tuple(kept), tuple(broken)


def _told(error: UnreadableError) -> Text:
    return both(f"cli.list.{_SAID.get(error.reason, 'damaged')}", limit=error.detail.get("limit", ""))
