"""Asking for a value before it is needed, so that a compiled loop need not wait for memory."""

from collections.abc import Callable
from typing import Any, cast

from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

_operation = cast("Callable[[Any], Callable[..., Any]]", intrinsic)
_READ, _KEEP, _DATA = 0, 3, 1  # the arguments of llvm.prefetch: to read, to be used again, data


@_operation
def fetch(_context: Any, array: Any, index: Any) -> Any:
    """In compiled code, `fetch(array, index)` brings `array[index]` into the cache and returns at once.

    Nothing is checked and nothing can fail: an index outside of the array is merely useless.
    """

    def generate(context: Any, builder: Any, signature: Any, given: Any) -> Any:
        held = context.make_array(signature.args[0])(context, builder, given[0])
        byte, number = ir.IntType(8).as_pointer(), ir.IntType(32)
        kind = ir.FunctionType(ir.VoidType(), [byte, number, number, number])
        prefetch = cgutils.get_or_insert_function(  # type: ignore[no-untyped-call]
            builder.module, kind, "llvm.prefetch.p0"
        )
        place = builder.bitcast(builder.gep(held.data, [given[1]]), byte)
        builder.call(prefetch, [place, number(_READ), number(_KEEP), number(_DATA)])
        return context.get_dummy_value()

    return types.void(array, index), generate
