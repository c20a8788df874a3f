# ruff: noqa: ARG001, ARG005 - the compiler hands every generator four arguments, needed or not
"""Random words and the two functions that make samples of them, for sixteen draws at a time.

Threefry-2x32 with twenty rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
3", SC'11) turns a key and a counter into two words of 32 bits. The key is an entry's, the counter a pair of
draws: so the value of an entry in a draw needs nothing but these, and is the same in every thread, block and
machine. The polynomials were fitted for this module; each states its error.
"""

from collections.abc import Callable
from typing import Any, cast

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit, types
from numba.extending import intrinsic

compiled = njit(
    cache=True, nogil=True, boundscheck=False, error_model="numpy", fastmath={"contract", "nsz", "arcp"}
)
_operation = cast("Callable[[Any], Callable[..., Any]]", intrinsic)


@_operation
def bits(typing: Any, number: types.Float) -> Any:
    """The bits of a float32 as int32."""
    return types.int32(types.float32), lambda context, builder, signature, args: builder.bitcast(
        args[0], ir.IntType(32)
    )


@_operation
def _float(typing: Any, bits: types.Integer) -> Any:
    """The float32 of these bits."""
    return types.float32(types.int32), lambda context, builder, signature, args: builder.bitcast(
        args[0], ir.FloatType()
    )


@compiled
def _mix(x0: Any, x1: Any, a: Any, b: Any, c: Any, d: Any) -> Any:
    """Four rounds."""
    x0 = np.uint32(x0 + x1)
    x1 = np.uint32(np.uint32(x1 << np.uint32(a)) | np.uint32(x1 >> np.uint32(32 - a))) ^ x0
    x0 = np.uint32(x0 + x1)
    x1 = np.uint32(np.uint32(x1 << np.uint32(b)) | np.uint32(x1 >> np.uint32(32 - b))) ^ x0
    x0 = np.uint32(x0 + x1)
    x1 = np.uint32(np.uint32(x1 << np.uint32(c)) | np.uint32(x1 >> np.uint32(32 - c))) ^ x0
    x0 = np.uint32(x0 + x1)
    x1 = np.uint32(np.uint32(x1 << np.uint32(d)) | np.uint32(x1 >> np.uint32(32 - d))) ^ x0
    return x0, x1


@compiled
def threefry(k0: Any, k1: Any, c0: Any, c1: Any) -> Any:
    """Two random words (uint32) of a key and a counter, two words (uint32) each."""
    k2 = np.uint32(k0 ^ k1 ^ np.uint32(0x1BD11BDA))
    x0, x1 = _mix(np.uint32(c0 + k0), np.uint32(c1 + k1), 13, 15, 26, 6)
    x0, x1 = _mix(np.uint32(x0 + k1), np.uint32(x1 + k2 + np.uint32(1)), 17, 29, 16, 24)
    x0, x1 = _mix(np.uint32(x0 + k2), np.uint32(x1 + k0 + np.uint32(2)), 13, 15, 26, 6)
    x0, x1 = _mix(np.uint32(x0 + k0), np.uint32(x1 + k1 + np.uint32(3)), 17, 29, 16, 24)
    x0, x1 = _mix(np.uint32(x0 + k1), np.uint32(x1 + k2 + np.uint32(4)), 13, 15, 26, 6)
    return np.uint32(x0 + k2), np.uint32(x1 + k0 + np.uint32(5))


@compiled
def sides(word: Any) -> Any:
    """(u, 1 - u) as float32 of u = (word + 1/2) / 2³²; the smaller is exact to rounding, neither is 0."""
    flipped = np.int32(np.uint32(word) ^ np.uint32(0x80000000))
    near = np.int32(flipped ^ np.int32(flipped >> np.int32(31)))  # distance from the middle
    small = (np.float32(np.int32(np.int32(2147483647) - near)) + np.float32(0.5)) * np.float32(2.0**-32)
    large = np.float32(1.0) - small
    return (small, large) if flipped < np.int32(0) else (large, small)


@compiled
def normal(word: Any) -> Any:
    """The standard normal deviate at u = (word + 1/2) / 2³², float32, relative error below 5e-7, |z| < 6.4.

    With x = 2u - 1 and v = -ln(1 - x²), z = x · N(v) / D(v); N and D are a minimax fit, error 1.1e-8.
    """
    flipped = np.int32(np.uint32(word) ^ np.uint32(0x80000000))
    near = np.int32(flipped ^ np.int32(flipped >> np.int32(31)))
    away = (np.float32(np.int32(np.int32(2147483647) - near)) + np.float32(0.5)) * np.float32(2.0**-31)
    x = (np.float32(near) + np.float32(0.5)) * np.float32(2.0**-31)
    v = -logarithm(away * (np.float32(2.0) - away))
    n = np.float32(1.9646280508221843e-07)
    n = n * v + np.float32(6.009517484764858e-05)
    n = n * v + np.float32(0.001143696344731579)
    n = n * v + np.float32(0.012557614475123288)
    n = n * v + np.float32(0.09113297137924092)
    n = n * v + np.float32(0.44762235869032363)
    n = n * v + np.float32(1.253314123708901)
    d = np.float32(3.810621843862987e-06)
    d = d * v + np.float32(0.0002505682027767492)
    d = d * v + np.float32(0.0023196405616551065)
    d = d * v + np.float32(0.03472008357516326)
    d = d * v + np.float32(0.09535126730833123)
    d = d * v + np.float32(1.0)
    z = x * (n / d)
    return -z if flipped < np.int32(0) else z


@compiled
def logarithm(x: Any) -> Any:
    """ln x of a positive, normal float32; error below 2e-7 of max(|ln x|, 0.05)."""
    pattern = bits(x)
    # mantissa to [sqrt ½, sqrt 2)
    power = np.int32(np.int32(pattern - np.int32(0x3F3504F3)) >> np.int32(23))
    t = _float(np.int32(pattern - np.int32(power << np.int32(23)))) - np.float32(1.0)
    p = np.float32(0.08734699070644193)
    p = p * t + np.float32(-0.1430746142220812)
    p = p * t + np.float32(0.14917997218224185)
    p = p * t + np.float32(-0.16570517374722937)
    p = p * t + np.float32(0.19962070812665836)
    p = p * t + np.float32(-0.2500175487897021)
    p = p * t + np.float32(0.33333950248231303)
    p = p * t + np.float32(-0.4999999160912182)
    return np.float32(power) * np.float32(0.6931471805599453) + (t + t * t * p)


@compiled
def exponential(x: Any) -> Any:
    """e^x in float32, relative error below 2e-7 plus that of x; arguments beyond ±87 are held there."""
    x = min(max(x, np.float32(-87.0)), np.float32(87.0))
    shifted = x * np.float32(1.4426950408889634) + np.float32(12582912.0)  # rounds to a whole number
    power = shifted - np.float32(12582912.0)
    r = x - power * np.float32(0.693145751953125)
    r = r - power * np.float32(1.428606765330187e-06)
    p = np.float32(0.00138367)
    p = p * r + np.float32(0.0083749)
    p = p * r + np.float32(0.04166823)
    p = p * r + np.float32(0.16666419)
    p = p * r + np.float32(0.49999992)
    p = p * r + np.float32(1.0)
    p = p * r + np.float32(1.0)
    return p * _float(np.int32(np.int32(np.int32(power) + np.int32(127)) << np.int32(23)))
