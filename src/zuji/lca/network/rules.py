"""The decision table of provider selection: how an exchange found the process that supplies it."""

from enum import IntEnum


class LinkRule(IntEnum):
    """Why a link leads where it leads; the first rule that finds someone decides."""

    EXPLICIT = 1
    """The exchange names its provider (defaultProvider, activityLinkId, a model's connection)."""
    ONLY = 2
    """One process in the database supplies this product."""
    SAME_PLACE = 3
    """A supplier at the very place of the consumer (or of the exchange, where that is stated)."""
    SAME_PROVINCE = 4
    SAME_REGION = 5
    """A grid region or a group of provinces that contains the consumer's."""
    SAME_COUNTRY = 6
    WORLD = 7
    """A market of the world, or of rest of world."""
    ANYWHERE = 8
    """Nobody nearer: all suppliers there are."""
    CO_PRODUCT = 9
    """Substitution: the co-product displaces the supply of this provider."""
    PERSON = 10
    """A person chose it, or accepted a suggested repair."""
