"""Expressions: published examples of each dialect, agreement with Python, and refusals that say why."""

import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuji.errors import InvalidInput, Place, Problem
from zuji.model.lci.formulas import Dialect, Scope, evaluate, names_in, resolve, settle
from zuji.model.lci.processes import Parameter

CONVENTIONAL = Dialect.ILCD


def formula(name: str, text: str) -> Parameter:
    return Parameter(name=name, value=None, formula=text)


def code_of(text: str, dialect: Dialect = Dialect.OPENLCA, names: dict[str, float] | None = None) -> str:
    with pytest.raises(InvalidInput) as caught:
        evaluate(text, names or {}, dialect=dialect)
    return caught.value.problems[0].code


# The examples of the openLCA 2 manual and of the tests of its interpreter.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("-1", -1.0),
        ("2^3", 8.0),
        ("2^2^2", 16.0),
        ("2^3^2", 64.0),
        ("-2^2", 4.0),
        ("- 2  ^  - 3  *  8 ", -1.0),
        ("7 div 2", 3.0),
        ("7 mod 2", 1.0),
        ("2 * (7 div 2 + 2)", 10.0),
        ("+1+1", 2.0),
        ("-(-3)", 3.0),
        ("1+sum(1.5 + 1 + sum())", 3.5),
        ("7-sum(-1.5 - 1 - sum(-1))", 8.5),
        ("1 = 1", 1.0),
        ("1 <> 2", 1.0),
        ("2 < 2", 0.0),
        ("true() & false()", 0.0),
        ("true() | true()", 1.0),
        ("true xor true", 0.0),
        ("and(1<2;2>1)", 1.0),
        ("or(1<2;2<1)", 1.0),
        ("not(false)", 1.0),
        ("avg(1;2;3)", 2.0),
        ("ceil(2.2)", 3.0),
        ("floor(2.7)", 2.0),
        ("frac(2.7)", 0.7),
        ("if(1>2;1;2)", 2.0),
        ("IIF(1>2;1;2)", 2.0),
        ("ipower(4;2)", 16.0),
        ("ln(7.38905609893065)", 2.0),
        ("lg(1000)", 3.0),
        ("log(1000)", 3.0),
        ("max(1;2;3)", 3.0),
        ("min(1,2,3)", 1.0),
        ("power(4;2.2)", 21.112126572366314),
        ("round(2.5)", 3.0),
        ("round(-2.5)", -2.0),
        ("sqr(2)", 4.0),
        ("tanh(0.5)", 0.46211715726),
        ("cotan(pi/4)", 1.0),
        ("trunc(-2.7)", -2.0),
        ("acos(-1)", math.pi),
        ("1e3 + .5 + 2. + 1.5E-1", 1002.65),
    ],
)
def test_openlca(text: str, expected: float) -> None:
    assert evaluate(text, {}) == pytest.approx(expected, abs=1e-9)


def test_the_great_circle_from_berlin_to_brussels() -> None:
    values = resolve(
        [
            formula("d", "re * arccos(sin(b_a) * sin(b_b) + cos(b_a) * cos(b_b) * cos(l_b-l_a))"),
            formula("b_a", "52.52 * pi/180"),
            formula("l_a", "13.41 * pi/180"),
            formula("b_b", "50.85 * pi/180"),
            formula("l_b", "4.35 * pi/180"),
            Parameter(name="RE", value=6378.0),
        ]
    )
    assert values["d"] == pytest.approx(651.81, abs=0.01)


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("Iff(Share > 0.5, 2, 3)", Dialect.SIMAPRO, 2.0),
        ("IFF(share > 0,5; 2,5; 3)", Dialect.SIMAPRO_COMMA, 2.5),
        ("1,5E-1*SHARE", Dialect.SIMAPRO_COMMA, 0.12),
        ("(2+3)^2*2^-1", Dialect.SIMAPRO, 12.5),
        ("-2^2", Dialect.SIMAPRO, -4.0),
        ("2^3^2", Dialect.SIMAPRO, 512.0),
        ("7 % 4", Dialect.SIMAPRO, 3.0),
        ("2 IF share == 0.8 ELSE 1", Dialect.SIMAPRO, 2.0),
        ("2 IF(share == 0.8 AND share > 1) ELSE 5", Dialect.SIMAPRO, 5.0),
        ("1 + (2 IF share = 1 ELSE 3 IF share = 2 ELSE Iff(share < 1, 7, 8)) * 2", Dialect.SIMAPRO, 15.0),
        ("Iff(share>0, 1/share, 0) IF share<>0 ELSE 9", Dialect.SIMAPRO, 1.25),
        ("MAX(1;MAX(2;5))", Dialect.SIMAPRO, 5.0),
        ("Round(2.5)", Dialect.SIMAPRO, 2.0),
        ("power(2;3) + sqrt(4) + Ln(exp(1))", Dialect.ECOSPOLD2, 11.0),
        ("if(share>0,5;1;2)".replace("0,5", "0.5"), Dialect.ECOSPOLD2, 1.0),
        ("IF(share>0.5, 1, 2)", Dialect.ECOSPOLD2, 1.0),
        ("50%*4", Dialect.ECOSPOLD2, 2.0),
        ("UnitConversion(2; 'kWh'; 'MJ')", Dialect.ECOSPOLD2, 7.2),
        ("1 * UnitConversion(152000000, 'pound avoirdupois', 'kg')", Dialect.ECOSPOLD2, 68946040.24),
        ("Ref('a-b') + Ref('a-b', 'ProductionVolume')", Dialect.ECOSPOLD2, 42.0),
        ("用电量*2", Dialect.ILCD, 6.0),
        ("not share > 1 and 1", Dialect.ILCD, 1.0),
        ("2**3", Dialect.ILCD, 8.0),
    ],
)
def test_other_dialects(text: str, dialect: Dialect, expected: float) -> None:
    names = {"share": 0.8, "用电量": 3.0, "Ref(a-b)": 2.0, "Ref(a-b;ProductionVolume)": 40.0}
    assert evaluate(text, names, dialect=dialect) == pytest.approx(expected, rel=1e-12)


def test_a_branch_not_taken_is_not_evaluated() -> None:
    assert evaluate("if(x=0; 0; 1/x)", {"x": 0}) == 0
    assert evaluate("x<>0 & 1/x > 2", {"x": 0}) == 0
    assert evaluate("or(x=0; 1/x>2; ln(x)>1)", {"x": 0}) == 1
    assert evaluate("1 + if(x>0 | 1/0; 2; 3) * 2", {"x": 1}) == 5


def test_names() -> None:
    assert names_in("A*b + max(pi; c_1$) - e^A") == {"A", "b", "c_1$"}
    assert names_in("Ref('x', 'y')*a", Dialect.ECOSPOLD2) == {"Ref(x;y)", "a"}
    assert evaluate("e + E", {"e": 1.0, "E": 2.0}) == 3.0
    assert evaluate("E", {"e": 5.0}) == 5.0
    assert evaluate("Pi", {}) == math.pi
    assert evaluate("a+B", Scope({"A": 1.0, "b": 2.0})) == 3.0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "formula.syntax"),
        ("1 +", "formula.syntax"),
        ("(1", "formula.syntax"),
        ("1)", "formula.syntax"),
        ("2 3", "formula.syntax"),
        ("2x", "formula.syntax"),
        ("1;2", "formula.syntax"),
        ("max(1;)", "formula.syntax"),
        ("1 # 2", "formula.character"),
        ("'kg'", "formula.character"),
        ("x", "formula.unknown_name"),
        ("__import__('os')", "formula.character"),
        ("__import__(os)", "formula.unknown_function"),
        ("().__class__", "formula.character"),
        ("random()", "formula.random"),
        ("sqrt(1;2)", "formula.arguments"),
        ("if(1;2)", "formula.arguments"),
        ("1/0", "formula.division_by_zero"),
        ("7 mod 0", "formula.undefined"),
        ("7 div 0.2", "formula.division_by_zero"),
        ("ln(0)", "formula.undefined"),
        ("(-8)^(1/3)", "formula.undefined"),
        ("9^9^9^9", "formula.not_finite"),
        ("1/(1e308*10)", "formula.not_finite"),
        ("1e999", "formula.not_finite"),
        ("a+A+aA", "formula.unknown_name"),
        ("(" * 5000 + "1" + ")" * 5000, "formula.too_deep"),
        ("-" * 5000 + "1", "formula.too_deep"),
        ("if(1;" * 3000 + "1", "formula.too_deep"),
        ("1" * 20001, "formula.too_long"),
    ],
)
def test_refusals(text: str, code: str) -> None:
    assert code_of(text, names={"a": 1.0}) == code


@pytest.mark.parametrize("dialect", [Dialect.SIMAPRO, Dialect.SIMAPRO_COMMA, Dialect.ECOSPOLD2])
def test_a_logarithm_whose_base_is_not_settled_is_refused(dialect: Dialect) -> None:
    assert code_of("log(10)", dialect) == "formula.unknown_function"


def test_two_names_that_differ_in_case_only_are_ambiguous_elsewhere() -> None:
    assert code_of("share", names={"Share": 1.0, "SHARE": 2.0}) == "formula.ambiguous_name"


def test_units_that_do_not_convert() -> None:
    assert code_of("UnitConversion(1;'kg';'MJ')", Dialect.ECOSPOLD2) == "formula.units"
    assert code_of("UnitConversion(1;'kg';'blob')", Dialect.ECOSPOLD2) == "formula.units"


def test_a_refusal_says_where() -> None:
    place = Place(file="a.csv", row=7)
    with pytest.raises(InvalidInput) as caught:
        evaluate("2 * missing", {}, place=place)
    (problem,) = caught.value.problems
    assert problem.place == place
    assert "missing" in problem.what.zh
    assert "missing" in problem.what.en


# Python's own arithmetic is the oracle; both sides see the same text.
_numbers = st.floats(0.01, 100).map(lambda x: repr(round(x, 3)))


def _combine(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    arithmetic, comparing = ["+", "-", "*", "/", "**"], ["<", "<=", "==", "!="]
    return st.one_of(
        st.tuples(inner, st.sampled_from(arithmetic), inner).map(" ".join),
        st.tuples(inner, st.sampled_from(arithmetic + comparing), inner).map(
            lambda p: f"({p[0]} {p[1]} {p[2]})"
        ),
        inner.map(lambda x: f"-{x}"),
        inner.map(lambda x: f"({x})"),
        inner.map(lambda x: f"abs({x})"),
        st.tuples(inner, inner).map(lambda p: f"max({p[0]}, {p[1]})"),
    )


_arithmetic = st.recursive(_numbers | st.sampled_from(["x", "y"]), _combine, max_leaves=20)


@given(_arithmetic)
@settings(max_examples=400, deadline=None)
def test_agrees_with_python(text: str) -> None:
    names = {"x": 1.5, "y": -2.0}
    try:
        expected = eval(text, {"__builtins__": {}, "max": max, "abs": abs}, names)
        expected = None if isinstance(expected, complex) else float(expected)
    except (ArithmeticError, TypeError):
        expected = None
    try:
        found = evaluate(text, names, dialect=CONVENTIONAL)
    except InvalidInput:
        # Infinite and complex steps inside a finite whole are refused on purpose.
        return
    assert expected is not None
    assert found == pytest.approx(expected, rel=1e-12, abs=0)


@given(_arithmetic, st.sampled_from(list(Dialect)))
@settings(max_examples=200, deadline=None)
def test_brackets_around_everything_change_nothing(text: str, dialect: Dialect) -> None:
    def value(of: str) -> float | str:
        try:
            return evaluate(of, {"x": 1.5, "y": -2.0}, dialect=dialect)
        except InvalidInput as error:
            return error.problems[0].code

    assert value(f"(({text}))") == value(text)


_fragments = st.lists(
    st.sampled_from(
        [
            "if(",
            "Iff(",
            "IF",
            "ELSE",
            "(",
            ")",
            ";",
            ",",
            "1",
            "1,5",
            ".5",
            "x",
            "-",
            "+",
            "*",
            "/",
            "^",
            "%",
            "and",
            "or",
            "not",
            "div",
            "mod",
            "=",
            "<",
            "max(",
            "Ref('a')",
            "UnitConversion(",
            "'kg'",
            "e",
            "1e9",
        ]
    ),
    max_size=30,
).map(" ".join)


@given(st.text(max_size=80) | _fragments, st.sampled_from(list(Dialect)))
@settings(max_examples=800, deadline=None)
def test_any_text_gives_a_finite_number_or_a_refusal(text: str, dialect: Dialect) -> None:
    problems: tuple[Problem, ...] = ()
    found = 0.0
    try:
        found = evaluate(text, {"x": 2.0, "Ref(a)": 1.0}, dialect=dialect)
    except InvalidInput as error:
        problems = error.problems
    assert all(each.what.zh and each.what.en and each.cure.zh for each in problems)
    assert isinstance(found, float)
    assert math.isfinite(found)


def test_time_grows_with_length_only() -> None:
    def seconds(text: str) -> float:
        start = time.perf_counter()
        with pytest.raises(InvalidInput):
            evaluate(text, {})
        return time.perf_counter() - start

    for piece in ("1+", "9^", "-", "if(1;2;3)*", "((((((", "x IF y ELSE "):
        assert seconds((piece * 20000)[:19000]) < 2.0
    assert evaluate("+".join("1" * 9999), {}) == 9999.0


# resolve


@given(st.permutations(range(12)))
def test_the_order_of_parameters_does_not_matter(order: list[int]) -> None:
    chain = [Parameter(name="p0", value=2.0)] + [formula(f"p{i}", f"P{i - 1} + {i}") for i in range(1, 12)]
    values = resolve([chain[i] for i in order])
    assert values == {f"p{i}": 2.0 + i * (i + 1) / 2 for i in range(12)}


def test_a_long_chain_needs_no_stack() -> None:
    parameters = [formula(f"p{i}", f"p{i + 1}+1") for i in range(20000)] + [
        Parameter(name="p20000", value=0.0)
    ]
    assert resolve(parameters)["p0"] == 20000.0


def test_parameters_hide_given_names() -> None:
    values = resolve([formula("A", "b+1"), formula("c", "a*d")], {"a": 100.0, "B": 1.0, "d": 10.0})
    assert values == {"B": 1.0, "d": 10.0, "A": 2.0, "c": 20.0}
    assert evaluate("a", values) == 2.0


def test_a_formula_counts_more_than_a_value() -> None:
    assert resolve([Parameter(name="a", value=7.0, formula="1+1")]) == {"a": 2.0}


def test_cycles_name_their_chain() -> None:
    with pytest.raises(InvalidInput) as caught:
        resolve([formula("a", "b"), formula("b", "C*2"), formula("c", "a+1"), formula("d", "d")])
    first, second = caught.value.problems
    assert first.code == second.code == "formula.cycle"
    assert "a → b → c → a" in first.what.en
    assert second.place.field == "d"


def test_every_parameter_at_fault_is_named_once() -> None:
    place = Place(file="x.csv")
    with pytest.raises(InvalidInput) as caught:
        resolve(
            [
                formula("top", "half*2"),
                formula("half", "1/zero"),
                Parameter(name="zero", value=0.0),
                formula("big", "10^400"),
                formula("lost", "nowhere+1"),
                formula("broken", "1+"),
                Parameter(name="empty", value=None),
                Parameter(name="nan", value=math.nan),
                formula("fine", "zero+1"),
            ],
            place=place,
        )
    found = {problem.place.field: problem.code for problem in caught.value.problems}
    assert found == {
        "half": "formula.division_by_zero",
        "big": "formula.not_finite",
        "lost": "formula.unknown_name",
        "broken": "formula.syntax",
        "empty": "formula.no_value",
        "nan": "formula.no_value",
    }
    assert all(problem.place.file == "x.csv" for problem in caught.value.problems)
    assert "top → half" in caught.value.problems[0].what.zh


def test_a_name_that_occurs_twice_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        resolve([Parameter(name="a", value=1.0), Parameter(name="a", value=2.0)])
    assert caught.value.problems[0].code == "formula.duplicate"


@given(
    st.dictionaries(st.sampled_from("abcdfg"), st.lists(st.sampled_from("abcdfg"), max_size=3), min_size=1)
)
def test_resolve_ends_with_all_numbers_or_a_refusal(needs: dict[str, list[str]]) -> None:
    parameters = [formula(name, "+".join(["1", *needed])) for name, needed in needs.items()]
    blamed: set[str] = set()
    values: dict[str, float] = {}
    try:
        values = resolve(parameters)
    except InvalidInput as error:
        blamed = {problem.place.field for problem in error.problems}
    assert bool(blamed) != bool(values)
    assert blamed <= set(needs)
    for name in values:
        assert values[name] == 1 + sum(values[each] for each in needs[name])


def test_settle_gives_what_it_can() -> None:
    parameters = [
        formula("a", "b+1"),
        formula("b", "1/0"),
        formula("c", "d*2"),
        Parameter(name="d", value=4.0),
    ]
    values, problems = settle(parameters, {"e": 1.0})
    assert values == {"c": 8.0, "d": 4.0, "e": 1.0}
    # a needs b, and b has the only problem
    assert [problem.place.field for problem in problems] == ["b"]
