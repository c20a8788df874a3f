"""Words by which a check recognises what a line is about. A match is looked at, never taken for proof."""

import re
from enum import Enum, auto
from functools import lru_cache


class Subject(Enum):
    """What words speak of."""

    BIOGENIC = auto()
    FOSSIL = auto()
    GROWN = auto()  # products of fields and forests
    STORAGE = auto()
    OFFSET = auto()
    AIR = auto()
    FORCING = auto()
    SOIL = auto()
    INDIRECT = auto()
    CAPTURE = auto()
    UPTAKE = auto()
    RELEASE = auto()
    FULL_LIFE = auto()
    PARTIAL = auto()
    NEUTRAL = auto()
    ALLOCATION = auto()


# A denial before a claim in its clause: “not to be read as a full life-cycle footprint” claims nothing.
_DENIED = re.compile(
    r"不(?![仅但只])|非(?!常)|未(?!来)|没有|无法"
    r"|\bnot\b(?! only)|\bno\b|\bnever\b|\bneither\b|\bcannot\b|n['’]t\b|\bwithout\b"
)
_CLAUSES = re.compile(r"[，,。.；;！!？?：:\n]")
_CLAIMS = frozenset({Subject.FULL_LIFE, Subject.PARTIAL, Subject.NEUTRAL})
_PATTERNS = {
    Subject.BIOGENIC: r"沼气|秸秆|木屑|薪柴|木炭|生物质|生物源|生物柴油|稻壳|蔗渣|酒糟|发酵"
    r"|biogas|biomass|biogenic|biodiesel|firewood|wood|charcoal|straw|husk|bagasse|ferment",
    Subject.FOSSIL: r"煤|焦炭|天然气|石油|柴油|汽油|重油|燃料油|液化气|化石"
    r"|\bcoal|\bcoke\b|natural gas|diesel|petrol|gasoline|fuel oil|\blng\b|\blpg\b|fossil",
    Subject.GROWN: r"高粱|小麦|玉米|水稻|稻谷|大米|糯米|大豆|棉花|籽棉|皮棉|甘蔗|甜菜|油菜|棕榈"
    r"|咖啡豆|可可豆|茶叶|天然橡胶|原木|木材|锯材|木片|竹材|粮食|谷物|烟叶"
    r"|sorghum|wheat|maize|\bcorn\b|\brice\b|soybean|cotton|sugar ?cane|sugar beet|rapeseed|palm oil"
    r"|coffee bean|cocoa bean|timber|roundwood|sawn ?wood|wood chip|bamboo|natural rubber|\bgrain\b",
    Subject.STORAGE: r"碳封存|碳储存|碳贮存|储碳|延迟排放|延迟释放|临时储存"
    r"|carbon storage|stored carbon|carbon sequestration|delayed emission|temporary storage",
    Subject.OFFSET: r"抵消|碳信用|碳汇|ccer|核证减排|碳积分|\bvcu\b|\bvcs\b|offset|carbon credit|compensat",
    Subject.AIR: r"航空|空运|飞机|air ?freight|air cargo|aircraft|aeroplane|airplane|\bby air\b|flight",
    Subject.FORCING: r"辐射强迫|radiative forcing|\brfi\b|with[_ ]rf\b|含rf",
    Subject.SOIL: r"土壤碳|土壤有机碳|soil (organic )?carbon",
    Subject.INDIRECT: r"间接土地|iluc|indirect land",
    Subject.CAPTURE: r"捕集|封存|直接空气|碳清除|\bccs\b|\bdac\b|captur|sequestrat|removal",
    Subject.UPTAKE: r"吸收|固定|生长|uptake|absor|growth|removal",
    Subject.RELEASE: r"释放|排放|燃烧|releas|emission|combust|burn",
    Subject.FULL_LIFE: r"(全生命周期|完整生命周期|摇篮到坟墓|从摇篮到坟墓|cradle[- ]to[- ]grave"
    r"|full life[- ]cycle|whole life[- ]cycle|complete life[- ]cycle)",
    Subject.PARTIAL: r"(摇篮到大门|大门到大门|部分碳足迹|cradle[- ]to[- ]gate|gate[- ]to[- ]gate"
    r"|partial (carbon )?footprint)",
    Subject.NEUTRAL: r"(碳中和|零碳|净零|carbon[- ]neutral|climate[- ]neutral|net[- ]zero"
    r"|zero[- ]carbon)",
    Subject.ALLOCATION: r"分配|allocat",
}
_COMPILED = tuple((subject, re.compile(pattern)) for subject, pattern in _PATTERNS.items())


@lru_cache(maxsize=65536)
def subjects(text: str) -> frozenset[Subject]:
    """What a text speaks of, by its words."""
    plain = text.casefold()
    return frozenset(subject for subject, pattern in _COMPILED if _speaks(plain, subject, pattern))


def _speaks(plain: str, subject: Subject, pattern: re.Pattern[str]) -> bool:
    if subject not in _CLAIMS:
        return pattern.search(plain) is not None
    return any(not _denied(plain, found.start()) for found in pattern.finditer(plain))


def _denied(plain: str, at: int) -> bool:
    """Whether the clause denies before the place what it says there."""
    return _DENIED.search(_CLAUSES.split(plain[:at])[-1]) is not None


def speaks_of(text: str, subject: Subject) -> bool:
    return subject in subjects(text)
