"""What must hold of a study's names and outputs before anything is resolved."""

import math
from collections import Counter

from zuji.errors import IncompleteStudy, InvalidInput, Place, Problem, problem
from zuji.model.studies import Study, UnitProcess


def check_identities(study: Study) -> None:
    """Raises `IncompleteStudy` without processes, `InvalidInput` for what occurs twice or makes nothing."""
    problems: list[Problem] = []
    if not study.processes:
        raise IncompleteStudy(
            problem(
                "study.no_process",
                "研究还没有任何工序",
                "the study has no process yet",
                cure_zh="请至少建立一个生产所研究产品的工序",
                cure_en="add the process that makes the studied product",
            )
        )
    for name, ids in (
        ("工序 / process", [process.id for process in study.processes]),
        ("清单行 / line", [line.id for line in study.lines]),
    ):
        problems += [_twice(name, each) for each, count in Counter(ids).items() if count > 1]
    for process in study.processes:
        made = Counter(output.product for output in process.outputs)
        problems += [_twice("产出 / output", each) for each, count in made.items() if count > 1]
        if not process.outputs:
            problems.append(_bad_output(process, "没有产出", "has no output"))
        problems += [
            _bad_output(
                process,
                f"的产出“{output.product}”数量必须大于 0",
                f"makes “{output.product}” in an amount that is not above 0",
            )
            for output in process.outputs
            if not (math.isfinite(output.quantity.amount) and output.quantity.amount > 0)
        ]
    if problems:
        raise InvalidInput(*problems)


def _twice(name: str, each: str) -> Problem:
    zh, _, en = name.partition(" / ")
    return problem(
        "study.duplicate",
        f"{zh}“{each}”出现了不止一次",
        f"the {en} “{each}” occurs more than once",
        cure_zh="请改成唯一的编号或名称",
        cure_en="make ids and names unique",
    )


def _bad_output(process: UnitProcess, zh: str, en: str) -> Problem:
    return problem(
        "process.output",
        f"工序“{process.name}”{zh}",
        f"the process “{process.name}” {en}",
        cure_zh="请填写该工序在统计期内的产量",
        cure_en="state what the process makes in the data period",
        place=Place(field=f"process {process.id}"),
    )
