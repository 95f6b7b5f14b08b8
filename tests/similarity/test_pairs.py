"""Which pairs of a large set are worth comparing."""

from __future__ import annotations

import random

from tests.similarity.invented import OTHER, OWN, invented, parts, report, sketched
from validator.similarity.pairs import MOST, candidates, common_of
from validator.similarity.share import compare, covered_letters, grams
from validator.similarity.sketch import sketch_of


def test_sentences_that_much_of_the_set_has_are_nobodys() -> None:
    template = "坚持把群众看不看得懂作为检验标准，凡是涉农资金一律公开到户、公开到人、公开到每一笔发放时间。"
    texts = [report("云岭县青石镇人民政府", 2023, OWN[0] + template), report("云岭县白塔乡人民政府", 2023, OTHER[0] + template)]
    sketches = [sketch_of(parts(text), 100) for text in texts for _ in range(4)]
    common = common_of(sketches, 30, 3)
    (part,) = [part for part in parts(texts[0]) if part.number == 1]
    last = part.sentences[-1]
    assert last.mark in common.sentences
    whole, without = compare(part, parts(texts[1])), compare(part, parts(texts[1]), {last.mark})
    assert whole.shared - without.shared == len(last.own) == whole.own - without.own


def test_planted_copies_of_a_large_set_are_all_candidates_and_few_others() -> None:
    rnd = random.Random(5)
    texts = [invented(rnd, 220) for _ in range(300)]
    planted = set()
    for _ in range(40):  # half of it is another's, cut in pieces with an edit every twenty letters
        source, target = rnd.sample(range(300), 2)
        pieces = [texts[source][at : at + 20] + invented(rnd, 1) for at in range(0, 140, 20)]
        rnd.shuffle(pieces)
        texts[target] = "".join(pieces) + texts[target][: 220 - 147]
        planted.add((min(source, target), max(source, target)))
    sketches = [sketched(text) for text in texts]
    found = set(candidates(sketches, common_of(sketches, 30, 3), 0.5))
    real = {pair for pair in planted if _still(texts, pair)}
    assert len(real) > 30 and real <= found
    assert len(found) < 3 * len(planted)


def _still(texts: list[str], pair: tuple[int, int]) -> bool:
    """Whether the copy survived the copies made after it."""
    one, two = (texts[place] for place in pair)
    return max(sum(covered_letters(one, grams([two]))) / len(one), sum(covered_letters(two, grams([one]))) / len(two)) > 0.5


def test_a_set_of_copies_is_found_without_comparing_all_with_all() -> None:
    rnd = random.Random(8)
    text, size = invented(rnd, 220), 240  # a quarter of the set has one text, less than a common one
    texts = [text[:110] + invented(rnd, 8) + text[110:] for _ in range(size)] + [invented(rnd, 220) for _ in range(3 * size)]
    sketches = [sketched(one) for one in texts]
    found = candidates(sketches, common_of(sketches, 30, 3), 0.5)
    assert len(found) <= MOST * size
    assert {place for pair in found for place in pair} == set(range(size))
