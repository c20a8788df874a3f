"""How long it takes to check all open studies again after a rule was adopted.

500 drafts of 10 to 60 lines, made from the worked examples by varying every amount, in a database of their
own. A run reads them, calculates each, checks it under the rule and writes what was found; beside it the
check page is asked for the same studies, one request at a time.

    python benchmarks/rechecking.py
    scripts/postgres python benchmarks/rechecking.py

Without DATABASE_URL the database is SQLite in a temporary directory.
"""

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["DJANGO_SETTINGS_MODULE"] = "zuji_web.settings.test"

STUDIES, PAGES, SEED, GOAL = 500, 60, 20260630, 10.0
LEAST, MOST = 10, 60
ROOT = Path(__file__).resolve().parents[1]


def prepare() -> None:
    """An empty database with the shipped factors and rules."""
    import django

    django.setup()
    from django.core.management import call_command

    for command in ("migrate", "load_reference", "load_standards", "load_rules"):
        call_command(command, verbosity=0)


def examples() -> list[Any]:
    """The worked examples as studies."""
    from zuji.formats import document

    found = sorted((ROOT / "examples").glob("*.yaml"))
    studies = [document.load(path.read_bytes(), name=path.name) for path in found]
    return [study for study in studies if len(tuple(study.lines)) <= MOST]


def varied(study: Any, number: int, rule: str, stream: random.Random) -> Any:
    """A study like an example with other amounts and a chosen number of lines between LEAST and MOST.

    Lines that are added repeat others of the same process with a small amount of their own.
    """
    wanted = stream.randint(LEAST, MOST)
    processes = [
        replace(each, lines=tuple(scaled(line, stream) for line in each.lines)) for each in study.processes
    ]
    free = [(i, line) for i, each in enumerate(processes) for line in each.lines if repeatable(line)]
    count = sum(len(each.lines) for each in processes)
    for extra in range(max(0, wanted - count) if free else 0):
        i, line = stream.choice(free)
        more = replace(
            line,
            id=f"more-{extra}",
            item=f"{line.item} {extra}",
            quantity=replace(line.quantity, amount=line.quantity.amount * stream.uniform(0.01, 0.1)),
        )
        processes[i] = replace(processes[i], lines=(*processes[i].lines, more))
    product = replace(study.product, name=f"{study.product.name} {number}")
    return replace(
        study,
        id=f"study-{number}",
        product=product,
        processes=tuple(processes),
        rule=rule,
        demonstration=False,
    )


def scaled(line: Any, stream: random.Random) -> Any:
    if not repeatable(line):
        return line
    return replace(
        line, quantity=replace(line.quantity, amount=line.quantity.amount * stream.uniform(0.98, 1.02))
    )


def repeatable(line: Any) -> bool:
    """A purchase: what balances, internal links and end of life have amounts that belong together."""
    return bool(line.factor) and line.kind.value in ("material", "transport", "electricity", "waste")


def drafts(rule: str, number: int) -> Iterator[Any]:
    stream, known = random.Random(SEED), examples()
    for i in range(number):
        yield varied(known[i % len(known)], i, rule, stream)


def fill(number: int) -> tuple[Any, Any, Any]:
    """The drafts of several organisations, the rule that they name, and who adopts it."""
    from tests.web.factories import accounts
    from zuji_web.products import drafts as written
    from zuji_web.products.models import ProductStudy
    from zuji_web.rulebook.models import RuleVersion

    rule = RuleVersion.objects.get(rule_id="gbt24067", version="1")
    homes = [accounts.organisation() for _ in range(10)]
    rows = []
    for i, study in enumerate(drafts(rule.key, number)):
        name = study.product.name
        row = ProductStudy(
            organisation=homes[i % len(homes)], name=name, product_name=name, document=written.of_study(study)
        )
        rows.append(row)
    ProductStudy.objects.bulk_create(rows)
    return rule, accounts.appointed("standards_approver"), [accounts.owner(home) for home in homes]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=STUDIES)
    parser.add_argument("--pages", type=int, default=PAGES, help="studies whose page is asked for")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="zuji-rechecking-") as directory:
        os.environ["ZUJI_DATA_DIR"] = directory
        sys.path[:0] = [str(ROOT), str(ROOT / "src")]
        prepare()
        return measure(options.studies, options.pages)


def measure(number: int, pages: int) -> int:
    from zuji_web.checks.models import StudyCheck
    from zuji_web.products import drafts as written
    from zuji_web.products.models import ProductStudy

    rule, approver, owners = fill(number)
    sizes = [sum(1 for _ in written.lines(row.document)) for row in ProductStudy.objects.all()]
    print(f"{number} studies of {min(sizes)} to {max(sizes)} lines, median {statistics.median(sizes):.0f}")
    first, run = timed(rule, approver)
    print(f"checked, everything included   {first:7.2f} s   {number / first:7.1f} studies/s")
    print(f"  conform {run.passed}, do not {run.not_met}, without a result {run.uncalculable}")
    if StudyCheck.objects.count() != number or run.studies != number:
        raise SystemExit("not every study was checked")
    again, _run = timed(rule, approver)
    print(f"again, nothing changed         {again:7.2f} s   {number / again:7.1f} studies/s")
    one = page_seconds(owners, rule.key, pages)
    print(
        f"one page request at a time     {one * number:7.2f} s   {1 / one:7.1f} studies/s   ({pages} asked)"
    )
    print(f"ratio                          {one * number / first:7.1f}x")
    verdict = "under" if first < GOAL else "NOT under"
    print(f"{verdict} {GOAL * number / STUDIES:g} s")
    return 0 if first < GOAL * number / STUDIES else 1


def timed(rule: Any, by: Any) -> tuple[float, Any]:
    from zuji_web.checks.actions import rechecks

    start = time.perf_counter()
    run = rechecks.begin(rule=rule, by=by, everywhere=True)
    return time.perf_counter() - start, run


def page_seconds(owners: Any, key: str, pages: int) -> float:
    """Seconds for one page, every study asked for once by its own organisation."""
    from tests.web.factories import accounts
    from zuji_web.products.models import ProductStudy

    browsers = {
        by.organisation.pk: accounts.browser(by, headers={"x-zuji-part": "check", "host": "localhost"})
        for by in owners
    }
    rows = list(ProductStudy.objects.order_by("name").values_list("pk", "organisation_id")[:pages])
    start = time.perf_counter()
    for study, home in rows:
        answer = browsers[home].get(f"/products/{study}/check/?rule={key}")
        if answer.status_code != 200:
            raise SystemExit(f"the page answered {answer.status_code}")
    return (time.perf_counter() - start) / len(rows)


if __name__ == "__main__":
    sys.exit(main())
