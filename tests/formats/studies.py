"""Random studies that a person could state: every kind of line, every field, all within the rules."""

import string
from datetime import date, timedelta

from hypothesis import strategies as st

from tests.formats.stated import electricity, statements
from zuji.model.documents import STAGES_OF
from zuji.model.lines import (
    BiogenicDetail,
    DataSource,
    Detail,
    EmissionDetail,
    FuelDetail,
    Line,
    LineKind,
    RecyclingDetail,
    RecyclingMethod,
    StatedFactor,
    SubAssemblyDetail,
    TransportDetail,
)
from zuji.model.organisations import check_character
from zuji.model.quality import DataQuality
from zuji.model.quantities import Distribution, Quantity, Uncertainty
from zuji.model.stages import Stage
from zuji.model.statements import Statements
from zuji.model.studies import (
    AllocationMethod,
    BoundaryKind,
    Goal,
    LineChange,
    Output,
    Period,
    Product,
    ReferenceUnit,
    Scenario,
    StageExclusion,
    Study,
    SystemBoundary,
    UnitKind,
    UnitProcess,
)

# A cell keeps no blanks around a text and one kind of line break.
texts = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp"), include_characters="\n\t"),
    max_size=30,
).map(str.strip)
names = texts.filter(bool)
# What starts a formula in a cell, looks like a number, a date, a truth value or YAML's own words.
nasty = st.sampled_from(
    ["=1+1", "+86", "-5", "@a", "007", "1e5", "2024-01-01", "true", "No", "null", "~", "是", "1,5", "#REF!",
     "a: b", "- x", "{", "'", '"', "*a", "&a", "!!str", "%", "12 kg", "_x0041_", "0.10", "1_000", "0x1F"]
)  # fmt: skip
words = st.one_of(nasty, texts)
labels = st.one_of(nasty, names)
numbers = st.floats(0, 1e15, allow_subnormal=False)
positive = st.floats(1e-12, 1e12)
shares = st.floats(0, 1)
units = st.sampled_from(
    ["kg", "t", "kWh", "MJ", "m3", "Nm3", "t·km", "piece", "万kWh", "kWh-capacity", "tce"]
)
quantities = st.builds(Quantity, numbers, units)
outputs_of = st.builds(Quantity, positive, units)


def maybe(strategy: st.SearchStrategy) -> st.SearchStrategy:
    return st.one_of(st.none(), strategy)


@st.composite
def _shared(draw: st.DrawFn) -> tuple[float, float]:
    """Two shares that sum to at most one."""
    first = draw(shares)
    return first, draw(st.floats(0, 1 - first))


@st.composite
def _recycling(draw: st.DrawFn) -> RecyclingDetail:
    r2, r3 = draw(_shared())
    return RecyclingDetail(
        method=draw(st.sampled_from(RecyclingMethod)),
        r1=draw(shares), r2=r2, r3=r3, a=draw(shares), b=draw(shares),
        qs_in=draw(numbers), qs_out=draw(numbers),
        virgin=draw(words), recycled=draw(words), end_recycling=draw(words), avoided=draw(words),
        energy_recovery=draw(words), disposal=draw(words), avoided_heat=draw(words),
        avoided_electricity=draw(words), lhv=draw(numbers), heat_efficiency=draw(shares),
        electricity_efficiency=draw(shares),
    )  # fmt: skip


_fuels = st.builds(
    FuelDetail,
    fuel=words,
    ncv=maybe(numbers),
    ncv_per=st.sampled_from(["t", "万Nm3"]),
    carbon_content=maybe(numbers),
    oxidation=maybe(shares),
    ch4=maybe(numbers),
    n2o=maybe(numbers),
    biogenic=st.booleans(),
)
_transports = st.builds(
    TransportDetail,
    distance=maybe(st.builds(Quantity, numbers, st.sampled_from(["km", "m"]))),
    aircraft=st.booleans(),
)
_emissions = st.builds(EmissionDetail, gas=st.sampled_from(["CH4", "SF6"]), biogenic=st.booleans())
_stated = st.builds(
    StatedFactor,
    value=st.floats(-1e6, 1e6),
    per=units,
    source=labels,
    year=words,
    geography=words,
    primary=st.booleans(),
    primary_share=shares,
    life_cycle=st.booleans(),
)
_scores = maybe(st.floats(1, 5))
# a quality without any score says the same as none, and a row of cells cannot tell them apart
_quality = st.builds(
    DataQuality, technology=_scores, geography=_scores, time=_scores, precision=_scores
).filter(lambda quality: quality != DataQuality())
_uncertainty = st.one_of(
    st.builds(Uncertainty, distribution=st.just(Distribution.LOGNORMAL), spread=st.floats(1, 5)),
    st.builds(Uncertainty, distribution=st.just(Distribution.NORMAL), spread=st.floats(0, 2)),
    st.builds(
        Uncertainty,
        distribution=st.sampled_from([Distribution.TRIANGULAR, Distribution.UNIFORM]),
        low=shares,
        high=st.floats(1, 9),
    ),
)


def _detail(kind: LineKind, processes: list[tuple[str, list[str]]]) -> st.SearchStrategy[Detail]:
    sub_assemblies = st.sampled_from(processes).flatmap(
        lambda process: st.builds(
            SubAssemblyDetail, process=st.just(process[0]), product=st.sampled_from(process[1])
        )
    )
    return {
        LineKind.FUEL: maybe(_fuels),
        LineKind.TRANSPORT: maybe(_transports),
        LineKind.DIRECT_EMISSION: _emissions,
        LineKind.SUB_ASSEMBLY: sub_assemblies,
        LineKind.RECYCLING: maybe(_recycling()),
        LineKind.BIOGENIC_CARBON: st.builds(BiogenicDetail, removal=st.booleans()),
        LineKind.ELECTRICITY: maybe(electricity(words, labels)),
    }.get(kind, st.none())


@st.composite
def _line(
    draw: st.DrawFn, label: str, stages: tuple[Stage, ...], processes: list[tuple[str, list[str]]], at: int
) -> Line:
    kind = draw(st.sampled_from(LineKind))
    stated = draw(maybe(_stated))
    amount = draw(quantities)
    return Line(
        id=label,
        stage=draw(st.sampled_from(stages)),
        kind=kind,
        item=draw(labels),
        quantity=Quantity(-amount.amount, amount.unit)
        if kind is LineKind.LAND_USE_CHANGE and draw(st.booleans())
        else amount,
        factor="" if stated else draw(words),
        factor_version=draw(words),
        stated=stated,
        detail=draw(_detail(kind, processes)),
        supplier=draw(words),
        evidence=draw(words),
        source=draw(words),
        data_source=draw(st.sampled_from(DataSource)),
        quality=draw(maybe(_quality)),
        uncertainty=draw(maybe(_uncertainty)),
        cut_off=draw(words),
        allocate_to=draw(st.sampled_from(["", *processes[at][1]])),
        note=draw(words),
        tags=tuple(draw(st.lists(st.text(string.ascii_letters, min_size=1, max_size=5), max_size=3))),
    )


@st.composite
def _period(draw: st.DrawFn) -> Period:
    start = draw(st.dates(date(1880, 1, 1), date(2100, 1, 1)))
    return Period(
        start=start.isoformat(), end=(start + timedelta(days=draw(st.integers(0, 900)))).isoformat()
    )


@st.composite
def _boundary(draw: st.DrawFn) -> SystemBoundary:
    """Stages in the order of life; their order in a study means nothing and a form has none."""
    kind = draw(st.sampled_from(BoundaryKind))
    inside = draw(st.sets(st.sampled_from(Stage), min_size=1)) if draw(st.booleans()) else STAGES_OF[kind]
    outside = draw(st.sets(st.sampled_from(Stage))) - set(inside)
    return SystemBoundary(
        kind=kind,
        stages=tuple(stage for stage in Stage if stage in inside),
        excluded=tuple(
            StageExclusion(stage=stage, reason=draw(labels)) for stage in Stage if stage in outside
        ),
        description=draw(words),
    )


@st.composite
def _credit_code(draw: st.DrawFn) -> str:
    body = "91510100" + draw(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9))
    return body + check_character(body)


@st.composite
def studies(draw: st.DrawFn, most_lines: int = 4) -> Study:
    boundary = draw(_boundary())
    made = [
        (name, draw(st.lists(labels, min_size=1, max_size=3, unique=True)))
        for name in draw(st.lists(labels, min_size=1, max_size=3, unique=True))
    ]
    count = draw(st.integers(0, most_lines))
    line_ids = draw(st.lists(labels, min_size=count, max_size=count, unique=True))
    lines: dict[int, list[Line]] = {}
    for label in line_ids:
        at = draw(st.integers(0, len(made) - 1))
        lines.setdefault(at, []).append(draw(_line(label, boundary.stages, made, at)))
    methods = [method for method in AllocationMethod if method is not AllocationMethod.NONE]
    processes = tuple(
        UnitProcess(
            id=name,
            name=draw(labels),
            outputs=tuple(
                Output(
                    product=product,
                    quantity=draw(outputs_of),
                    property_value=draw(maybe(numbers)),
                    avoided_factor=draw(words),
                )
                for product in products
            ),
            lines=tuple(lines.get(at, ())),
            allocation=draw(st.sampled_from(methods if len(products) > 1 else list(AllocationMethod))),
            allocation_reason=draw(words),
            controlled=draw(st.booleans()),
        )
        for at, (name, products) in enumerate(made)
    )
    whole = boundary.kind is BoundaryKind.CRADLE_TO_GRAVE
    changes = st.builds(
        LineChange,
        line=st.sampled_from(line_ids or ["-"]),
        amount=maybe(numbers),
        factor=maybe(labels),
        stated_value=st.floats(-1e6, 1e6),
    )
    return Study(
        id=draw(labels),
        product=Product(
            name=draw(labels), name_en=draw(words), model=draw(words), code=draw(words),
            specification=draw(words), manufacturer=draw(words),
            credit_code=draw(st.one_of(st.just(""), _credit_code())), site=draw(words),
            biogenic_carbon_kg=draw(maybe(numbers)),
        ),
        unit=ReferenceUnit(
            kind=draw(st.sampled_from(UnitKind)) if whole else UnitKind.DECLARED,
            quantity=draw(outputs_of),
            description=draw(words),
        ),
        boundary=boundary,
        period=draw(_period()),
        geography=draw(labels),
        processes=processes,
        goal=Goal(
            reason=draw(words), use=draw(words), audience=draw(words), comparison=draw(st.booleans()),
            commissioner=draw(words), author=draw(words),
        ),
        gwp=draw(st.sampled_from(["AR5", "AR6"])),
        rule=draw(words),
        scenarios=tuple(
            Scenario(
                id=name,
                name=draw(labels),
                changes=tuple(draw(st.lists(changes, max_size=2))) if line_ids else (),
                description=draw(words),
            )
            for name in draw(st.lists(labels, max_size=2, unique=True))
        ),
        assumptions=draw(words),
        limitations=draw(words),
        demonstration=draw(st.booleans()),
        note=draw(words),
        statements=draw(st.one_of(st.just(Statements()), statements(words, labels))),
    )  # fmt: skip
