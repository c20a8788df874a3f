"""What is refused about databases, in words."""

from django.utils.translation import gettext_noop as _

from zuji.errors import Place, Problem
from zuji_web.wording import said, told


def too_large(name: str, most: int) -> Problem:
    return told(
        "package-too-large",
        said(_("The package is larger than %(most)s MB"), most=most // 1024 // 1024),
        said(_("Ask the operator to put it on the server, or to raise the limit")),
        Place(file=name),
    )


def not_on_server(name: str) -> Problem:
    return told(
        "package-not-on-server",
        said(_("There is no such package on the server")),
        said(_("Choose one of the list; the operator puts packages there")),
        Place(file=name),
    )


def not_kept(name: str, why: str) -> Problem:
    return told(
        "package-not-kept",
        said(_("The package could not be read or kept (%(why)s)"), why=why),
        said(_("Ask the operator to check permissions and free space of the server, then try again")),
        Place(file=name),
    )


def one_package() -> Problem:
    return told(
        "package-missing",
        said(_("One package is needed: a file, or one on the server")),
        said(_("Choose a file to upload or a package of the list, not both")),
        Place(field="file"),
    )


def value_missing(field: str) -> Problem:
    return told(
        "value-missing",
        said(_("This value is missing")),
        said(_("Write the licence as its owner words it; without it nobody knows what is allowed")),
        Place(field=field),
    )


def unknown_choice(field: str, value: str, known: str) -> Problem:
    return told(
        "unknown-choice",
        said(_("“%(value)s” cannot be chosen here"), value=value[:60]),
        said(_("Known are: %(names)s"), names=known),
        Place(field=field),
    )


def nothing_to_repair() -> Problem:
    return told(
        "nothing-to-repair",
        said(_("The health report suggests no repair for this version")),
        said(_("Look at its findings; other mistakes are mended in the package itself")),
    )


def no_number(name: str) -> Problem:
    return told(
        "product-without-number",
        said(_("“%(name)s” has no footprint that could be offered as a factor"), name=name),
        said(_("Its page says why; a repaired version may have one")),
    )


def nothing_counted(name: str) -> Problem:
    return told(
        "product-of-nothing",
        said(
            _("Nothing in the supply chain of “%(name)s” is counted: its zero says that data are missing"),
            name=name,
        ),
        said(_("Choose another product; where there truly are no emissions, state zero on the line itself")),
    )


def unit_not_known(unit: str) -> Problem:
    return told(
        "product-unit",
        said(_("Inventory lines cannot be counted in “%(unit)s”"), unit=unit or "–"),
        said(_("State the value on the line itself, per a unit that the platform knows")),
        Place(field="unit"),
    )


def no_totals() -> Problem:
    return told(
        "database-without-totals",
        said(_("This version was saved without the five totals")),
        said(_("Import its package again")),
    )


def same_version() -> Problem:
    return told(
        "same-version",
        said(_("A version is compared with another one of the same database")),
        said(_("Choose two different versions")),
        Place(field="since"),
    )


def name_missing() -> Problem:
    return told(
        "name-missing",
        said(_("This value is missing")),
        said(_("Give the database the name by which people know it")),
        Place(field="name"),
    )
