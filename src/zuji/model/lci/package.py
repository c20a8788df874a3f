"""A package: everything one file, folder or archive brought, in the order it was written."""

from dataclasses import dataclass, field

from zuji.model.lci.flows import Flow
from zuji.model.lci.impacts import ImpactCategory, ImpactMethod
from zuji.model.lci.ledger import Ledger
from zuji.model.lci.models import LifeCycleModel
from zuji.model.lci.processes import Parameter, Process
from zuji.model.lci.publications import Contact, Location, Source
from zuji.model.lci.references import Extra
from zuji.model.lci.units import FlowProperty, UnitGroup


@dataclass(frozen=True, slots=True, kw_only=True)
class Package:
    """Data sets by kind. `files` are documents beside them (path -> bytes), kept as they are."""

    name: str = ""
    processes: tuple[Process, ...] = ()
    flows: tuple[Flow, ...] = ()
    flow_properties: tuple[FlowProperty, ...] = ()
    unit_groups: tuple[UnitGroup, ...] = ()
    impact_methods: tuple[ImpactMethod, ...] = ()
    impact_categories: tuple[ImpactCategory, ...] = ()
    models: tuple[LifeCycleModel, ...] = ()
    sources: tuple[Source, ...] = ()
    contacts: tuple[Contact, ...] = ()
    locations: tuple[Location, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    files: tuple[tuple[str, bytes], ...] = ()
    extras: tuple[Extra, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a reader returns: the package, and the account of how the input became it."""

    package: Package
    ledger: Ledger
    format: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a writer returns: bytes (identical on repeat), and what the format could not hold."""

    content: bytes
    ledger: Ledger = field(default_factory=Ledger)
