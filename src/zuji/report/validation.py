"""Section 8: who answers for the report, and how anybody can check it."""

from zuji.model.statements import ReviewKind
from zuji.report.document import (
    Block,
    Cell,
    Column,
    Facts,
    Paragraph,
    Points,
    Section,
    Table,
    numbered,
    row,
)
from zuji.report.material import Material
from zuji.report.topics import Topic, told
from zuji.text import Text

REVIEW_NAMES: dict[ReviewKind, Text] = {
    ReviewKind.INTERNAL: Text("内部评审", "Internal review"),
    ReviewKind.CRITICAL_REVIEW: Text("鉴定性评审", "Critical review"),
    ReviewKind.VERIFICATION: Text("第三方核查", "Third-party verification"),
}


def validation(material: Material) -> Section:
    say = material.say
    chapters: list[tuple[str, tuple[Block, ...]]] = [
        (say("报告信息", "About this report"), _about(material)),
        (say("评审声明", "Review statement"), _review(material)),
        (say("如何验证", "How to verify"), _verify(material)),
    ]
    title = say("报告与验证", "Report and verification")
    return Section(id="validation", number="8", title=title, parts=numbered("8", chapters))


def status(material: Material) -> str:
    """Where the study stands, in words."""
    if material.issue.draft:
        return material.say("草稿，未冻结，不得对外使用", "Draft, not frozen, not for external use")
    return material.say("已冻结", "Frozen")


def _about(material: Material) -> tuple[Block, ...]:
    say, goal, issue, missing = material.say, material.study.goal, material.issue, material.missing
    return (
        Facts(
            items=(
                (say("委托方", "Commissioned by"), goal.commissioner or issue.organisation or missing),
                (say("编制单位", "Prepared by"), issue.organisation or missing),
                (say("编制人", "Author"), goal.author or issue.author or missing),
                (say("日期", "Date"), issue.date),
                (say("版本", "Version"), issue.version),
                (say("状态", "Status"), status(material)),
                (say("软件", "Software"), f"Zuji {material.snapshot.software_version}"),
                (say("因子库版本", "Factor library"), issue.edition or material.gwp.version),
            ),
            tells=told(
                commissioner=goal.commissioner or issue.organisation,
                author=goal.author or issue.author,
                date=issue.date,
                version=issue.version,
            ),
        ),
    )


def _review(material: Material) -> tuple[Block, ...]:
    say, found = material.say, material.reviews
    outside = [one for one in found if one.kind is not ReviewKind.INTERNAL]
    blocks: list[Block] = []
    if found:
        blocks.append(review_table(material))
    if not outside:
        text = say(
            "本报告未记录第三方核查或鉴定性评审。用于公开比较的结果须由独立人员作鉴定性评审。",
            "No third-party verification or critical review is recorded. Results disclosed for "
            "comparison need a critical review by independent persons.",
        )
        blocks.append(Paragraph(text=text, tells=(Topic.REVIEW,)))
    return tuple(blocks)


def review_table(material: Material) -> Table:
    """Reviews and verifications with who made them; what they concluded stands in the annex."""
    say = material.say
    rows = [
        row(
            material.words(REVIEW_NAMES[one.kind]),
            Cell(one.reviewer, one.organisation),
            say("独立", "Independent") if one.independent else say("非独立", "Not independent"),
            one.date or material.missing,
            one.level or "—",
        )
        for one in material.reviews
    ]
    return Table(
        caption=say("评审与核查", "Reviews and verification"),
        columns=(
            Column(say("种类", "Kind"), width=22),
            Column(say("评审人与机构", "Reviewer and organisation"), width=34),
            Column(say("独立性", "Independence"), width=16),
            Column(say("日期", "Date"), width=14),
            Column(say("保证等级", "Level"), width=14),
        ),
        rows=tuple(rows),
        tells=(Topic.REVIEW,),
    )


def review_annex(material: Material) -> tuple[Block, ...]:
    """Each review in full: by which standard, at which level, with what conclusion."""
    say, missing = material.say, material.missing
    if not material.reviews:
        return (Paragraph(text=say("没有评审或核查的记录。", "No review or verification is recorded.")),)
    blocks: list[Block] = []
    for one in material.reviews:
        who = " · ".join(filter(None, (one.reviewer, one.organisation)))
        blocks.append(
            Facts(
                items=(
                    (say("种类", "Kind"), material.words(REVIEW_NAMES[one.kind])),
                    (say("评审人与机构", "Reviewer"), who or missing),
                    (say("独立", "Independent"), say("是", "Yes") if one.independent else say("否", "No")),
                    (say("日期", "Date"), one.date or missing),
                    (say("依据", "Standard"), one.standard or missing),
                    (say("保证等级", "Level of assurance"), one.level or missing),
                    (say("结论", "Conclusion"), one.conclusion or missing),
                ),
                tells=(Topic.REVIEW,),
            )
        )
    return tuple(blocks)


def _verify(material: Material) -> tuple[Block, ...]:
    say = material.say
    steps = [
        say(
            "PDF 与 Word 文件都内嵌 zuji-snapshot.json：研究、所用因子、GWP 与结果的规范 JSON（RFC 8785）。",
            "PDF and Word file both embed zuji-snapshot.json: study, factors, GWP set and result as "
            "canonical JSON (RFC 8785).",
        ),
        say(
            "取出该文件，计算 SHA-256，应与上面的摘要相同。",
            "Take it out and compute its SHA-256: it must equal the digest above.",
        ),
        say(
            "用 Zuji 对该文件重新核算，公布的数位应完全一致。",
            "Recalculate it with Zuji: the published digits must be the same.",
        ),
    ]
    if material.issue.address:
        steps.append(say(f"在线核对：{material.issue.address}", f"Look it up: {material.issue.address}"))
    items = (
        (say("快照摘要 SHA-256", "Snapshot digest, SHA-256"), material.digest),
        (say("输入摘要 SHA-256", "Input digest, SHA-256"), material.snapshot.input_digest),
    )
    return (
        Facts(items=items),
        Points(items=tuple(steps)),
    )
