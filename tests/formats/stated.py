"""Random statements and treatments of electricity, for `tests.formats.studies`."""

import string

from hypothesis import strategies as st

from zuji.model.lines import ElectricityDetail, ElectricityTreatment, EnergyCertificate
from zuji.model.quantities import Quantity
from zuji.model.statements import (
    Apart,
    Balance,
    BalanceKind,
    Comparison,
    Inclusions,
    Interpretation,
    Offset,
    Profile,
    Reasons,
    RecyclingProcedure,
    Review,
    ReviewKind,
    Statements,
    Tracking,
)

Texts = st.SearchStrategy[str]
_numbers = st.floats(-1e12, 1e12, allow_subnormal=False)
_amounts = st.floats(0, 1e15, allow_subnormal=False)
_quantities = st.builds(Quantity, _amounts, st.sampled_from(["kg", "t", "kWh", "MJ"]))
_ids = st.lists(st.text(string.ascii_letters, min_size=1, max_size=5), max_size=3).map(tuple)
_maybe_true = st.sampled_from([None, True, False])


def electricity(words: Texts, labels: Texts) -> st.SearchStrategy[ElectricityDetail]:
    """Every treatment with flags, certificates and location factor; `labels` are not empty."""
    certificates = st.builds(
        EnergyCertificate,
        number=labels,
        kwh=_amounts,
        cancelled_on=words,
        cancelled_for=words,
        generated=words,
    )
    return st.builds(
        ElectricityDetail,
        treatment=st.sampled_from(ElectricityTreatment),
        attributes=st.booleans(),
        sole_claim=st.booleans(),
        tracked=st.booleans(),
        close_in_time=st.booleans(),
        same_market=st.booleans(),
        certificates=st.lists(certificates, max_size=2).map(tuple),
        attributes_sold=_maybe_true,
        location_factor=words,
    )


def statements(words: Texts, labels: Texts) -> st.SearchStrategy[Statements]:
    """Everything that can be stated; `labels` are not empty."""
    profile = st.builds(Profile, id=words, description=words, source=words, alternatives=_ids)
    number = st.one_of(st.none(), _numbers)
    balance = st.builds(
        Balance,
        process=labels,
        kind=st.sampled_from(BalanceKind),
        inputs=_quantities,
        outputs=_quantities,
        note=words,
    )
    review = st.builds(
        Review,
        kind=st.sampled_from(ReviewKind),
        reviewer=labels,
        organisation=words,
        independent=st.booleans(),
        date=words,
        level=words,
        standard=words,
        conclusion=words,
    )
    tracking = st.builds(
        Tracking,
        period=labels,
        total=_numbers,
        unit=_quantities,
        rule=words,
        boundary=words,
        recalculated=st.booleans(),
        reason=words,
    )
    comparison = st.builds(
        Comparison,
        product=labels,
        total=_numbers,
        unit=_quantities,
        rule=words,
        source=words,
        disclosed=st.booleans(),
        boundary=words,
        gwp=words,
    )
    return st.builds(
        Statements,
        inclusions=st.builds(Inclusions, **dict.fromkeys(Inclusions.__slots__, _maybe_true)),
        reasons=st.builds(Reasons, **dict.fromkeys(Reasons.__slots__, words)),
        gases=_ids,
        use=profile,
        end_of_life=profile,
        recycling=st.sampled_from(RecyclingProcedure),
        balances=st.lists(balance, max_size=2).map(tuple),
        apart=st.builds(Apart, **{**dict.fromkeys(Apart.__slots__, number), "note": words}),
        offsets=st.lists(st.builds(Offset, amount=_numbers, certificate=words, source=words), max_size=2).map(
            tuple
        ),
        tracking=st.one_of(st.none(), tracking),
        comparison=st.one_of(st.none(), comparison),
        reviews=st.lists(review, max_size=2).map(tuple),
        interpretation=st.builds(Interpretation, **dict.fromkeys(Interpretation.__slots__, words)),
    )
