"""What a value of a rule file or table must fulfil beyond its type: written beside the type, told by whoever reads the file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Annotated, Any

from validator.base.records import record
from validator.messages import Text

#: Of a field that is no key of the file: what the program keeps there.
NO_KEY: Mapping[str, object] = {"key": None}
#: Of a field that is no key either: the line on which its record stands.
ITS_LINE: Mapping[str, object] = {"key": None, "line": True}


@record
class Demand:
    """`holds`: whether a value of the right type is fit; `key`: what it should be, by which the message is found."""

    holds: Callable[[Any], bool]
    key: str


def is_day(text: str) -> bool:
    """Whether a text is a day of the year, month-day."""
    found = re.fullmatch(r"(\d\d)-(\d\d)", text)
    try:
        return bool(found and date(2023, int(found[1]), int(found[2])))
    except ValueError:
        return False


#: A text in both languages.
Spoken = Annotated[Text, Demand(holds=lambda text: set(text) == {"zh", "en"}, key="both-languages")]
#: A day of the year, month-day.
MonthDay = Annotated[str, Demand(holds=is_day, key="month-day")]
