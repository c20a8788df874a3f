# ruff: noqa: ARG001, ARG005 - the compiler hands every generator four arguments, needed or not
"""Sixteen samples side by side: a value of the compiled language that lives in vector registers.

The compiler does not see by itself that a running total of sixteen samples may stay in registers while rows
of other arrays are read (it fears that they overlap in memory), and updates them one by one: 1.7 ms a pass
over 200,000 links against 0.7 ms with these few operations. All arrays are [rows, 16], contiguous, float32 or
float64; rows are counted unsigned and are not checked.
"""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic, models, register_model

LANES = 16

_operation = cast("Callable[[Any], Callable[..., Any]]", intrinsic)


class Lanes(types.Type):
    """The type of sixteen floats in registers."""

    def __init__(self, dtype: Any) -> None:
        self.dtype = dtype
        super().__init__(name=f"Lanes({dtype})")


@register_model(Lanes)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, kind: Lanes) -> None:
        number = ir.FloatType() if kind.dtype.bitwidth == 32 else ir.DoubleType()
        super().__init__(manager, kind, ir.VectorType(number, LANES))  # type: ignore[no-untyped-call]


def _row(context: Any, builder: Any, kind: types.Array, array: Any, row: Any) -> Any:
    """Pointer to the sixteen numbers of a row."""
    from numba.np.arrayobj import make_array

    data = make_array(kind)(context, builder, array).data  # type: ignore[no-untyped-call]
    first = builder.gep(data, [builder.mul(row, ir.Constant(row.type, LANES))])
    number = data.type.pointee
    return builder.bitcast(first, ir.VectorType(number, LANES).as_pointer())


def _call(builder: Any, name: str, args: Any) -> Any:
    """A function of the compiler's own on vectors."""
    vector = args[0].type
    width = 32 if vector.element == ir.FloatType() else 64
    kind = ir.FunctionType(vector, [vector] * len(args))
    named = f"llvm.{name}.v{LANES}f{width}"
    function = cgutils.get_or_insert_function(builder.module, kind, named)  # type: ignore[no-untyped-call]
    return builder.call(function, args)


@_operation
def load(typing: Any, array: types.Array, row: types.Integer) -> Any:
    """The sixteen numbers of a row."""
    kind = Lanes(array.dtype)

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        index = context.cast(builder, args[1], signature.args[1], types.uint64)
        place = _row(context, builder, signature.args[0], args[0], index)
        return builder.load(place, align=signature.args[0].dtype.bitwidth // 8)

    return kind(array, row), code


@_operation
def store(typing: Any, array: types.Array, row: types.Integer, value: Lanes) -> Any:
    """Writes sixteen numbers to a row."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        index = context.cast(builder, args[1], signature.args[1], types.uint64)
        place = _row(context, builder, signature.args[0], args[0], index)
        builder.store(args[2], place, align=signature.args[0].dtype.bitwidth // 8)
        return context.get_dummy_value()

    return types.void(array, row, value), code


@_operation
def spread(typing: Any, number: types.Float) -> Any:
    """One number, sixteen times."""
    kind = Lanes(number)

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        vector = context.get_value_type(signature.return_type)
        one = builder.insert_element(
            ir.Constant(vector, ir.Undefined), args[0], ir.Constant(ir.IntType(32), 0)
        )
        mask = ir.Constant(ir.VectorType(ir.IntType(32), LANES), [0] * LANES)
        return builder.shuffle_vector(one, ir.Constant(vector, ir.Undefined), mask)

    return kind(number), code


@_operation
def add(typing: Any, a: Lanes, b: Lanes) -> Any:
    """a + b."""
    return a(a, b), lambda context, builder, signature, args: builder.fadd(*args)


@_operation
def subtract(typing: Any, a: Lanes, b: Lanes) -> Any:
    """a - b."""
    return a(a, b), lambda context, builder, signature, args: builder.fsub(*args)


@_operation
def multiply(typing: Any, a: Lanes, b: Lanes) -> Any:
    """a · b."""
    return a(a, b), lambda context, builder, signature, args: builder.fmul(*args)


@_operation
def divide(typing: Any, a: Lanes, b: Lanes) -> Any:
    """a / b."""
    return a(a, b), lambda context, builder, signature, args: builder.fdiv(*args)


@_operation
def multiply_add(typing: Any, a: Lanes, b: Lanes, c: Lanes) -> Any:
    """a · b + c, rounded once."""
    return a(a, b, c), lambda context, builder, signature, args: _call(builder, "fma", args)


@_operation
def size(typing: Any, a: Lanes) -> Any:
    """|a|."""
    return a(a), lambda context, builder, signature, args: _call(builder, "fabs", args)


@_operation
def larger(typing: Any, a: Lanes, b: Lanes) -> Any:
    """The larger of each pair; not a number where either is none: what is broken stays visible."""
    return a(a, b), lambda context, builder, signature, args: _call(builder, "maximum", args)


@_operation
def smaller(typing: Any, a: Lanes, b: Lanes) -> Any:
    """The smaller of each pair; not a number where either is none."""
    return a(a, b), lambda context, builder, signature, args: _call(builder, "minimum", args)
