"""Comments on proposed thresholds, and their answers."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zuji.errors import ZujiError
from zuji_web.accounts.guards import actor_of, needs
from zuji_web.accounts.permissions import Permission
from zuji_web.accounts.views.refusals import show_in_form
from zuji_web.grades import states
from zuji_web.grades.actions import comments as commenting
from zuji_web.grades.forms import AnswerForm, CommentForm
from zuji_web.grades.models import SetAnswer
from zuji_web.grades.queries import sets
from zuji_web.grades.views.frame import answered, frame
from zuji_web.grades.views.sets import found


@require_http_methods(["GET", "POST"])
def comments(request: HttpRequest, set_id: UUID) -> HttpResponse:
    """The comments on a set with their answers, and the form to comment."""
    by = actor_of(request)
    one = found(request, set_id)
    if not states.public(one):
        raise Http404
    form = CommentForm(request.POST or None)
    if request.method == "POST":
        by.require(Permission.STANDARD_COMMENT)
        if form.is_valid():
            try:
                made = commenting.comment(one=one, by=by, **form.cleaned_data)
            except ZujiError as refusal:
                show_in_form(refusal, form)
            else:
                told = _("Your comment is with the thresholds; its answer will appear below it.")
                messages.success(request, told)
                return redirect(f"{request.path}#comment-{made.pk}")
    status = 422 if form.errors else 200
    context = frame(request, "list") | {
        "set": one,
        "form": form,
        "comments": one.comments.select_related("organisation"),
        "open": states.open_for_comments(one, sets.today()),
        "may_comment": by.may(Permission.STANDARD_COMMENT),
        "may_answer": by.may(Permission.THRESHOLD_DERIVE) and one.state in states.ANSWERABLE,
        "answers": SetAnswer.choices,
    }
    return render(request, "grades/comments.html", context, status=status)


@require_POST
@needs(Permission.THRESHOLD_DERIVE)
def answer(request: HttpRequest, set_id: UUID, comment_id: int) -> HttpResponse:
    """Answer a comment."""
    one = found(request, set_id)
    comment = get_object_or_404(one.comments, pk=comment_id)
    form = AnswerForm(request.POST)
    if form.is_valid():
        answered(request, commenting.answer, comment=comment, **form.cleaned_data)
    else:
        messages.error(request, _("An answer needs a choice and a reason."))
    return redirect("grades:comments", one.pk)
