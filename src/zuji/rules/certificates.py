"""Certificates of electricity: what a number must look like, and that no kWh is claimed twice.

ISO 14067:2018 lets a contract count only where its instrument is the sole claim and is tracked and cancelled
for the user; the same attribute is used once (V27, V37 of the conformity check). Whether a rule lets
certificates lower a footprint at all is the rule's own choice. What is known of an instrument is data with
its source (`Instrument`); nothing is read out of a number that its issuer's coding does not say.
"""

import math
import unicodedata
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from zuji.errors import Place, Problem, problem
from zuji.lca.publishing import as_stated
from zuji.model.lines import ElectricityDetail, EnergyCertificate, Line
from zuji.model.standards import Certainty
from zuji.model.studies import Study
from zuji.text import Text

FIELD = "electricity.certificates"
# kWh below which two amounts count as equal
_ROUNDING = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Where a property of an instrument comes from."""

    item: str
    source: str
    certainty: Certainty


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """A kind of certificate: characters in its number, kWh that one stands for, months until it lapses.

    None means that it is not known, and then it is not checked.
    """

    id: str
    market: str
    name: Text
    characters: int | None = None
    kwh: float | None = None
    months: int | None = None
    facts: tuple[Fact, ...] = ()


GEC = Instrument(
    id="GEC",
    market="CN",
    name=Text("绿证（可再生能源绿色电力证书）", "Green Electricity Certificate"),
    characters=32,
    kwh=1000.0,
    months=24,
    facts=(
        Fact(
            item="characters",
            source="绿证编码共 32 位：项目建档立卡编码 17 位、电量信息 15 位（碳交易网 87289，2025-03-26）",
            certainty=Certainty.SECOND_HAND,
        ),
        Fact(
            item="kwh",
            source="1 个绿证对应 1000 千瓦时（国家能源局关于国家绿证核发交易系统的消息，2024-07，转载）",
            certainty=Certainty.SECOND_HAND,
        ),
        Fact(
            item="months",
            source="绿证有效期 2 年（对《可再生能源绿色电力证书核发和交易规则》的报道，转载）",
            certainty=Certainty.SECOND_HAND,
        ),
    ),
)
OTHER = Instrument(id="other", market="", name=Text("其他市场的证书", "Certificate of another market"))
INSTRUMENTS: Mapping[str, Instrument] = {GEC.market: GEC}


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """The kWh of a certificate that one line of a study uses; `market` is a country code."""

    number: str
    kwh: float
    study: str
    line: str
    market: str = ""

    @property
    def key(self) -> str:
        return spelled(self.number)


@dataclass(frozen=True)
class Ledger:
    """Claims of frozen studies: the record by which one kWh is used once."""

    claims: tuple[Claim, ...] = ()
    _by_number: Mapping[str, tuple[Claim, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        held: dict[str, list[Claim]] = {}
        for claim in self.claims:
            held.setdefault(claim.key, []).append(claim)
        object.__setattr__(self, "_by_number", {key: tuple(found) for key, found in held.items()})

    def on(self, number: str) -> tuple[Claim, ...]:
        """The claims on a certificate, however its number is spelled."""
        return self._by_number.get(spelled(number), ())

    def claimed(self, number: str) -> float:
        """kWh of a certificate that are claimed."""
        return math.fsum(claim.kwh for claim in self.on(number))

    def without(self, study: str) -> "Ledger":
        """The ledger as a new version of that study finds it."""
        return Ledger(tuple(claim for claim in self.claims if claim.study != study))


def spelled(number: str) -> str:
    """A number without blanks, hyphens and difference of case or width, so that one is found again."""
    plain = unicodedata.normalize("NFKC", number).upper()
    return "".join(sign for sign in plain if sign.isalnum())


def instrument_of(market: str, instruments: Mapping[str, Instrument] = INSTRUMENTS) -> Instrument:
    """The instrument of a market, by the country code of a geography such as CN-SC."""
    return instruments.get(market.partition("-")[0].upper(), OTHER)


def claims_of(study: Study) -> tuple[Claim, ...]:
    """What the counted lines of a study claim, in order."""
    return tuple(
        Claim(
            number=certificate.number,
            kwh=certificate.kwh,
            study=study.id,
            line=line.id,
            market=study.geography.partition("-")[0],
        )
        for line, _at, certificate in _certificates(study)
    )


def certified_kwh(line: Line) -> float:
    """kWh for which a line has certificates."""
    detail = line.detail
    held = detail.certificates if isinstance(detail, ElectricityDetail) else ()
    return math.fsum(certificate.kwh for certificate in held)


def conflicts(
    claims: Iterable[Claim],
    held: Iterable[Claim] = (),
    instruments: Mapping[str, Instrument] = INSTRUMENTS,
) -> tuple[Problem, ...]:
    """Certificates of which more is claimed than there is, by these claims and those already held.

    A number twice on one line is a repetition. Where it is not known how many kWh a certificate stands for,
    a second claim is a conflict whatever its size. Each problem is placed at the line of the newer claim.
    """
    new, ledger = Ledger(tuple(claims)), Ledger(tuple(held))
    found: list[Problem] = []
    for key in dict.fromkeys(claim.key for claim in new.claims):
        own, others = new.on(key), ledger.on(key)
        found += _repeated(own)
        found += _overdrawn(own, others, instrument_of(own[0].market, instruments))
    return tuple(found)


def _repeated(own: Sequence[Claim]) -> list[Problem]:
    lines = [(claim.study, claim.line) for claim in own]
    return [
        problem(
            "certificate.repeated",
            f"证书 {own[0].number} 在同一行填写了 {lines.count(each)} 次",
            f"certificate {own[0].number} is there {lines.count(each)} times on one line",
            cure_zh="请合并为一项，写明本行使用的电量",
            cure_en="merge them into one with the kWh that the line uses",
            place=_place(each[1]),
        )
        for each in dict.fromkeys(lines)
        if lines.count(each) > 1
    ]


def _overdrawn(own: Sequence[Claim], others: Sequence[Claim], instrument: Instrument) -> list[Problem]:
    everyone = (*others, *own)
    users = dict.fromkeys((claim.study, claim.line) for claim in everyone)
    if instrument.kwh is None:
        over = len(users) > 1
        size_zh, size_en = "电量未知", "is of unknown size"
    else:
        over = math.fsum(claim.kwh for claim in everyone) > instrument.kwh + _ROUNDING
        size = f"{as_stated(instrument.kwh)} kWh"
        size_zh, size_en = f"为 {size}", f"stands for {size}"
    if not over:
        return []
    total = math.fsum(claim.kwh for claim in everyone)
    where_zh = "、".join(f"{study} {line}" for study, line in users)
    where_en = ", ".join(f"{study} {line}" for study, line in users)
    code = "certificate.used_elsewhere" if others else "certificate.overdrawn"
    return [
        problem(
            code,
            f"证书 {own[0].number}（{size_zh}）共被声明 {as_stated(total)} kWh：{where_zh}",
            f"certificate {own[0].number} ({size_en}) is claimed for {as_stated(total)} kWh: {where_en}",
            cure_zh="同一份环境属性只能使用一次：请换用未使用的证书，或减少本行的电量",
            cure_en="one attribute is used once: take another certificate, or claim less",
            place=_place(own[-1].line),
        )
    ]


def shortcomings(
    study: Study,
    on: date,
    *,
    holders: Iterable[str] = (),
    instruments: Mapping[str, Instrument] = INSTRUMENTS,
) -> tuple[Problem, ...]:
    """What is wrong with each certificate by itself: number, amount, holder, dates.

    `holders` are further names for whom a cancellation counts, beside the product's manufacturer and its
    credit code. `on` is the day of the check.
    """
    instrument = instrument_of(study.geography, instruments)
    product = study.product
    ours = {spelled(name) for name in (product.manufacturer, product.credit_code, *holders)} - {""}
    found: list[Problem] = []
    for line, at, certificate in _certificates(study):
        place = _place(line.id, at)
        found += _number(certificate, instrument, place)
        found += _amount(certificate, instrument, place)
        found += _holder(certificate, ours, place)
        found += _dates(certificate, study, instrument, on, place)
    return tuple(found)


def _number(certificate: EnergyCertificate, instrument: Instrument, place: Place) -> list[Problem]:
    plain, wanted = spelled(certificate.number), instrument.characters
    if plain and (wanted is None or (len(plain) == wanted and plain.isascii())):
        return []
    length = "" if wanted is None else f"应为 {wanted} 位字母或数字，实为 {len(plain)} 位"
    told = "" if wanted is None else f"{wanted} letters or digits are expected, it has {len(plain)}"
    return [
        problem(
            "certificate.number",
            f"{instrument.name.zh}编号“{certificate.number}”不正确：{length or '没有填写'}",
            f"the number “{certificate.number}” is no {instrument.name.en}: {told or 'it is empty'}",
            cure_zh="请对照证书或核销凭证逐位核对",
            cure_en="compare it with the certificate or the record of its cancellation",
            place=place,
        )
    ]


def _amount(certificate: EnergyCertificate, instrument: Instrument, place: Place) -> list[Problem]:
    size = instrument.kwh
    if 0 < certificate.kwh < math.inf and (size is None or certificate.kwh <= size + _ROUNDING):
        return []
    most = "" if size is None else f"，且不超过一个证书的 {as_stated(size)} kWh"
    told = "" if size is None else f" and not above the {as_stated(size)} kWh of one certificate"
    return [
        problem(
            "certificate.kwh",
            f"证书 {certificate.number} 的电量 {as_stated(certificate.kwh)} kWh 应大于 0{most}",
            f"the {as_stated(certificate.kwh)} kWh of certificate {certificate.number} must be above 0{told}",
            cure_zh="请填写本行实际使用的电量，每个证书一项",
            cure_en="state the kWh that the line uses, one entry for each certificate",
            place=place,
        )
    ]


def _holder(certificate: EnergyCertificate, ours: set[str], place: Place) -> list[Problem]:
    named = certificate.cancelled_for.strip()
    if named and (not ours or spelled(named) in ours):
        return []
    return [
        problem(
            "certificate.holder",
            f"证书 {certificate.number} 是为“{named}”核销的，不是为本产品的生产者"
            if named
            else f"证书 {certificate.number} 没有写明为谁核销",
            f"certificate {certificate.number} was cancelled for “{named}”, not for the maker of the product"
            if named
            else f"it is not said for whom certificate {certificate.number} was cancelled",
            cure_zh="只有为本企业核销的证书才能使用；请核对核销凭证上的名称",
            cure_en="only a certificate cancelled for the user counts; check the name on the record",
            place=place,
        )
    ]


def _dates(
    certificate: EnergyCertificate, study: Study, instrument: Instrument, on: date, place: Place
) -> list[Problem]:
    number = certificate.number
    cancelled = _span(certificate.cancelled_on)
    if cancelled is None or cancelled[0] > on:
        return [
            _when(
                "certificate.not_cancelled",
                f"证书 {number} 没有有效的核销日期（“{certificate.cancelled_on}”）",
                f"certificate {number} has no valid day of cancellation (“{certificate.cancelled_on}”)",
                place,
            )
        ]
    if not certificate.generated:
        return []
    generated = _span(certificate.generated)
    if generated is None or generated[0] > cancelled[1]:
        return [
            _when(
                "certificate.generated",
                f"证书 {number} 的发电时间“{certificate.generated}”不正确，或晚于核销",
                f"the time of generation “{certificate.generated}” of certificate {number} is wrong or after "
                "its cancellation",
                place,
            )
        ]
    found = []
    start, end = _span(study.period.start), _span(study.period.end)
    if start and end and (generated[1] < start[0] or generated[0] > end[1]):
        found.append(
            _when(
                "certificate.period",
                f"证书 {number} 的发电时间 {certificate.generated} 不在数据期内",
                f"certificate {number} was generated in {certificate.generated}, outside the data period",
                place,
            )
        )
    if instrument.months is not None and _later(generated[1], instrument.months) < cancelled[0]:
        found.append(
            _when(
                "certificate.lapsed",
                f"证书 {number} 核销时已超过发电后 {instrument.months} 个月的有效期",
                f"certificate {number} was cancelled more than {instrument.months} months after generation",
                place,
            )
        )
    return found


def _when(code: str, zh: str, en: str, place: Place) -> Problem:
    return problem(
        code,
        zh,
        en,
        cure_zh="请按核销凭证填写日期；电量应在数据期内生产",
        cure_en="state the dates of the record; the electricity belongs to the data period",
        place=place,
    )


def _span(text: str) -> tuple[date, date] | None:
    """First and last day of an ISO date or month; None for anything else."""
    try:
        if len(text) == 7:
            first = date.fromisoformat(f"{text}-01")
            return first, first.replace(day=monthrange(first.year, first.month)[1])
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day, day


def _later(day: date, months: int) -> date:
    """The day so many months later, the last of its month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _certificates(study: Study) -> Iterable[tuple[Line, int, EnergyCertificate]]:
    for line in study.lines:
        if isinstance(line.detail, ElectricityDetail) and not line.cut_off:
            for at, certificate in enumerate(line.detail.certificates):
                yield line, at, certificate


def _place(line: str, at: int | None = None) -> Place:
    return Place(line=line, field=FIELD if at is None else f"{FIELD}[{at}]")
