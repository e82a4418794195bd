"""Every address: the patient's at the root, the clinic's under /staff/."""

from __future__ import annotations

from django.urls import path

from screening.views import (
    alerts,
    assignment,
    cases,
    exports,
    health,
    patient,
    pauses,
    protocols,
    safety,
)

patient_urls = [
    path("", patient.start, name="start"),
    path("begin/", patient.begin, name="begin"),
    path("page/<slug:slug>/", patient.page, name="page"),
    path("check/", patient.check, name="check"),
    path("send/", patient.send, name="send"),
    path("sent/", patient.sent, name="sent"),
    path("copy/", pauses.copy, name="copy"),
    path("code/", pauses.code, name="code"),
    path("resume/", pauses.resume, name="resume"),
    path("leave/", pauses.leave, name="leave"),
    path("stop/", pauses.stop, name="stop"),
    path("help/", pauses.help_page, name="help"),
    path("help-now/", pauses.help_now, name="help_now"),
    path("privacy/", pauses.privacy, name="privacy"),
    path("contact/", pauses.contact, name="contact"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]

staff_urls = [
    path("staff/", cases.queue, name="queue"),
    path("staff/case/<uuid:key>/", cases.case, name="case"),
    path("staff/case/<uuid:key>/review/", cases.review, name="review"),
    path("staff/case/<uuid:key>/assign/", assignment.assign, name="assign"),
    path("staff/case/<uuid:key>/open/", assignment.open_anyway, name="open_anyway"),
    path("staff/case/<uuid:key>/basis/", exports.basis, name="basis"),
    path("staff/case/<uuid:key>/export.json", exports.case_file, name="case_file"),
    path("staff/lists/<slug:which>.csv", exports.table, name="table"),
    path("staff/opened/", assignment.opened, name="opened"),
    path("staff/safety/", safety.board, name="safety"),
    path("staff/alert/<uuid:key>/", safety.alert, name="alert"),
    path("staff/alert/<uuid:key>/own/", alerts.own, name="own_alert"),
    path("staff/alert/<uuid:key>/try/", alerts.tried, name="try_alert"),
    path("staff/alert/<uuid:key>/close/", alerts.close, name="close_alert"),
    path("staff/protocol/", protocols.criteria, name="protocol"),
]

urlpatterns = patient_urls + staff_urls
