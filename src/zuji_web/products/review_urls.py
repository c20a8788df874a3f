from django.urls import path

from zuji_web.products.views import publications, reviews, versions

urlpatterns = [
    path("reviews/", reviews.waiting, name="reviews"),
    path("published/<str:number>/", publications.published, name="published"),
    path("<uuid:study_id>/review/", reviews.page, name="review"),
    path("<uuid:study_id>/review/submit/", reviews.submit, name="review_submit"),
    path("<uuid:study_id>/review/assign/", reviews.assign, name="review_assign"),
    path("<uuid:study_id>/review/declare/", reviews.declare, name="review_declare"),
    path("<uuid:study_id>/review/comment/", reviews.comment, name="review_comment"),
    path(
        "<uuid:study_id>/review/comments/<int:comment_id>/answer/",
        reviews.answer_comment,
        name="comment_answer",
    ),
    path("<uuid:study_id>/review/comments/<int:comment_id>/settle/", reviews.settle, name="comment_settle"),
    path("<uuid:study_id>/review/conclude/", reviews.conclude, name="review_conclude"),
    path("<uuid:study_id>/review/recall/", reviews.recall, name="review_recall"),
    path("<uuid:study_id>/changes/", versions.changes, name="changes"),
    path("<uuid:study_id>/opinions/", publications.attach, name="opinion_attach"),
    path("<uuid:study_id>/opinions/<int:opinion_id>/", publications.opinion_file, name="opinion_file"),
    path("<uuid:study_id>/file/", publications.file, name="file"),
    path("<uuid:study_id>/disclose/", publications.disclose, name="disclose"),
    path("<uuid:study_id>/supersede/", publications.supersede, name="supersede"),
    path("<uuid:study_id>/withdraw/", publications.withdraw, name="withdraw"),
]
