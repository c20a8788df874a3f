"""Signs: what leaves a process counts positive, what enters it negative, whatever a format writes.

So a treatment is a process whose reference is negative, be it written as an input of waste (ILCD, openLCA) or
as an output of a negative amount (EcoSpold); and handing waste to it is a positive amount, be it written as
an output (ILCD) or as a negative input (EcoSpold).
"""

import math

from zuji.model.lci.processes import Direction, Exchange


def signed(exchange: Exchange) -> float:
    """The amount as it leaves the process; 0 where it is zero or not finite or not given."""
    amount = exchange.amount
    if amount is None or not math.isfinite(amount):
        return 0.0
    return amount if exchange.direction is Direction.OUTPUT else -amount


def usable(exchange: Exchange) -> bool:
    """Whether there is a finite amount; zero is one."""
    return exchange.amount is not None and math.isfinite(exchange.amount)


def consumed(exchange: Exchange, *, treats: bool) -> float:
    """What the exchange consumes of a supply (or of a treatment), in the exchange's unit."""
    amount = signed(exchange)
    if exchange.avoided:
        return -amount if exchange.direction is Direction.OUTPUT else amount
    return amount if treats else -amount
