from django.urls import path

from zuji_web.products.views import reports, results, snapshots

urlpatterns = [
    path("<uuid:study_id>/result/", results.page, name="result"),
    path("<uuid:study_id>/result/lines/", results.lines, name="result_lines"),
    path("<uuid:study_id>/result/simulate/", results.simulate, name="simulate"),
    path("<uuid:study_id>/result.json", results.download_json, name="result_json"),
    path("<uuid:study_id>/result.xlsx", results.download_excel, name="result_excel"),
    path("<uuid:study_id>/freeze/", snapshots.freeze, name="freeze"),
    path("<uuid:study_id>/snapshot/", snapshots.page, name="snapshot"),
    path("<uuid:study_id>/snapshot/verify/", snapshots.verify, name="verify"),
    path("<uuid:study_id>/snapshot.json", snapshots.download, name="snapshot_json"),
    path("<uuid:study_id>/report/", reports.page, name="report"),
    path("<uuid:study_id>/report/make/", reports.make, name="report_make"),
    path("<uuid:study_id>/report.pdf", reports.download, {"form": "pdf"}, name="report_pdf"),
    path("<uuid:study_id>/report.docx", reports.download, {"form": "docx"}, name="report_docx"),
]
