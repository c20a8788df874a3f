"""The state tables of rules and standards, footprint studies and grade thresholds.

A row of steps gives source, target, what the step is called, who takes it, and its guards.
"""

from collections.abc import Collection

from zuji.rules.lifecycle.states import Guard, State, StateTable, Step
from zuji.rules.lifecycle.states import WorkArea as By
from zuji.text import Text


def _states(*rows: tuple[str, str, str], final: Collection[str] = ()) -> tuple[State, ...]:
    return tuple(State(code, Text(zh, en), code in final) for code, zh, en in rows)


def _step(source: str, target: str, zh: str, en: str, who: By, *guards: Guard) -> Step:
    return Step(source, target, Text(zh, en), who, guards)


RULE_LIFECYCLE = StateTable(
    Text("规则标准", "a rule or standard"),
    "proposed",
    _states(
        ("proposed", "立项建议", "Proposed"),
        ("approved", "立项", "Approved for work"),
        ("refused", "不予立项", "Refused"),
        ("drafting", "起草", "Drafting"),
        ("consultation", "征求意见", "Consultation"),
        ("examination", "审查", "Expert review"),
        ("approval", "报批", "Approval"),
        ("suspended", "中止", "Work suspended"),
        ("terminated", "终止", "Terminated"),
        ("issued", "发布", "Issued"),
        ("in_force", "实施", "In force"),
        ("review", "复审", "Review"),
        ("confirmed", "继续有效", "Confirmed"),
        ("revised", "修订", "Under revision"),
        ("converted", "转化", "Converted"),
        ("superseded", "被代替", "Superseded"),
        ("to_be_withdrawn", "拟废止", "To be withdrawn"),
        ("withdrawn", "废止", "Withdrawn"),
        final=("refused", "terminated", "converted", "superseded", "withdrawn"),
    ),
    (
        _step("proposed", "approved", "批准立项", "Approve", By.REGULATOR, Guard.NOT_COVERED),
        _step("proposed", "refused", "不予立项", "Refuse", By.REGULATOR, Guard.REASON),
        _step("approved", "drafting", "开始起草", "Begin drafting", By.DRAFTER),
        _step("drafting", "consultation", "公开征求意见", "Consult", By.SECRETARIAT, Guard.COMPLETE),
        _step("consultation", "drafting", "退回修改", "Return to drafting", By.SECRETARIAT),
        _step(
            "consultation", "examination", "送审", "Submit for review", By.DRAFTER, Guard.COMMENTS_ANSWERED
        ),
        _step("examination", "drafting", "退回修改", "Return to drafting", By.EXPERT, Guard.REASON),
        _step("examination", "approval", "审查通过", "Pass", By.EXPERT, Guard.OTHER_PERSON),
        _step("approval", "examination", "退回审查", "Return to review", By.REGULATOR),
        _step(
            "approval",
            "issued",
            "批准发布",
            "Issue",
            By.REGULATOR,
            Guard.NOT_COVERED,
            Guard.COMMENTS_ANSWERED,
        ),
        *(
            _step(source, "suspended", "中止", "Suspend", By.SECRETARIAT, Guard.REASON)
            for source in ("approved", "drafting", "consultation", "examination", "approval")
        ),
        *(
            _step(source, "terminated", "终止", "Terminate", By.REGULATOR, Guard.REASON)
            for source in ("approved", "drafting", "consultation", "examination", "approval", "suspended")
        ),
        _step("suspended", "drafting", "恢复", "Resume", By.SECRETARIAT),
        _step("issued", "in_force", "实施", "Enter into force", By.CALENDAR, Guard.IN_FORCE_DAY),
        _step("in_force", "review", "复审", "Review", By.SECRETARIAT, Guard.REVIEW_DUE),
        _step("review", "confirmed", "继续有效", "Confirm", By.REGULATOR),
        _step("review", "revised", "修订", "Revise", By.REGULATOR),
        _step("review", "withdrawn", "废止", "Withdraw", By.REGULATOR, Guard.REASON),
        _step("confirmed", "review", "再次复审", "Review again", By.SECRETARIAT, Guard.REVIEW_DUE),
        *(
            _step(source, "converted", "转化", "Convert", By.REGULATOR, Guard.LINKED)
            for source in ("in_force", "review", "confirmed")
        ),
        *(
            _step(source, "superseded", "被代替", "Supersede", By.REGULATOR, Guard.LINKED)
            for source in ("in_force", "confirmed", "revised")
        ),
        *(
            _step(
                source,
                "to_be_withdrawn",
                "拟废止",
                "Mark for withdrawal",
                By.REGULATOR,
                Guard.HIGHER_ISSUED,
            )
            for source in ("issued", "in_force", "review", "confirmed", "revised")
        ),
        _step("to_be_withdrawn", "withdrawn", "废止", "Withdraw", By.CALENDAR, Guard.WITHDRAWAL_DAY),
    ),
)

STUDY_LIFECYCLE = StateTable(
    Text("足迹研究", "a footprint study"),
    "draft",
    _states(
        ("draft", "草稿", "Draft"),
        ("scoped", "目标与范围", "Scope defined"),
        ("collecting", "数据收集", "Data collection"),
        ("modelling", "建模", "Modelling"),
        ("calculated", "已核算", "Calculated"),
        ("internal_review", "内部复核", "Internal review"),
        ("frozen", "冻结", "Frozen"),
        ("verification", "第三方核查", "Verification"),
        ("corrective", "整改", "Corrective action"),
        ("verified", "已核查", "Verified"),
        ("filed", "备案", "Filed"),
        ("disclosed", "披露", "Disclosed"),
        ("superseded", "更新", "Superseded by a new period"),
        ("expired", "失效", "Expired"),
        ("withdrawn", "撤回", "Withdrawn"),
        final=("corrective", "superseded", "expired", "withdrawn"),
    ),
    (
        _step("draft", "scoped", "确定范围", "Define the scope", By.ENTERPRISE, Guard.COMPLETE),
        _step("scoped", "draft", "退回草稿", "Back to draft", By.ENTERPRISE),
        _step("scoped", "collecting", "开始收集", "Begin collecting", By.ENTERPRISE),
        _step("collecting", "scoped", "修改范围", "Change the scope", By.ENTERPRISE),
        _step("collecting", "modelling", "开始建模", "Begin modelling", By.ENTERPRISE),
        _step("modelling", "collecting", "补充数据", "Collect more", By.ENTERPRISE),
        _step("modelling", "calculated", "核算", "Calculate", By.ENTERPRISE, Guard.CALCULATED),
        _step("calculated", "modelling", "修改模型", "Change the model", By.ENTERPRISE),
        _step("calculated", "internal_review", "提交复核", "Submit", By.ENTERPRISE, Guard.CONFORMS),
        _step("internal_review", "modelling", "退回", "Return", By.REVIEWER, Guard.REASON),
        _step(
            "internal_review",
            "frozen",
            "复核通过并冻结",
            "Approve and freeze",
            By.REVIEWER,
            Guard.OTHER_PERSON,
            Guard.CONFORMS,
            Guard.SNAPSHOT,
        ),
        _step("frozen", "verification", "委托核查", "Commission", By.ENTERPRISE),
        _step("verification", "corrective", "要求整改", "Demand correction", By.VERIFIER, Guard.REASON),
        _step("verification", "verified", "核查通过", "Verify", By.VERIFIER, Guard.OTHER_PERSON),
        *(_step(source, "filed", "备案", "File", By.ENTERPRISE) for source in ("verified", "disclosed")),
        *(
            _step(source, "disclosed", "披露", "Disclose", By.ENTERPRISE)
            for source in ("frozen", "verified", "filed")
        ),
        *(
            step
            for source in ("frozen", "verified", "filed", "disclosed")
            for step in (
                _step(source, "superseded", "更新", "Supersede", By.ENTERPRISE, Guard.LINKED),
                _step(source, "expired", "到期", "Expire", By.CALENDAR, Guard.WITHDRAWAL_DAY),
                _step(source, "withdrawn", "撤回", "Withdraw", By.ENTERPRISE, Guard.REASON),
            )
        ),
    ),
)

THRESHOLD_LIFECYCLE = StateTable(
    Text("分级阈值", "a set of grade thresholds"),
    "sampled",
    _states(
        ("sampled", "取样", "Sampled"),
        ("proposed", "拟定", "Proposed"),
        ("consulted", "征求意见", "Consulted"),
        ("published", "发布", "Published"),
        ("in_force", "实施", "In force"),
        ("revised", "已修订", "Revised"),
        final=("revised",),
    ),
    (
        _step("sampled", "proposed", "拟定", "Propose", By.DEPARTMENT, Guard.ENOUGH_SAMPLES, Guard.ORDERED),
        _step("proposed", "sampled", "重新取样", "Sample again", By.DEPARTMENT),
        _step("proposed", "consulted", "征求意见", "Consult", By.DEPARTMENT),
        _step("consulted", "proposed", "修改", "Change", By.DEPARTMENT),
        _step("consulted", "published", "发布", "Publish", By.DEPARTMENT, Guard.COMMENTS_ANSWERED),
        _step("published", "in_force", "实施", "Enter into force", By.CALENDAR, Guard.IN_FORCE_DAY),
        _step("in_force", "revised", "由新阈值代替", "Replace", By.DEPARTMENT, Guard.LINKED),
    ),
)
