"""Names of the ILCD format: namespaces, kinds of data set, and how a path names an element."""

import re
from dataclasses import dataclass
from functools import lru_cache

from zuji.model.lci.references import Kind

FORMAT = "ilcd"
"""What `Extra.format` says for pieces of ILCD."""

ILCD = "http://lca.jrc.it/ILCD"
COMMON = f"{ILCD}/Common"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OLCA = "http://openlca.org/ilcd-extensions"
EPD = ("http://www.iai.kit.edu/EPD/2013", "http://www.indata.network/EPD/2019")
EPD_2013, EPD_2019 = EPD
ZUJI = "urn:zuji:ilcd"
"""What we write beside the format's own elements so that nothing is lost: exact values, kept pieces."""

PREFIXES = {
    "common": COMMON,
    "olca": OLCA,
    "epd": EPD_2013,
    "epd2": EPD_2019,
    "ecn": "http://eplca.jrc.ec.europa.eu/ILCD/Extensions/2018/ECNumber",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "zuji": ZUJI,
}
"""The prefixes of written files, whatever a source used."""

OTHER = f"{{{COMMON}}}other"
LOCATIONS = f"{ILCD}/Locations"

_STEP = re.compile(r"((?:\{[^}]*\})?[^/{}\[\]]+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class DataSetKind:
    """One of the eight kinds of data set and how the format spells it."""

    kind: Kind
    root: str
    namespace: str
    folder: str
    reference_type: str
    structure: str
    """The schema's name of it: ILCD_<structure>DataSet.xsd."""

    @property
    def tag(self) -> str:
        """The root element."""
        return f"{{{self.namespace}}}{self.root}"


def _kind(kind: Kind, name: str, root: str, folder: str, reference_type: str) -> DataSetKind:
    return DataSetKind(kind, root, f"{ILCD}/{name}", folder, reference_type, name)


PROCESS = _kind(Kind.PROCESS, "Process", "processDataSet", "processes", "process data set")
FLOW = _kind(Kind.FLOW, "Flow", "flowDataSet", "flows", "flow data set")
FLOW_PROPERTY = _kind(
    Kind.FLOW_PROPERTY, "FlowProperty", "flowPropertyDataSet", "flowproperties", "flow property data set"
)
UNIT_GROUP = _kind(Kind.UNIT_GROUP, "UnitGroup", "unitGroupDataSet", "unitgroups", "unit group data set")
METHOD = _kind(Kind.IMPACT_CATEGORY, "LCIAMethod", "LCIAMethodDataSet", "lciamethods", "LCIA method data set")
MODEL = DataSetKind(
    Kind.MODEL,
    "lifeCycleModelDataSet",
    "http://eplca.jrc.ec.europa.eu/ILCD/LifeCycleModel/2017",
    "lifecyclemodels",
    "lifeCycleModel data set",
    "LifeCycleModel",
)
SOURCE = _kind(Kind.SOURCE, "Source", "sourceDataSet", "sources", "source data set")
CONTACT = _kind(Kind.CONTACT, "Contact", "contactDataSet", "contacts", "contact data set")

KINDS = (PROCESS, FLOW, FLOW_PROPERTY, UNIT_GROUP, METHOD, MODEL, SOURCE, CONTACT)
REFERENCE_TYPES = {kind.reference_type: kind.kind for kind in KINDS} | {"other external file": Kind.FILE}
TYPE_OF_REFERENCE = {kind: name for name, kind in REFERENCE_TYPES.items()}
_BY_ROOT = {kind.root.lower(): kind for kind in KINDS}


def kind_of(tag: str) -> DataSetKind | None:
    """The kind whose root element `tag` is; some exports write the first letters small or a year more."""
    namespace, _, local = tag.rpartition("}")
    found = _BY_ROOT.get(local.lower())
    return found if found is not None and "/ILCD" in namespace else None


@lru_cache(maxsize=8192)
def clark(name: str, namespace: str) -> str:
    """`common:x` and `x` (in the data set's own namespace) as lxml writes them; `{…}x` is left alone."""
    if name.startswith("{"):
        return name
    prefix, _, local = name.rpartition(":")
    return f"{{{PREFIXES[prefix] if prefix else namespace}}}{local}"


@lru_cache(maxsize=8192)
def plain(tag: str, namespace: str) -> str:
    """The reverse of `clark`: how a path names the element."""
    uri, _, local = tag[1:].partition("}")
    if uri == namespace:
        return local
    return f"common:{local}" if uri == COMMON else tag


def steps(path: str) -> list[tuple[str, int]]:
    """The (name, ordinal from 1) of each step of a path such as `a/common:b[2]/{urn:x}c`."""
    return [(name, int(number or 1)) for name, number in _STEP.findall(path)]
