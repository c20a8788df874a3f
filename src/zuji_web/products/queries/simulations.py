"""Monte Carlo results of a study's state: made by a job or at once, kept, and found again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from django.db import transaction

from zuji.errors import Problem
from zuji.lca.fuels import FuelTable
from zuji.lca.montecarlo import Simulation, simulate
from zuji.model.factors import FactorSource
from zuji.model.findings import Finding
from zuji.model.footprints import Footprint, ScenarioResult, UncertaintyResult
from zuji.model.gwp import GwpSet
from zuji.model.records import Readers, write_record
from zuji.model.studies import Study
from zuji.quality.evaluation import analyse, prepare
from zuji_web.products.models import MadeFile, ProductStudy

KIND = "simulation"
BINS = 36
FEWEST_RUNS, MOST_RUNS = 100, 100_000
RUNS = 1000
_READERS = Readers()


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What a simulation adds to a footprint, and its totals as a histogram (kgCO2e, runs a bin).

    `uncertainty` is None where nothing in the study varies.
    """

    runs: int
    seed: int
    uncertainty: UncertaintyResult | None = None
    scenarios: tuple[ScenarioResult, ...] = ()
    notices: tuple[Problem, ...] = ()
    edges: tuple[float, ...] = ()
    counts: tuple[int, ...] = ()


def simulated(
    study: Study, factors: FactorSource, gwp: GwpSet, fuels: FuelTable, *, runs: int, seed: int
) -> tuple[Footprint, Simulated]:
    """The footprint with a simulated band, and what the simulation adds to it."""
    system = prepare(study, factors, gwp, fuels)
    footprint = analyse(system, uncertainty=runs, seed=seed)
    edges: Sequence[float] = ()
    counts: Sequence[int] = ()
    if footprint.uncertainty is not None:
        edges, counts = histogram(simulate(system, runs, seed))
    made = Simulated(
        runs=runs,
        seed=seed,
        uncertainty=footprint.uncertainty,
        scenarios=footprint.scenarios,
        notices=footprint.notices,
        edges=tuple(edges),
        counts=tuple(counts),
    )
    return footprint, made


def histogram(simulation: Simulation) -> tuple[list[float], list[int]]:
    """Edges and counts of the totals without the outermost 0.1 % on either side, which hide the rest."""
    totals = simulation.totals[~np.isnan(simulation.totals)]
    low, high = np.quantile(totals, (0.001, 0.999))
    counts, edges = np.histogram(totals, bins=BINS, range=(low, high))
    return edges.tolist(), counts.tolist()


def key_of(state: str, made: Simulated, *, own: bool) -> str:
    """Under which a simulation of a state is kept; a guest's does not become the study's own."""
    return f"{'' if own else 'guest-'}{state}-{made.runs}-{made.seed}"


def find(study: ProductStudy, state: str, chosen: tuple[int, int] | None = None) -> Simulated | None:
    """The simulation of a state with the chosen runs and seed, else the owner's newest."""
    kept = MadeFile.objects.filter(study=study, kind=KIND).order_by("-pk")
    if chosen:
        runs, seed = chosen
        ending = f"{state}-{runs}-{seed}"
        kept_now = kept.filter(key__in=(ending, f"guest-{ending}")).first()
    else:
        kept_now = kept.filter(key__startswith=f"{state}-").first()
    return read(bytes(kept_now.content)) if kept_now else None


def keep(study: ProductStudy, state: str, made: Simulated, *, own: bool) -> None:
    """Keeps a simulation as the newest of its state."""
    key = key_of(state, made, own=own)
    with transaction.atomic():
        # Two jobs may end with the same simulation at once; the second takes the first one's place.
        ProductStudy.objects.select_for_update().defer("document").get(pk=study.pk)
        MadeFile.objects.filter(study=study, kind=KIND, key=key).delete()
        MadeFile.objects.create(study=study, kind=KIND, key=key, content=write(made))


def write(made: Simulated) -> bytes:
    return json.dumps(write_record(made), ensure_ascii=False).encode()


def read(content: bytes) -> Simulated | None:
    """The simulation that was written, or None where an older software wrote it differently."""
    findings: list[Finding] = []
    made: Simulated = _READERS.of(Simulated)(json.loads(content), findings)
    return None if findings else made
