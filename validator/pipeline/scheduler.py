"""Inputs in, answers out in the same order: each file is asked of the cache, then given to the crew, a bounded number ahead."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from validator.base.limits import within
from validator.messages import both
from validator.model import Book, Broken, FileResult
from validator.pipeline import inputs
from validator.pipeline.executors import CHUNK, WORTH, Hands, Own, cost, hired
from validator.pipeline.inputs import Input, Piece
from validator.pipeline.result_cache import NO_RESULTS, Results
from validator.pipeline.run import Done, Examined, Means, Order, crash, examine_piece, limits_of, other_book
from validator.pipeline.serialize import SpoiltError, unpacked
from validator.pipeline.worker import Packet

#: Files and bytes that wait for one before them.
MOST, MOST_BYTES = 2000, 128 * 2**20


def together(sources: Iterable[Input], book: Book, order: Order, means: Means) -> Iterator[Done]:
    """Every input, in the order given."""
    results = Results.of(order) if order.cache else NO_RESULTS
    line = _Line(book, order, means, results)
    try:
        yield from _gathered(line.answers(_items(sources, order)))
        line.hands.close()
    except BaseException:
        line.hands.abandon()
        raise
    finally:
        results.close()


def _items(sources: Iterable[Input], order: Order) -> Iterator[Piece | Broken | Input]:
    """The files of every input, the input itself after its last."""
    from validator.readers.archive import ArchiveWork

    with within(limits_of(order)):
        work = ArchiveWork()
    for source in sources:
        try:
            yield from inputs.opened(source, work)
        except Exception as trouble:
            yield Broken(rule="", message=crash(trouble), path=source.path)
        yield source


def _gathered(answers: Iterable[Examined | Input]) -> Iterator[Done]:
    files: list[Examined] = []
    for answer in answers:
        if isinstance(answer, Input):
            yield Done(source=answer, files=tuple(files))
            files = []
        else:
            files.append(answer)


class _Chunk:
    """Files that are given together, to whom, and what they have become once they are done."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.cost = 0.0
        self.hands: Hands | None = None
        self.given: Any = None
        self.packets: list[Packet] | None = None


class _Slot:
    """A file's place in the line."""

    def __init__(self, piece: Piece, chunk: _Chunk) -> None:
        self.piece, self.chunk, self.at = piece, chunk, len(chunk.pieces)


class _Line:
    """Files, and answers to them, in order."""

    def __init__(self, book: Book, order: Order, means: Means, results: Results) -> None:
        self._book, self._order, self._means, self._results = book, order, means, results
        self.hands: Hands = Own(book, order)
        self._worth = 0.0 if means.scheduler or (means.jobs or 1) > 1 else WORTH  # work for which others are hired
        self._hired = means.jobs == 1 and not means.scheduler
        self._queue: deque[_Slot | Examined | Input] = deque()
        self._open = _Chunk()
        self._waiting: list[_Chunk] = []  # not given yet: nobody knows how much there will be
        self._given: list[_Chunk] = []
        self._cost, self._bytes = 0.0, 0
        self._proved = False  # something has come of the hands

    def answers(self, items: Iterable[Piece | Broken | Input]) -> Iterator[Examined | Input]:
        """The answer to each file, each input after its last."""
        for item in items:
            self._put(item)
            yield from self._take()
        self._give_all()
        while self._queue:
            yield self._answer(self._queue.popleft())

    # ---------------------------------------------------------------------------------------- in

    def _put(self, item: Piece | Broken | Input) -> None:
        if isinstance(item, Broken):
            self._queue.append(Examined(path=item.path or "", walked=False, broken=(item,)))
        elif isinstance(item, Input):
            self._queue.append(item)
        elif (found := self._known(item)) is not None:
            self._queue.append(found)
        else:
            self._queue.append(_Slot(item, self._open))
            self._open.pieces.append(item)
            self._open.cost += cost(item)
            self._cost += cost(item)
            self._bytes += len(item.data) if isinstance(item.data, bytes) else 0
            if self._open.cost >= CHUNK:
                self._close_chunk()
            if not self._hired and self._cost > self._worth:
                self._hired, self.hands = True, hired(self._order, self._means) or self.hands
                self._give_waiting()

    def _known(self, piece: Piece) -> Examined | None:
        """The answer of the cache."""
        data = self._results.get(piece)
        if data is None:
            return None
        try:
            return Examined(path=piece.path, walked=piece.walked, results=self._opened(data, piece.path))
        except SpoiltError:
            return None

    def _close_chunk(self) -> None:
        chunk, self._open = self._open, _Chunk()
        if chunk.pieces:
            self._waiting.append(chunk)
            if self._hired:
                self._give_waiting()

    def _give_all(self) -> None:
        self._close_chunk()
        self._give_waiting()

    def _give_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for chunk in waiting:
            chunk.hands, chunk.given = self.hands, self.hands.give(tuple(chunk.pieces))
            self._given.append(chunk)

    # ---------------------------------------------------------------------------------------- out

    def _take(self) -> Iterator[Examined | Input]:
        """What need not wait, and what must be waited for before more is given."""
        while self._queue:
            head = self._queue[0]
            if isinstance(head, _Slot) and head.chunk.packets is None:
                if not self._full():
                    return
                if head.chunk.hands is None:
                    self._give_all()
            yield self._answer(self._queue.popleft())

    def _full(self) -> bool:
        return len(self._given) > self.hands.window or len(self._queue) > MOST or self._bytes > MOST_BYTES

    def _answer(self, head: _Slot | Examined | Input) -> Examined | Input:
        if not isinstance(head, _Slot):
            return head
        if head.chunk.packets is None:
            self._finish(head.chunk)
        assert head.chunk.packets is not None
        done, head.chunk.packets[head.at] = head.chunk.packets[head.at], _TAKEN
        self._bytes -= len(head.piece.data) if isinstance(head.piece.data, bytes) else 0
        if done.lasting:
            self._results.put(head.piece, done.data)
        return Examined(path=done.path, walked=done.walked, results=self._opened(done.data, done.path), broken=done.broken)

    def _finish(self, chunk: _Chunk) -> None:
        """Wait for a chunk. Where a worker died, all that was given is waited for, then each file is worked on with nothing beside it."""
        lost = []
        for each in [chunk] if self._answered(chunk) else list(self._given):
            if not self._answered(each):
                lost.append(each)
        if lost and not self._proved and not self.hands.able():
            self.hands.abandon()
            self.hands = Own(self._book, self._order)
        for each in lost:
            each.packets = [self.hands.alone(piece) or _died(piece) for piece in each.pieces]
        self._given = [each for each in self._given if each.packets is None]

    def _answered(self, chunk: _Chunk) -> bool:
        """Whether a chunk's packets are there, now that they were waited for."""
        if chunk.packets is None and chunk.hands is not None and (taken := chunk.hands.taken(chunk.given)) is not None:
            chunk.packets = list(taken)
            self._proved = self._proved or chunk.hands is self.hands
        return chunk.packets is not None

    def _opened(self, data: bytes, path: str) -> tuple[FileResult, ...]:
        return unpacked(data, self._books, partial(self._again, path)) if data else ()

    def _again(self, path: str, data: bytes) -> tuple[FileResult, ...]:
        """A file read once more, without any rule."""
        order = replace(self._order, selected=frozenset(), set=False)
        return examine_piece(Piece(path=path, data=data, walked=True), self._book, order).results

    def _books(self, kind: str | None) -> Book:
        own = self._book.kind
        return self._book if kind is None or own is None or kind == own.name else other_book(self._order, kind)


_TAKEN = Packet(path="", walked=False)


def _died(piece: Piece) -> Packet:
    """What is said of a file that its worker died of."""
    message = both("pipeline.process-died")
    return Packet(path=piece.path, walked=piece.walked, broken=(Broken(rule="", message=message, path=piece.path),))
