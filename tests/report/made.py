"""Studies evaluated and frozen for the report's tests; once a run, since the report reads only."""

from functools import cache

from tests.report import studies
from zuji.formats.reference import load
from zuji.model.footprints import Footprint
from zuji.model.studies import Study
from zuji.quality import evaluate
from zuji.report.material import Issue, Material
from zuji.trust.snapshot import Snapshot, freeze

ISSUE = Issue(date="2026-11-21", organisation="示例铝业有限公司", author="李工", version="2")
DRAFT = Issue(date="2026-11-21", organisation="示例铝业有限公司", draft=True)


def evaluated(study: Study, *, runs: int = 200) -> tuple[Footprint, Snapshot]:
    data = load()
    gwp = data.gwp[study.gwp]
    footprint = evaluate(study, data.catalogue, gwp, data.fuels, uncertainty=runs, seed=7)
    return footprint, freeze(study, footprint, data.catalogue, gwp, data.fuels)


def material(study: Study, *, language: str = "zh", issue: Issue = ISSUE, runs: int = 200) -> Material:
    footprint, snapshot = evaluated(study, runs=runs)
    return Material(study=study, footprint=footprint, snapshot=snapshot, issue=issue, language=language)


@cache
def tray(language: str = "zh") -> Material:
    return material(studies.tray(), language=language)


@cache
def plain(language: str = "zh") -> Material:
    return material(studies.plain(), language=language, issue=DRAFT, runs=0)
