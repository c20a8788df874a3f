"""Section 8: who answers for the report, and how anybody can check it."""

from zuji.report.document import Block, Facts, Paragraph, Points, Section, numbered
from zuji.report.material import Material


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
            )
        ),
    )


def _review(material: Material) -> tuple[Block, ...]:
    say = material.say
    return (
        Paragraph(
            text=say(
                "本报告未记录第三方核查或鉴定性评审。用于公开比较的结果须由独立人员作鉴定性评审。",
                "No third-party verification or critical review is recorded. Results disclosed for "
                "comparison need a critical review by independent persons.",
            )
        ),
    )


def _verify(material: Material) -> tuple[Block, ...]:
    say = material.say
    steps = [
        say(
            "本 PDF 内嵌文件 zuji-snapshot.json：研究、所用因子、GWP 与结果的规范 JSON（RFC 8785）。",
            "The PDF embeds zuji-snapshot.json: study, factors, GWP set and result as canonical JSON (RFC "
            "8785).",
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
