"""Life cycle models: processes already connected by their author (eILCD model, openLCA product system)."""

from dataclasses import dataclass

from zuji.model.lci.references import Extra, Heading, Ref
from zuji.model.lci.wording import Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """`flow` leaves instance `source` and enters instance `target`, where it may be called `target_flow`.

    `exchange` is the id of the target's exchange where the format names it.
    """

    source: str
    target: str
    flow: str
    target_flow: str = ""
    exchange: str = ""
    location: str = ""
    dominant: bool | None = None
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInstance:
    """One occurrence of a process in a model; the same process may occur several times."""

    id: str
    process: Ref
    scaling: float | None = None
    groups: tuple[str, ...] = ()
    parameters: tuple[tuple[str, str], ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeCycleModel:
    """Instances, connections between them, and the instance (and exchange) that is demanded."""

    heading: Heading
    instances: tuple[ProcessInstance, ...] = ()
    connections: tuple[Connection, ...] = ()
    reference: str = ""
    reference_exchange: str = ""
    target_amount: float | None = None
    target_unit: str = ""
    target_property: str = ""
    groups: tuple[tuple[str, Wording], ...] = ()
    results: tuple[Ref, ...] = ()
    extras: tuple[Extra, ...] = ()
