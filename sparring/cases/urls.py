"""Addresses of the cases, their verbs and the import."""

from __future__ import annotations

from django.urls import path

from kb.overview import register_overview
from sparring.beliefs.views import actions, beliefs
from sparring.cases.views import case_actions, imports
from sparring.cases.views.case_detail import case_detail
from sparring.cases.views.case_list import case_list
from sparring.cases.views.overview import overview
from sparring.habits.views import habits
from sparring.strengths.views import strengths

# `/` is kb's address; what stands there for somebody logged in comes from here.
register_overview(overview)

urlpatterns = [
    path("maanedens-vane/afvis/", habits.put_habit_away, name="habit_put_away"),
    path("sager/", case_list, name="case_list"),
    path("sager/indlaes/", imports.UploadCaseload.as_view(), name="import_caseload"),
    path("sager/indlaes/<uuid:pk>/", imports.confirm, name="import_confirm"),
    path("sager/<str:code>/", case_detail, name="case_detail"),
    path("sager/<str:code>/tro/", beliefs.RegisterBelief.as_view(), name="belief_register"),
    path(
        "sager/<str:code>/tro/borger/",
        beliefs.RegisterCitizenBelief.as_view(),
        name="belief_citizen",
    ),
    path(
        "sager/<str:code>/tro/bekraeft/", beliefs.ReaffirmBelief.as_view(), name="belief_reaffirm"
    ),
    path(
        "sager/<str:code>/tro/<int:pk>/ret/", beliefs.CorrectBelief.as_view(), name="belief_correct"
    ),
    path("sager/<str:code>/handling/", actions.PlanAction.as_view(), name="action_plan"),
    path(
        "sager/<str:code>/handling/<int:pk>/start/",
        actions.StartAction.as_view(),
        name="action_start",
    ),
    path(
        "sager/<str:code>/handling/<int:pk>/slut/", actions.EndAction.as_view(), name="action_end"
    ),
    path(
        "sager/<str:code>/handling/<int:pk>/gjort/",
        actions.AgreementDone.as_view(),
        name="action_agreement_done",
    ),
    path(
        "sager/<str:code>/handling/<int:pk>/lykkedes/",
        actions.ReportSuccess.as_view(),
        name="action_success",
    ),
    path(
        "sager/<str:code>/handling/<int:pk>/samtidig/",
        actions.MarkParallel.as_view(),
        name="action_beside",
    ),
    path("sager/<str:code>/oensk/", case_actions.RequestSparring.as_view(), name="request"),
    path(
        "sager/<str:code>/oensk/traek/",
        case_actions.WithdrawRequest.as_view(),
        name="sparring_withdraw",
    ),
    path("sager/<str:code>/gaest/", case_actions.AllowGuest.as_view(), name="sparring_guest"),
    path("sager/<str:code>/udsaet/", case_actions.Snooze.as_view(), name="need_snooze"),
    path(
        "sager/<str:code>/udsaet/fortryd/", case_actions.EndSnooze.as_view(), name="need_end_snooze"
    ),
    path("sager/<str:code>/styrker/", strengths.SetStrengths.as_view(), name="case_strengths"),
    path("sager/<str:code>/styrker/sammen/", strengths.FillInSheet.as_view(), name="case_sheet"),
    path("sager/<str:code>/styrker/ark.pdf", strengths.sheet_pdf, name="case_sheet_pdf"),
    path("sager/<str:code>/pause/", case_actions.Pause.as_view(), name="case_pause"),
    path("sager/<str:code>/genoptag/", case_actions.Resume.as_view(), name="case_resume"),
    path("sager/<str:code>/afslut/", case_actions.CloseCase.as_view(), name="case_close"),
]
