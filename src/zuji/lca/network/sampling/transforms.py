# ruff: noqa: ARG001, ARG005 - the compiler hands every generator four arguments, needed or not
"""Random words and the two functions that make samples of them, for sixteen draws at a time.

Threefry-2x32 with twenty rounds (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
3", SC'11) turns a key and a counter into two words of 32 bits. The key is an entry's, the counter a pair of
draws: so the value of an entry in a draw needs nothing but these, and is the same in every thread, block and
machine. The polynomials were fitted for this module; each states its error. They are summed in pairs, because
a chain of multiplications would wait for itself.
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
    v2 = v * v
    v4 = v2 * v2
    n0 = np.float32(1.253314123708901) + np.float32(0.44762235869032363) * v
    n1 = np.float32(0.09113297137924092) + np.float32(0.012557614475123288) * v
    n2 = np.float32(0.001143696344731579) + np.float32(6.009517484764858e-05) * v
    n3 = np.float32(1.9646280508221843e-07)
    n = (n0 + n1 * v2) + (n2 + n3 * v2) * v4
    d0 = np.float32(1.0) + np.float32(0.09535126730833123) * v
    d1 = np.float32(0.03472008357516326) + np.float32(0.0023196405616551065) * v
    d2 = np.float32(0.0002505682027767492) + np.float32(3.810621843862987e-06) * v
    d = (d0 + d1 * v2) + d2 * v4
    z = x * (n / d)
    return -z if flipped < np.int32(0) else z


@compiled
def logarithm(x: Any) -> Any:
    """ln x of a positive, normal float32; error below 2e-7 of max(|ln x|, 0.05)."""
    pattern = bits(x)
    # mantissa to [sqrt ½, sqrt 2)
    power = np.int32(np.int32(pattern - np.int32(0x3F3504F3)) >> np.int32(23))
    t = _float(np.int32(pattern - np.int32(power << np.int32(23)))) - np.float32(1.0)
    t2 = t * t
    t4 = t2 * t2
    p0 = np.float32(-0.4999999160912182) + np.float32(0.33333950248231303) * t
    p1 = np.float32(-0.2500175487897021) + np.float32(0.19962070812665836) * t
    p2 = np.float32(-0.16570517374722937) + np.float32(0.14917997218224185) * t
    p3 = np.float32(-0.1430746142220812) + np.float32(0.08734699070644193) * t
    p = (p0 + p1 * t2) + (p2 + p3 * t2) * t4
    return np.float32(power) * np.float32(0.6931471805599453) + (t + t2 * p)


@compiled
def exponential(x: Any) -> Any:
    """e^x in float32, relative error below 2e-7 plus that of x; arguments beyond ±87 are held there."""
    x = min(max(x, np.float32(-87.0)), np.float32(87.0))
    shifted = x * np.float32(1.4426950408889634) + np.float32(12582912.0)  # rounds to a whole number
    power = shifted - np.float32(12582912.0)
    r = x - power * np.float32(0.693145751953125)
    r = r - power * np.float32(1.428606765330187e-06)
    r2 = r * r
    r4 = r2 * r2
    p0 = np.float32(1.0) + np.float32(1.0) * r
    p1 = np.float32(0.49999992) + np.float32(0.16666419) * r
    p2 = np.float32(0.04166823) + np.float32(0.0083749) * r
    p3 = np.float32(0.00138367)
    p = (p0 + p1 * r2) + (p2 + p3 * r2) * r4
    return p * _float(np.int32(np.int32(np.int32(power) + np.int32(127)) << np.int32(23)))
