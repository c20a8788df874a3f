"""How often the right factor is first or among five, for item names as they stand on factory lists.

    python benchmarks/matching.py [--misses]

Reads data/search/benchmark.csv. The held-out half was written before any alias and no alias is added
for it. Items for which the library has no factor must end without a good match.
"""

import argparse
import csv
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from zuji.formats import reference
from zuji.model.lines import LineKind
from zuji.search.embed import shipped_embedder
from zuji.search.match import Matcher
from zuji.search.rank import Candidate
from zuji.search.shipped import directory

HALVES = ("development", "held_out")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A line as written, and the factors (ids or patterns) a practitioner accepts; none: no factor."""

    half: str
    text: str
    kind: LineKind
    unit: str
    accept: tuple[str, ...]
    note: str

    def accepts(self, factor_id: str) -> bool:
        return any(fnmatchcase(factor_id, pattern) for pattern in self.accept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Shares of items: right first, right among five, mean reciprocal rank, offered as good, rejected."""

    items: int
    first: float
    five: float
    mrr: float
    good: float
    without: int
    rejected: float
    misses: tuple[tuple[Item, list[Candidate]], ...]


def load(path: Path | None = None) -> list[Item]:
    """The benchmark items."""
    with (path or directory() / "benchmark.csv").open(encoding="utf-8", newline="") as file:
        return [
            Item(
                half=row["half"],
                text=row["text"],
                kind=LineKind(row["kind"]),
                unit=row["unit"],
                accept=tuple(filter(None, row["accept"].split(";"))),
                note=row["note"],
            )
            for row in csv.DictReader(file)
        ]


def as_line(matcher: Matcher, item: Item) -> list[Candidate]:
    """Candidates for the item as an inventory line: with its kind and unit."""
    return matcher.match(item.text, kind=item.kind, unit=item.unit, limit=10)


def as_text(matcher: Matcher, item: Item) -> list[Candidate]:
    """Candidates for the item typed into the search box: nothing but its wording."""
    return matcher.search(item.text, limit=10)


def evaluate(
    matcher: Matcher, items: Iterable[Item], ask: Callable[[Matcher, Item], list[Candidate]] = as_line
) -> Result:
    """Measure `matcher` on `items`."""
    answered = [(item, ask(matcher, item)) for item in items]
    known = [(item, found) for item, found in answered if item.accept]
    unknown = [(item, found) for item, found in answered if not item.accept]
    ranks = [_rank(item, found) for item, found in known]
    wrong = [pair for pair, rank in zip(known, ranks, strict=True) if rank != 1]
    wrong += [(item, found) for item, found in unknown if found and found[0].good]
    return Result(
        items=len(known),
        first=_share(rank == 1 for rank in ranks),
        five=_share(0 < rank <= 5 for rank in ranks),
        mrr=sum(1 / rank for rank in ranks if rank) / max(len(ranks), 1),
        good=_share(bool(found and found[0].good) for _, found in known),
        without=len(unknown),
        rejected=_share(not (found and found[0].good) for _, found in unknown),
        misses=tuple(wrong),
    )


def _rank(item: Item, found: Sequence[Candidate]) -> int:
    """Place of the first acceptable candidate from 1, or 0."""
    return next((place for place, c in enumerate(found, 1) if item.accepts(c.factor.id)), 0)


def _share(truths: Iterable[bool]) -> float:
    values = list(truths)
    return sum(values) / len(values) if values else 1.0


def matchers() -> dict[str, Matcher]:
    """The stages of the ladder: words alone, with aliases, with meaning where the encoder is installed."""
    factors = tuple(reference.load().catalogue)
    ladder = {
        "words": Matcher(factors, aliases=()),
        "words + aliases": Matcher(factors),
    }
    embedder = shipped_embedder()
    if embedder is not None:
        ladder["words + meaning"] = Matcher(factors, embedder, aliases=())
        ladder["words + aliases + meaning"] = Matcher(factors, embedder)
    return ladder


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--misses", action="store_true", help="list items of the development half not right first"
    )
    parser.add_argument("--text-only", action="store_true", help="without the line's kind and unit")
    options = parser.parse_args(arguments)
    items, ask = load(), as_text if options.text_only else as_line
    print(
        f"{'':28}{'half':14}{'items':>6}{'R@1':>7}{'R@5':>7}{'MRR':>7}{'good':>7}{'without':>9}{'rejected':>9}"
    )
    for name, matcher in matchers().items():
        for half in (*HALVES, "all"):
            result = evaluate(matcher, [i for i in items if half in (i.half, "all")], ask)
            print(
                f"{name:28}{half:14}{result.items:6}{result.first:7.3f}{result.five:7.3f}{result.mrr:7.3f}"
                f"{result.good:7.3f}{result.without:9}{result.rejected:9.3f}"
            )
        if options.misses:
            _print_misses(evaluate(matcher, [i for i in items if i.half == "development"], ask))
    return 0


def _print_misses(result: Result) -> None:
    for item, found in result.misses:
        listing = ", ".join(f"{c.factor.name.zh} {c.relevance:.2f}" for c in found[:4])
        print(f"    {_rank(item, found)} {item.text} [{item.kind.value}] -> {listing}")


if __name__ == "__main__":
    sys.exit(main())
