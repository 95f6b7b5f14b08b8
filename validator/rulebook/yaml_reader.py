"""YAML → plain data that remembers its lines. Tags, repeated keys, depth and size are refused; values are text, numbers, true, null."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from validator.messages import both
from validator.rulebook.diagnostics import Diagnostics

if TYPE_CHECKING:
    from collections.abc import Iterator

    import yaml

#: What one rule file may hold. A hand-written file stays far below; a bomb of aliases does not.
MOST_BYTES = 512 * 1024
MOST_NODES = 50_000
MOST_DEPTH = 24

_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?[0-9]{1,17}\.[0-9]{1,17}")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


_NO_ENTRIES: Mapping[str, Any] = {}


class Map(dict[str, Any]):
    """A mapping with the line of each key."""

    __slots__ = ("line", "lines")
    line: int
    lines: dict[object, int]

    @classmethod
    def at(cls, line: int, entries: Mapping[str, Any] = _NO_ENTRIES, lines: dict[object, int] | None = None) -> Map:
        """A mapping that begins on that line. `lines`: of its keys; without them each stands on its first line."""
        mapping = cls(entries)
        mapping.line, mapping.lines = line, dict.fromkeys(entries, line) if lines is None else lines
        return mapping


class Seq(list[Any]):
    """A list with the line of each item."""

    __slots__ = ("line", "lines")
    line: int
    lines: list[int]


class _UnreadableYaml(Exception):
    """The file cannot be read any further; the log says why."""


def read_yaml(data: bytes, log: Diagnostics, *, most_bytes: int = MOST_BYTES, most_nodes: int = MOST_NODES) -> object:
    """The file's data; None where it is empty or cannot be read, which is then in the log."""
    import yaml

    if len(data) > most_bytes:
        log.add(1, both("rulebook.yaml.too-large", most=most_bytes // 1024))
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        log.add(line, both("rulebook.yaml.no-utf8"))
        return None
    try:
        return _YamlReader(yaml, text, log, most_nodes).document()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        if "nesting depth" in str(error.problem):  # newer parsers have a limit of their own
            log.add(line, both("rulebook.yaml.too-deep", most=MOST_DEPTH))
            return None
        log.add(line, both("rulebook.yaml.no-yaml", problem=error.problem))
    except yaml.YAMLError as error:
        at = getattr(error, "position", 0)
        log.add(text.count("\n", 0, at) + 1, both("rulebook.yaml.control-character"))
    except _UnreadableYaml:
        pass
    return None


class _YamlReader:
    """Builds the data from the parser's events, so that refused parts (tags, deep nesting, too many nodes) are never built."""

    def __init__(self, yaml_module: object, text: str, log: Diagnostics, most_nodes: int) -> None:
        import yaml

        self.log, self.nodes_left = log, most_nodes
        self.events: Iterator[yaml.Event] = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        self.anchors: dict[str, tuple[object, int]] = {}
        self.scalar, self.alias = yaml.ScalarEvent, yaml.AliasEvent
        self.sequence = yaml.SequenceStartEvent
        self.nodes = (yaml.ScalarEvent, yaml.SequenceStartEvent, yaml.MappingStartEvent)
        self.sequence_end, self.mapping_end = yaml.SequenceEndEvent, yaml.MappingEndEvent
        self.ends = (yaml.DocumentEndEvent, yaml.StreamEndEvent)
        self.document_start = yaml.DocumentStartEvent

    def document(self) -> object:
        """The one document of the file."""
        document: object = None
        count = 0
        for event in self.events:
            if isinstance(event, self.document_start):
                count += 1
                if count > 1:
                    self.log.add(_line(event), both("rulebook.yaml.several-documents"))
                    return document
                document = self.node(next(self.events), 0)
        return document

    def node(self, event: yaml.Event, depth: int) -> object:
        """The data of the node that begins with `event`."""
        line = _line(event)
        if isinstance(event, self.alias):
            return self._aliased(event, line)
        assert isinstance(event, self.nodes)  # by YAML's grammar nothing else begins a node
        self._count(1, line)
        if depth > MOST_DEPTH:
            self.log.add(line, both("rulebook.yaml.too-deep", most=MOST_DEPTH))
            raise _UnreadableYaml
        if event.tag is not None and event.tag != "!":
            self.log.add(line, both("rulebook.yaml.tag", tag=event.tag))
        before = self.nodes_left
        if isinstance(event, self.scalar):
            value: object = event.value if not event.implicit[0] else plain(event.value)
        elif isinstance(event, self.sequence):
            value = self._sequence(line, depth)
        else:
            value = self._mapping(line, depth)
        if event.anchor:
            self.anchors[event.anchor] = (value, before - self.nodes_left + 1)
        return value

    def _count(self, nodes: int, line: int) -> None:
        self.nodes_left -= nodes
        if self.nodes_left < 0:
            self.log.add(line, both("rulebook.yaml.too-much"))
            raise _UnreadableYaml

    def _aliased(self, event: yaml.AliasEvent, line: int) -> object:
        """What an alias stands for; counted in full each time, so that aliases of aliases cannot explode."""
        if event.anchor not in self.anchors:
            self.log.add(line, both("rulebook.yaml.no-anchor", anchor=event.anchor))
            raise _UnreadableYaml
        value, nodes = self.anchors[event.anchor]
        self._count(nodes, line)
        return value

    def _sequence(self, line: int, depth: int) -> Seq:
        items = Seq()
        items.line, items.lines = line, []
        while not isinstance(event := next(self.events), self.sequence_end):
            items.lines.append(_line(event))
            items.append(self.node(event, depth + 1))
        return items

    def _mapping(self, line: int, depth: int) -> Map:
        mapping = Map.at(line)
        while not isinstance(event := next(self.events), self.mapping_end):
            at = _line(event)
            key = event.value if isinstance(event, self.scalar) else None
            if key is None:
                self.log.add(at, both("rulebook.yaml.key-of-several-words"))
                self.node(event, depth + 1)
            elif key in mapping:
                self.log.add(at, both("rulebook.yaml.key-twice", key=key))
            value = self.node(next(self.events), depth + 1)
            if key is not None and value is None and " " in key:
                self.log.add(at, both("rulebook.yaml.no-value", key=key))
            elif key is not None and key not in mapping:
                mapping[key], mapping.lines[key] = value, at
        return mapping


def _line(event: yaml.Event) -> int:
    """On which line the event begins. The parser marks every event; one made without a mark is of no line but the first."""
    return event.start_mark.line + 1 if event.start_mark else 1


def plain(text: str) -> object:
    """The value of an unquoted scalar: true, false, null, whole and decimal numbers; all else, dates too, is text."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] in "+-0123456789":
        if _INTEGER.fullmatch(text):
            return int(text)
        if _FLOAT.fullmatch(text):
            return float(text)
    return text


def line_of(holder: object, key: object) -> int | None:
    """The line on which `key` of a mapping (or item of a list) stands; None for data that came without lines."""
    if isinstance(holder, Map):
        return holder.lines.get(key, holder.line)
    if isinstance(holder, Seq) and isinstance(key, int) and key < len(holder.lines):
        return holder.lines[key]
    return getattr(holder, "line", None)


def submap(raw: Mapping[str, Any], key: str) -> Map:
    """The mapping under `key`; an empty one where there is none."""
    inner = raw.get(key)
    return inner if isinstance(inner, Map) else Map.at(1)
