"""The words of SimaPro CSV files: headers of blocks, labels and sections, and what each of them holds.

Facts of the format, from files that SimaPro 7 to 9 exported. Exports translate the lines in braces and Yes
and No with the language of the program; the words of the blocks stay English.
"""

from enum import StrEnum

FORMAT = "simapro"

UNSPECIFIED = "Unspecified"


class Compartment(StrEnum):
    """Where elementary flows go or come from, by the name of the section in a process."""

    RESOURCES = "Resources"
    AIR = "Emissions to air"
    WATER = "Emissions to water"
    SOIL = "Emissions to soil"
    WASTE = "Final waste flows"
    NON_MATERIAL = "Non material emissions"
    SOCIAL = "Social issues"
    ECONOMIC = "Economic issues"


# Section of a process -> the block that lists its substances; methods use a third word.
SUBSTANCE_BLOCKS = {
    "Raw materials": Compartment.RESOURCES,
    "Airborne emissions": Compartment.AIR,
    "Waterborne emissions": Compartment.WATER,
    "Final waste flows": Compartment.WASTE,
    "Emissions to soil": Compartment.SOIL,
    "Non material emissions": Compartment.NON_MATERIAL,
    "Non material emission": Compartment.NON_MATERIAL,
    "Social issues": Compartment.SOCIAL,
    "Economic issues": Compartment.ECONOMIC,
}
SUBSTANCE_BLOCK_OF = {compartment: block for block, compartment in reversed(SUBSTANCE_BLOCKS.items())}
METHOD_COMPARTMENTS = {
    "Raw": Compartment.RESOURCES,
    "Air": Compartment.AIR,
    "Water": Compartment.WATER,
    "Soil": Compartment.SOIL,
    "Waste": Compartment.WASTE,
    "Non mat.": Compartment.NON_MATERIAL,
    "Social": Compartment.SOCIAL,
    "Economic": Compartment.ECONOMIC,
}
METHOD_COMPARTMENT_OF = {compartment: word for word, compartment in METHOD_COMPARTMENTS.items()}

NO_SUBCOMPARTMENT = frozenset({"", "(unspecified)", "unspecified"})

# Blocks that end with the line "End".
PROCESS = "Process"
STAGE = "Product stage"
METHOD = "Method"
QUANTITIES = "Quantities"
UNITS = "Units"
LITERATURE = "Literature reference"
SYSTEM = "System description"
PARAMETER_BLOCKS = (
    "Database Input parameters",
    "Database Calculated parameters",
    "Project Input parameters",
    "Project Calculated parameters",
)
BLOCKS = frozenset(
    {PROCESS, STAGE, METHOD, QUANTITIES, UNITS, LITERATURE, SYSTEM, *PARAMETER_BLOCKS, *SUBSTANCE_BLOCKS}
)
# Headers that begin a block even where the line End before them is missing; substance lists share their
# headers with sections of a process.
SURE_BLOCKS = frozenset({PROCESS, STAGE, METHOD, QUANTITIES, UNITS, LITERATURE, *PARAMETER_BLOCKS})

# Sections of a method.
IMPACT_CATEGORY = "Impact category"
SUBSTANCES = "Substances"
DAMAGE_CATEGORY = "Damage category"
IMPACT_CATEGORIES = "Impact categories"
WEIGHTING_SETS = ("Normalization-Weighting set", "Normalization/Weighting set")
NORMALIZATION = "Normalization"
WEIGHTING = "Weighting"
METHOD_SECTIONS = frozenset(
    {
        *(IMPACT_CATEGORY, SUBSTANCES, DAMAGE_CATEGORY, IMPACT_CATEGORIES),
        *(*WEIGHTING_SETS, NORMALIZATION, WEIGHTING),
    }
)
METHOD_LABELS = (
    "Name",
    "Version",
    "Comment",
    "Category",
    "Use Damage Assessment",
    "Use Normalization",
    "Use Weighting",
    "Use Addition",
    "Weighting unit",
)

# Sections of a process or a product stage, by the shape of their rows.
PRODUCTS = "Products"
WASTE_TREATMENT = "Waste treatment"
WASTE_SCENARIO = "Waste scenario"
REFERENCES = frozenset({PRODUCTS, WASTE_TREATMENT, WASTE_SCENARIO})
AVOIDED = "Avoided products"
TO_TREATMENT = "Waste to treatment"
MATERIALS = "Materials/fuels"
ENERGY = "Electricity/heat"
STAGE_LINKS = (
    "Materials/assemblies",
    "Assembly",
    "Processes",
    "Additional life cycles",
    "Reference assembly",
    "Waste scenarios",
    "Disposal scenarios",
    "Waste/Disposal scenario",
    "Disassemblies",
    "Reuses",
)
# What a stage refers to without a fixed amount of it being used: shares of an assembly's waste.
SCENARIO_LINKS = frozenset(STAGE_LINKS[4:])
LINKS = frozenset({AVOIDED, MATERIALS, ENERGY, TO_TREATMENT, *STAGE_LINKS})
SEPARATED = "Separated waste"
REMAINING = "Remaining waste"
FRACTIONS = frozenset({SEPARATED, REMAINING})
ELEMENTARY = frozenset(Compartment)
INPUT_PARAMETERS = "Input parameters"
CALCULATED_PARAMETERS = "Calculated parameters"
SECTION_ORDER = (
    *(PRODUCTS, WASTE_TREATMENT, WASTE_SCENARIO, AVOIDED, Compartment.RESOURCES.value, MATERIALS, ENERGY),
    *(compartment.value for compartment in tuple(Compartment)[1:]),
    *(TO_TREATMENT, SEPARATED, REMAINING, *STAGE_LINKS, INPUT_PARAMETERS, CALCULATED_PARAMETERS),
)
"""As SimaPro writes them; exchanges are numbered in this order whatever the order of a file."""
PROCESS_SECTIONS = frozenset(SECTION_ORDER)
ALL_WASTE = frozenset({"", "all waste types", "not defined", "unspecified"})
"""Waste types that mean any waste."""

# Labels of a process, in the order SimaPro writes them.
CATEGORY_TYPE = "Category type"
PROCESS_LABELS = (
    "PlatformId",
    CATEGORY_TYPE,
    "Process identifier",
    "Type",
    "Process name",
    "Status",
    "Time period",
    "Geography",
    "Technology",
    "Representativeness",
    "Waste treatment allocation",
    "Multiple output allocation",
    "Substitution allocation",
    "Cut off rules",
    "Capital goods",
    "Boundary with nature",
    "Infrastructure",
    "Date",
    "Record",
    "Generator",
    "External documents",
    "Literature references",
    "Collection method",
    "Data treatment",
    "Verification",
    "Comment",
    "Allocation rules",
    SYSTEM,
)
SELDOM_LABELS = frozenset({"PlatformId", "External documents", "Date"})
"""Labels that are written only where they hold something."""
WASTE_LABELS = frozenset({"Waste treatment allocation"})
PRODUCT_LABELS = frozenset({"Multiple output allocation", "Substitution allocation"})
"""Labels that processes of the other kind lack."""

UNIT_PROCESS = "Unit process"
SYSTEM_PROCESS = "System"

YES = frozenset({"yes", "ja", "oui", "si", "sì", "sí", "sim", "kyllä", "tá", "true", "1"})
NO = frozenset({"no", "nein", "non", "nee", "não", "nej", "nei", "ei", "níl", "false", "0"})

# What the second line in braces says, in the languages that files were seen in.
EXPORT_KINDS = {
    "processes": "processes",
    "processus": "processes",
    "processen": "processes",
    "processi": "processes",
    "prozesse": "processes",
    "procesos": "processes",
    "methods": "methods",
    "méthodes": "methods",
    "methoden": "methods",
    "metodi": "methods",
    "métodos": "methods",
    "product stages": "product stages",
    "étapes du produit": "product stages",
    "productfasen": "product stages",
    "fasi del prodotto": "product stages",
    "produktphasen": "product stages",
}
PROJECT_LABELS = frozenset(
    {"project", "projet", "projekt", "proyecto", "projeto", "progetto", "heijastaa", "tionscadal"}
)
SEPARATORS = {"semicolon": ";", "comma": ",", "tab": "\t"}
