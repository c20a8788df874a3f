"""How many products would pass: under the set's values, under values that somebody tries, by each method."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from zuji.errors import Problem, ZujiError
from zuji.formats import grades
from zuji.rules.grades_checks import Check, Sample
from zuji.rules.grades_methods import Threshold, ThresholdMethod
from zuji.rules.grading import Simulation, Thresholds, adjusted, derive, simulate
from zuji_web.grades.models import Purpose, ThresholdSet
from zuji_web.grades.queries import samples, sets
from zuji_web.grades.queries.grading import against


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """What a method would give from the same samples: a simulation, or the checks that stop it."""

    method: ThresholdMethod
    simulation: Simulation | None
    refused: tuple[Check, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A trial of a set. `problems` say why the wanted values cannot be tried; then the set's own are shown.

    `results` are the sampled values in ascending order, in the unit of the thresholds; only samples count
    whose owners consented to trials.
    """

    thresholds: Thresholds
    simulation: Simulation
    alternatives: tuple[Alternative, ...]
    results: tuple[float, ...]
    products: int
    changed: bool
    problems: tuple[Problem, ...] = ()

    @property
    def lowest(self) -> float:
        return min((*self.results, self.thresholds.benchmark), default=0.0)

    @property
    def highest(self) -> float:
        return max((*self.results, self.thresholds.limit), default=0.0)


def trial(one: ThresholdSet, on: date, wanted: Mapping[Threshold, float]) -> Trial | None:
    """A trial with the wanted values in the place of the derived ones.

    None where the set has no values yet, or where too few firms stand behind the products to show anything.
    """
    own = sets.thresholds_of(one)
    kept = population(one, on)
    if own is None or len({each.firm for each in kept}) < samples.FEWEST_FIRMS:
        return None
    thresholds = own
    problems: tuple[Problem, ...] = ()
    changed = {name: value for name, value in wanted.items() if value != own.of(name)}
    if changed:
        try:
            thresholds = adjusted(
                own,
                limit=changed.get(Threshold.LIMIT),
                base=changed.get(Threshold.BASE),
                benchmark=changed.get(Threshold.BENCHMARK),
                note="trial",
            )
        except ZujiError as refusal:
            problems = refusal.problems
    results = [each.result for each in kept]
    simulation = simulate(results, against(thresholds))
    methods = {method.key: method for method in (sets.method_of(one), *grades.shipped().values())}
    graded = {name for name, _grade in simulation.grades} - {name for name, _grade in simulation.not_graded}
    return Trial(
        thresholds=thresholds,
        simulation=simulation,
        alternatives=tuple(_alternative(one, kept, method) for method in methods.values()),
        results=tuple(sorted(result.value for result in results if result.id in graded)),
        products=len(results),
        changed=thresholds is not own,
        problems=problems,
    )


def population(one: ThresholdSet, on: date) -> list[Sample]:
    """The samples of the set's product and rule that count on a day and may be tried."""
    rows = samples.usable(one.rule, one.product, on, purpose=Purpose.TRIALS)
    return samples.read(rows.order_by("alias"))


def _alternative(one: ThresholdSet, kept: Sequence[Sample], method: ThresholdMethod) -> Alternative:
    made = derive(kept, method, applies=sets.applies_of(one))
    if made.thresholds is None:
        return Alternative(method=method, simulation=None, refused=made.refused)
    results = [each.result for each in kept]
    return Alternative(method=method, simulation=simulate(results, against(made.thresholds)))
