"""Why a batch did not finish. Finished chunks stay where they are; running the same plan again goes on."""

from zuji.errors import ZujiError


class Cancelled(ZujiError):
    """Somebody asked the batch to stop."""


class WorkersLost(ZujiError):
    """Workers died again and again without finishing anything."""


class ChunkFailed(ZujiError):
    """The computation of a chunk raised an error that is none of ours; its text is told."""
