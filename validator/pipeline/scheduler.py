"""Inputs in, results out in the same order: each file is asked of the cache, then goes to an executor in a batch with others.

A batch is OPEN while files are added, WAITING once it is full, SUBMITTED to an executor, FINISHED when its results are there. The scheduler
is MEASURING as long as too little work is known to start workers for, and SUBMITTING from then on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import Enum, auto
from functools import partial
from typing import Any

from validator.base.limits import within
from validator.messages import both
from validator.model import Book, Broken, FileResult
from validator.pipeline import inputs
from validator.pipeline.executors import BATCH_COST, MIN_COST, Executor, SerialExecutor, cost_of, start_executor
from validator.pipeline.inputs import Input, InputFile
from validator.pipeline.result_cache import NO_RESULTS, Results
from validator.pipeline.run import FileOutcome, InputResult, RunOptions, Workers, check_one_file, crash, limits_of, other_book
from validator.pipeline.serialize import SpoiltError, unpacked
from validator.pipeline.worker import PackedResult

#: How many files, and how many bytes of them, may wait for the result of one before them.
MAX_FILES, MAX_BYTES = 2000, 128 * 2**20


def schedule(sources: Iterable[Input], book: Book, options: RunOptions, workers: Workers) -> Iterator[InputResult]:
    """Every input, in the order given. Raises RefusalError where workers cannot do what was asked."""
    cache = Results.of(options) if options.cache else NO_RESULTS
    scheduler = _Scheduler(book, options, workers, cache)
    try:
        yield from _by_input(scheduler.run(_files_of(sources, options)))
        scheduler.executor.close()
    except BaseException:
        scheduler.executor.abort()
        raise
    finally:
        cache.close()


def _files_of(sources: Iterable[Input], options: RunOptions) -> Iterator[InputFile | Broken | Input]:
    """The files of every input, the input itself after its last."""
    from validator.readers.archive import ArchiveWork

    with within(limits_of(options)):
        work = ArchiveWork()
    for source in sources:
        try:
            yield from inputs.open_input(source, work)
        except Exception as error:
            yield Broken(rule="", message=crash(error), path=source.path)
        yield source


def _by_input(outcomes: Iterable[FileOutcome | Input]) -> Iterator[InputResult]:
    """The outcomes of files, put together where their input follows."""
    files: list[FileOutcome] = []
    for outcome in outcomes:
        if isinstance(outcome, Input):
            yield InputResult(source=outcome, files=tuple(files))
            files = []
        else:
            files.append(outcome)


class _BatchState(Enum):
    OPEN = auto()
    WAITING = auto()
    SUBMITTED = auto()
    FINISHED = auto()


class _Phase(Enum):
    MEASURING = auto()
    SUBMITTING = auto()


class _Batch:
    """Files that are submitted together. `cost`: in the unit of executors.py. `ticket`: what the executor is asked for results by."""

    def __init__(self) -> None:
        self.state = _BatchState.OPEN
        self.files: list[InputFile] = []
        self.cost = 0.0
        self.executor: Executor | None = None
        self.ticket: Any = None
        self.results: list[PackedResult] = []

    def submit(self, executor: Executor) -> None:
        """WAITING → SUBMITTED."""
        self.executor, self.ticket = executor, executor.submit(tuple(self.files))
        self.state = _BatchState.SUBMITTED

    def wait(self) -> bool:
        """SUBMITTED → FINISHED, once the results are there; whether it is finished: not where a worker died."""
        if self.state is _BatchState.SUBMITTED and self.executor is not None:
            results = self.executor.results(self.ticket)
            if results is not None:
                self.finish(results)
        return self.state is _BatchState.FINISHED

    def finish(self, results: Iterable[PackedResult]) -> None:
        """→ FINISHED."""
        self.results, self.state = list(results), _BatchState.FINISHED


class _Slot:
    """A file's place in the queue, and in its batch."""

    def __init__(self, file: InputFile, batch: _Batch) -> None:
        self.file, self.batch, self.index = file, batch, len(batch.files)


class _Scheduler:
    """The queue of files in their order, and the batches they are in."""

    def __init__(self, book: Book, options: RunOptions, workers: Workers, cache: Results) -> None:
        self._book, self._options, self._workers, self._cache = book, options, workers, cache
        self.executor: Executor = SerialExecutor(book, options)
        alone = workers.jobs == 1 and not workers.scheduler
        self._phase = _Phase.SUBMITTING if alone else _Phase.MEASURING
        self._min_cost = 0.0 if workers.scheduler or (workers.jobs or 1) > 1 else MIN_COST
        self._queue: deque[_Slot | FileOutcome | Input] = deque()
        self._open = _Batch()
        self._waiting: list[_Batch] = []
        self._submitted: list[_Batch] = []
        self._cost, self._bytes = 0.0, 0  # of all files so far; of those in the queue
        self._proved = False  # the executor has given results

    def run(self, items: Iterable[InputFile | Broken | Input]) -> Iterator[FileOutcome | Input]:
        """The outcome of each file, each input after its last."""
        for item in items:
            self._add(item)
            yield from self._ready()
        self._submit_all()
        while self._queue:
            yield self._outcome(self._queue.popleft())

    # ---------------------------------------------------------------------------------------- in

    def _add(self, item: InputFile | Broken | Input) -> None:
        """Into the queue; a file whose results are not in the cache into the open batch too."""
        if isinstance(item, Broken):
            self._queue.append(FileOutcome(path=item.path or "", walked=False, broken=(item,)))
        elif isinstance(item, Input):
            self._queue.append(item)
        elif (outcome := self._from_cache(item)) is not None:
            self._queue.append(outcome)
        else:
            self._add_to_batch(item)

    def _from_cache(self, file: InputFile) -> FileOutcome | None:
        data = self._cache.get(file)
        if data is None:
            return None
        try:
            return FileOutcome(path=file.path, walked=file.walked, results=self._unpacked(data, file.path))
        except SpoiltError:
            return None

    def _add_to_batch(self, file: InputFile) -> None:
        self._queue.append(_Slot(file, self._open))
        cost = cost_of(file)
        self._open.files.append(file)
        self._open.cost += cost
        self._cost += cost
        self._bytes += _size(file)
        if self._open.cost >= BATCH_COST:
            self._close_batch()
        if self._phase is _Phase.MEASURING and self._cost > self._min_cost:
            self.executor = start_executor(self._options, self._workers) or self.executor
            self._phase = _Phase.SUBMITTING
            self._submit_waiting()

    def _close_batch(self) -> None:
        """OPEN → WAITING, and on to an executor where the scheduler is past measuring."""
        batch, self._open = self._open, _Batch()
        if batch.files:
            batch.state = _BatchState.WAITING
            self._waiting.append(batch)
            if self._phase is _Phase.SUBMITTING:
                self._submit_waiting()

    def _submit_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for batch in waiting:
            batch.submit(self.executor)
            self._submitted.append(batch)

    def _submit_all(self) -> None:
        self._close_batch()
        self._submit_waiting()

    # ---------------------------------------------------------------------------------------- out

    def _ready(self) -> Iterator[FileOutcome | Input]:
        """What need not be waited for, and what must be before more is submitted."""
        while self._queue:
            head = self._queue[0]
            if isinstance(head, _Slot) and head.batch.state is not _BatchState.FINISHED:
                if not self._is_full():
                    return
                if head.batch.state is not _BatchState.SUBMITTED:
                    self._submit_all()
            yield self._outcome(self._queue.popleft())

    def _is_full(self) -> bool:
        return len(self._submitted) > self.executor.window or len(self._queue) > MAX_FILES or self._bytes > MAX_BYTES

    def _outcome(self, head: _Slot | FileOutcome | Input) -> FileOutcome | Input:
        if not isinstance(head, _Slot):
            return head
        if head.batch.state is not _BatchState.FINISHED:
            self._wait(head.batch)
        result, head.batch.results[head.index] = head.batch.results[head.index], _GONE  # what was shown is held no longer
        self._bytes -= _size(head.file)
        if result.lasting:
            self._cache.put(head.file, result.data)
        return FileOutcome(path=result.path, walked=result.walked, results=self._unpacked(result.data, result.path), broken=result.broken)

    def _wait(self, batch: _Batch) -> None:
        """Finish a batch. Where a worker died, all others are waited for, then each file of what was lost runs with nothing beside it."""
        batches = [batch] if self._finished(batch) else list(self._submitted)
        lost = [each for each in batches if not self._finished(each)]
        if lost and not self._proved and not self.executor.is_available():
            self.executor.abort()
            self.executor = SerialExecutor(self._book, self._options)
        for each in lost:
            each.finish([self.executor.run_alone(file) or _died(file) for file in each.files])
        self._submitted = [each for each in self._submitted if each.state is not _BatchState.FINISHED]

    def _finished(self, batch: _Batch) -> bool:
        """Whether the batch is finished, now that its results were waited for."""
        before = batch.state
        if batch.wait() and before is _BatchState.SUBMITTED:
            self._proved = self._proved or batch.executor is self.executor
        return batch.state is _BatchState.FINISHED

    def _unpacked(self, data: bytes, path: str) -> tuple[FileResult, ...]:
        return unpacked(data, self._book_of_kind, partial(self._read_again, path)) if data else ()

    def _read_again(self, path: str, data: bytes) -> tuple[FileResult, ...]:
        """A file read once more, without any rule."""
        options = replace(self._options, selected=frozenset(), set=False)
        return check_one_file(InputFile(path=path, data=data, walked=True), self._book, options).results

    def _book_of_kind(self, kind: str | None) -> Book:
        builtin = self._book.kind
        return self._book if kind is None or builtin is None or kind == builtin.name else other_book(self._options, kind)


_GONE = PackedResult(path="", walked=False)


def _size(file: InputFile) -> int:
    return len(file.data) if isinstance(file.data, bytes) else 0


def _died(file: InputFile) -> PackedResult:
    """What is said of a file that its worker died of."""
    message = both("pipeline.process-died")
    return PackedResult(path=file.path, walked=file.walked, broken=(Broken(rule="", message=message, path=file.path),))
