"""Reports: made once for each state, handed out to whoever may read the study, marked for what they are."""

import io
import json
import re

import pytest
from django.test import Client as Browser
from django.urls import reverse
from pypdf import PdfReader

from tests.web.factories import accounts
from tests.web.factories.products import bare, demonstration, line
from tests.web.factories.products import study as draft
from tests.web.factories.results import frozen, signatory, tray
from zuji.report.word import embedded
from zuji.trust.snapshot import from_bytes, verify
from zuji_web.accounts.permissions import Role
from zuji_web.jobs.models import Job
from zuji_web.products.actions import edits, snapshots
from zuji_web.products.models import MadeFile, ProductStudy
from zuji_web.products.operations import Operation

pytestmark = pytest.mark.django_db


def page(name: str, made: ProductStudy, **query: object) -> str:
    return reverse(f"products:{name}", args=[made.pk], query=query or None)


def api(made: ProductStudy, what: str) -> str:
    return f"/api/v1/studies/{made.pk}/{what}"


def maker(made: ProductStudy) -> Browser:
    return accounts.browser(accounts.member(Role.MODELLER, of=made.organisation))


def text(pdf: bytes) -> str:
    return re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdf)).pages))


def test_from_the_page_to_the_pdf() -> None:
    made = tray()
    me = maker(made)
    before = me.get(page("report", made)).content.decode()
    assert page("report_make", made) in before
    started = me.post(page("report_make", made), {"language": "zh"})
    assert started.url == page("report_pdf", made, language="zh")
    pdf = me.get(started.url)
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    assert page("report_pdf", made) in me.get(page("report", made)).content.decode()


def test_the_same_state_is_made_once() -> None:
    made = frozen()
    me = maker(made)
    jobs = {
        me.post(api(made, "report"), "{}", content_type="application/json").json()["id"] for _ in range(3)
    }
    assert len(jobs) == 1
    assert Job.objects.filter(kind="products.report").count() == 1
    assert MadeFile.objects.filter(study=made, kind="report").count() == 1
    body = json.dumps({"language": "en"})
    me.post(api(made, "report"), body, content_type="application/json")
    assert MadeFile.objects.filter(study=made, kind="report").count() == 2


def test_an_edit_makes_the_old_report_one_of_another_state() -> None:
    by = accounts.member(Role.MODELLER)
    made = tray(by)
    me = accounts.browser(by)
    me.post(page("report_make", made))
    operation: Operation = {"op": "set", "path": ["lines", "gas", "quantity", "amount"], "value": 17000.0}
    edits.edit(study=made, operations=[operation], by=by)
    assert me.get(page("report_pdf", made)).url == page("report", made, language="zh")
    assert me.get(api(made, "report.pdf")).status_code == 409
    edits.undo(study=made, by=by)
    assert me.get(page("report_pdf", made)).status_code == 200


def test_a_draft_is_marked_and_a_frozen_study_is_not() -> None:
    drafted, fixed = draft(), draft()
    snapshots.freeze(study=fixed, by=signatory(fixed.organisation))
    fixed.refresh_from_db()
    pdfs = []
    for made in (drafted, fixed):
        me = maker(made)
        me.post(page("report_make", made))
        pdfs.append(me.get(page("report_pdf", made)).content)
    assert all("草稿" in sheet.extract_text() for sheet in PdfReader(io.BytesIO(pdfs[0])).pages)
    assert "草稿" not in text(pdfs[1])
    assert fixed.snapshot.digest in text(pdfs[1])
    assert "演示" not in text(pdfs[1])


def test_the_pdf_carries_the_frozen_bytes() -> None:
    made = frozen()
    me = maker(made)
    me.post(page("report_make", made))
    content = PdfReader(io.BytesIO(me.get(page("report_pdf", made)).content)).attachments[
        "zuji-snapshot.json"
    ][0]
    assert content == bytes(made.snapshot.content)
    assert verify(from_bytes(content)) == []


def test_demonstrations_say_so() -> None:
    made = tray(demonstration=True)
    me = maker(made)
    me.post(page("report_make", made))
    sheets = PdfReader(io.BytesIO(me.get(page("report_pdf", made)).content)).pages
    assert all("演示" in sheet.extract_text() for sheet in sheets)


def test_an_incomplete_study_has_no_report() -> None:
    made = draft(line(), bare("L2"))
    me = maker(made)
    assert "尚无结果" in me.get(page("report", made)).content.decode()
    assert me.post(page("report_make", made)).status_code == 422
    answer = me.post(api(made, "report"), "{}", content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"]["line"] == "L2"
    assert not Job.objects.exists()


@pytest.mark.parametrize("role", [Role.VIEWER, Role.DATA_CLERK, Role.ADMIN])
def test_who_may_not_make_reports_may_still_read_them(role: Role) -> None:
    made = frozen()
    maker(made).post(page("report_make", made))
    reader = accounts.browser(accounts.member(role, of=made.organisation))
    assert reader.post(page("report_make", made)).status_code == 403
    assert reader.post(api(made, "report"), "{}", content_type="application/json").status_code == 403
    assert reader.get(page("report_pdf", made)).status_code == 200
    assert reader.get(api(made, "report.pdf")).status_code == 200


def test_the_page_is_the_template_of_the_pdf() -> None:
    made = frozen()
    me = maker(made)
    html = me.get(page("report", made)).content.decode()
    me.post(page("report_make", made))
    printed = text(me.get(page("report_pdf", made)).content)
    headings = re.findall(r"<h3>([^<]+)</h3>", html)
    assert len(headings) > 25
    assert not [heading for heading in headings if re.sub(r"\s+", "", heading) not in printed]


def test_the_language_is_chosen_apart_from_that_of_the_page() -> None:
    made = frozen()
    me = maker(made)
    assert "Carbon footprint report" in me.get(page("report", made, language="en")).content.decode()
    assert "产品碳足迹报告" in me.get(page("report", made)).content.decode()
    assert "产品碳足迹报告" in me.get(page("report", made, language="xx")).content.decode()
    assert "Carbon footprint report" in me.get(f"/en{page('report', made)}").content.decode()


def test_a_visitor_reads_the_report_of_an_example_but_starts_no_job() -> None:
    example = demonstration()
    visitor = Browser()
    html = visitor.get(page("report", example)).content.decode()
    assert "1.1554" in html
    assert page("report_make", example) not in html
    assert visitor.post(page("report_make", example)).status_code == 302
    assert visitor.get(page("report_pdf", example)).status_code == 302
    guest = accounts.browser(accounts.member(Role.MODELLER))
    guest.post(page("report_make", example))
    assert visitor.get(page("report_pdf", example)).content.startswith(b"%PDF-")


def test_what_a_company_types_cannot_become_markup() -> None:
    hostile = "<script>alert(1)</script>"
    made = draft(line(item=hostile, supplier=hostile, evidence=hostile), product={"name": hostile})
    me = maker(made)
    for name in ("result", "report", "result_lines"):
        html = me.get(page(name, made)).content.decode()
        assert hostile not in html.replace("\\u003Cscript", "")
        assert "&lt;script&gt;" in html


def test_the_word_document_is_ordered_and_downloaded_like_the_pdf() -> None:
    made = frozen()
    me = maker(made)
    before = me.get(page("report", made)).content.decode()
    assert "生成 Word 文档" in before
    started = me.post(page("report_make", made), {"language": "zh", "form": "docx"})
    assert started.url == page("report_docx", made, language="zh")
    answer = me.get(started.url)
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert ".docx" in answer["Content-Disposition"]
    assert embedded(answer.content)["zuji-snapshot.json"] == bytes(made.snapshot.content)
    after = me.get(page("report", made)).content.decode()
    assert page("report_docx", made) in after
    assert page("report_pdf", made) not in after  # the PDF is another file and was not ordered
    assert MadeFile.objects.filter(study=made, kind="report").count() == 1
    assert me.get(api(made, "report.pdf")).status_code == 409
    assert me.get(api(made, "report.docx")).content == answer.content


def test_the_word_document_over_the_api() -> None:
    made = frozen()
    me = maker(made)
    assert me.get(api(made, "report.docx")).status_code == 409
    ordered = json.dumps({"language": "en", "form": "docx"})
    assert me.post(api(made, "report"), ordered, content_type="application/json").status_code == 202
    answer = me.get(api(made, "report.docx") + "?language=en")
    assert answer.content.startswith(b"PK")
    assert me.get(api(made, "report.docx")).status_code == 409  # the Chinese one was not ordered
    odd = json.dumps({"form": "rtf"})
    assert me.post(api(made, "report"), odd, content_type="application/json").status_code == 422


def test_a_study_that_names_a_rule_is_reported_under_it() -> None:
    made = draft(rule="gbt24067@1")
    html = maker(made).get(page("report", made)).content.decode()
    assert "规则的要求与本研究" in html
    assert "附录 E\u2002报告内容对照" in html
    assert "逐项检查结果" in html
    bare = maker(draft()).get(page("report", draft())).content.decode()
    assert "逐项检查结果" not in bare
