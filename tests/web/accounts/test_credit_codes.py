"""The unified social credit code, against published codes and their slips of the pen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.factories.accounts import credit_code
from zuji.model.credit_codes import credit_code_problems, tidy_credit_code
from zuji.model.organisations import valid_credit_code

# Codes that their holders print on their own licences and reports.
KNOWN = ["91440300708461136T", "914403001922038216", "91350100M000100Y43"]


@pytest.mark.parametrize("code", KNOWN)
def test_published_codes_are_accepted(code: str) -> None:
    assert not credit_code_problems(code)


def test_a_code_may_be_typed_untidily() -> None:
    assert tidy_credit_code(" 9144 0300-7084 61136t ") == "91440300708461136T"
    assert tidy_credit_code("９１４４０３００７０８４６１１３６Ｔ") == "91440300708461136T"
    assert not credit_code_problems("9144 0300 7084 6113 6t")


def test_the_length_is_said() -> None:
    (problem,) = credit_code_problems("9144030070846113")
    assert problem.code == "credit_code_length"
    assert "16" in problem.what.zh


def test_a_letter_that_never_occurs_is_located() -> None:
    problems = credit_code_problems("9144030070846113OT")
    assert [problem.code for problem in problems] == ["credit_code_character"]
    assert "第 17 位" in problems[0].what.zh
    assert problems[0].place.field == "credit_code"


def test_a_letter_among_the_digits_of_the_division_is_located() -> None:
    (problem,) = credit_code_problems("91A40300708461136T")
    assert "第 3 位" in problem.what.zh


def test_a_wrong_digit_is_narrowed_down_to_its_half() -> None:
    (inside,) = credit_code_problems("91440300718461136T")
    assert "第 9 至 17 位" in inside.what.zh
    (outside,) = credit_code_problems("91441300708461136T")
    assert "第 1 至 8 位" in outside.what.zh


@given(st.integers(0, 999_999), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_is_always_noticed(number: int, position: int, letter: str) -> None:
    code = credit_code(number)
    assert valid_credit_code(code)
    wrong = code[:position] + letter + code[position + 1 :]
    assert bool(credit_code_problems(wrong)) == (wrong != code)


@given(st.text(max_size=24))
def test_nothing_typed_breaks_the_check(text: str) -> None:
    assert isinstance(credit_code_problems(text), tuple)
