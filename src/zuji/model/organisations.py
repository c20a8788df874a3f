"""How organisations are named in law."""

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {letter: value for value, letter in enumerate(_ALPHABET)}
_WEIGHTS = tuple(3**position % 31 for position in range(17))


def check_character(body: str) -> str:
    """The 18th character for the first 17 of a unified social credit code.

    GB 32100-2015: C18 = 31 − Σ(Ci·Wi) mod 31 with Wi = 3^(i−1) mod 31, over the 31
    characters 0-9 and A-Z without I, O, S, V, Z; 31 counts as 0. Raises `KeyError` for another
    character and `ValueError` for another length.
    """
    total = sum(_VALUE[letter] * weight for letter, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def valid_credit_code(code: str) -> bool:
    """Whether `code` is a unified social credit code: 18 characters of its alphabet, the last one right."""
    if len(code) != 18 or any(letter not in _VALUE for letter in code):
        return False
    # 3-8 of the structure is the registration authority's administrative division: six digits
    return code[2:8].isdigit() and check_character(code[:17]) == code[17]
