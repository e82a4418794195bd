"""Every address: the patient's at the root, the clinic's under /staff/."""

from __future__ import annotations

from django.urls import path

from screening.views import health
from screening.views.desk import (
    asking,
    assignment,
    assisting,
    cases,
    disagreement,
    erasure,
    finding,
    invitations,
    lowering,
    queue_views,
    telling,
)
from screening.views.export import exports
from screening.views.figures import doing
from screening.views.journey import (
    invited,
    more,
    patient,
    pauses,
    sending,
    tablet_pages,
)
from screening.views.protocol import (
    draft_changes,
    draft_files,
    draft_lists,
    draft_people,
    drafts,
    grounds,
    preview,
    protocols,
    signing_off,
)
from screening.views.safety import alerts, board
from screening.views.team import joining, members

patient_urls = [
    path("", patient.start, name="start"),
    path("invited/", invited.invited, name="invited"),
    path("invited/<str:token>/", invited.link, name="invitation_link"),
    path("begin/", patient.begin, name="begin"),
    path("page/<slug:slug>/", patient.page, name="page"),
    path("check/", patient.check, name="check"),
    path("send/", sending.send, name="send"),
    path("sent/", sending.sent, name="sent"),
    path("copy/", pauses.copy, name="copy"),
    path("code/", pauses.code, name="code"),
    path("resume/", pauses.resume, name="resume"),
    path("more/", more.more, name="more"),
    path("more/<str:token>/", more.link, name="more_link"),
    path("leave/", pauses.leave, name="leave"),
    path("stop/", pauses.stop, name="stop"),
    path("finish/", tablet_pages.finish, name="finish"),
    path("cleared/", tablet_pages.cleared, name="cleared"),
    path("help/", pauses.help_page, name="help"),
    path("help-now/", pauses.help_now, name="help_now"),
    path("privacy/", pauses.privacy, name="privacy"),
    path("contact/", pauses.contact, name="contact"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]

staff_urls = [
    path("staff/", cases.queue, name="queue"),
    path("staff/views/", queue_views.keep, name="keep_view"),
    path("staff/views/<int:pk>/forget/", queue_views.forget, name="forget_view"),
    path("staff/case/<uuid:key>/", cases.case, name="case"),
    path("staff/case/<uuid:key>/review/", cases.review, name="review"),
    path("staff/case/<uuid:key>/assign/", assignment.assign, name="assign"),
    path("staff/case/<uuid:key>/lower/", lowering.lower, name="lower"),
    path("staff/case/<uuid:key>/open/", assignment.open_anyway, name="open_anyway"),
    path("staff/case/<uuid:key>/basis/", exports.basis, name="basis"),
    path("staff/case/<uuid:key>/basis.pdf", exports.basis_file, name="basis_file"),
    path("staff/case/<uuid:key>/export.json", exports.case_file, name="case_file"),
    path("staff/lists/<slug:which>.csv", exports.table, name="table"),
    path("staff/assist/", assisting.assist, name="assist"),
    path("staff/assist/end/", assisting.end, name="end_assist"),
    path("staff/find/", finding.find, name="find"),
    path("staff/erase/", erasure.erase, name="erase"),
    path("staff/opened/", assignment.opened, name="opened"),
    path("staff/case/<uuid:key>/undo/", cases.take_back, name="take_back"),
    path("staff/case/<uuid:key>/note/", cases.keep_note, name="keep_note"),
    path("staff/case/<uuid:key>/tell/", telling.tell, name="tell"),
    path("staff/case/<uuid:key>/disagree/", disagreement.disagree, name="disagree"),
    path("staff/case/<uuid:key>/ask/", asking.ask, name="ask"),
    path("staff/case/<uuid:key>/link/", asking.link, name="case_link"),
    path("staff/doing/", doing.doing, name="doing"),
    path("staff/stay/", cases.stay, name="stay"),
    path("staff/safety/", board.board, name="safety"),
    path("staff/alert/<uuid:key>/", board.alert, name="alert"),
    path("staff/alert/<uuid:key>/own/", alerts.own, name="own_alert"),
    path("staff/alert/<uuid:key>/try/", alerts.tried, name="try_alert"),
    path("staff/alert/<uuid:key>/close/", alerts.close, name="close_alert"),
    path("staff/protocol/", protocols.criteria, name="protocol"),
    path("staff/team/", members.team, name="team"),
    path("staff/team/<int:pk>/leave/", members.leave, name="leave_team"),
    path("staff/team/<uuid:key>/back/", members.withdraw, name="withdraw_colleague"),
    path("staff/join/", joining.join, name="join"),
    path("staff/join/<str:token>/", joining.link, name="join_link"),
    path("staff/invitations/", invitations.invitations, name="invitations"),
    path("staff/invitations/<uuid:key>/", invitations.invitation, name="invitation"),
    path("staff/invitations/<uuid:key>/link.svg", invitations.picture, name="picture"),
    path(
        "staff/invitations/<uuid:key>/withdraw/",
        invitations.withdraw,
        name="withdraw_invitation",
    ),
    path("staff/tablet/", tablet_pages.tablet, name="tablet"),
]

DRAFT = "staff/protocol/draft/"
draft_urls = [
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}start/", drafts.start_draft, name="start_draft"),
    path(f"{DRAFT}discard/", drafts.discard_draft, name="discard_draft"),
    path(f"{DRAFT}list/<slug:kind>/", draft_lists.contents, name="draft_contents"),
    path(
        f"{DRAFT}change/<slug:kind>/<path:name>/",
        draft_changes.change,
        name="change_draft",
    ),
    path(f"{DRAFT}add/<slug:kind>/", draft_changes.add, name="add_to_draft"),
    path(
        f"{DRAFT}remove/<slug:kind>/<path:name>/",
        draft_changes.remove,
        name="remove_from_draft",
    ),
    path(f"{DRAFT}files/", draft_files.files, name="draft_files"),
    path(f"{DRAFT}file/<path:name>/", draft_files.file, name="draft_file"),
    path(
        "staff/protocol/<int:pk>/files.zip",
        draft_files.exported,
        name="export_protocol",
    ),
    path("staff/protocol/<int:pk>/grounds/", grounds.grounds, name="grounds"),
    path(f"{DRAFT}replay/", signing_off.replay, name="replay"),
    path(f"{DRAFT}replay/ask/", signing_off.ask_replay, name="ask_replay"),
    path(f"{DRAFT}replay/cancel/", signing_off.cancel_replay, name="cancel_replay"),
    path(f"{DRAFT}people/", draft_people.people, name="draft_people"),
    path(f"{DRAFT}people/bless/", draft_people.bless, name="bless_people"),
    path(f"{DRAFT}people/at/<slug:slug>/", draft_people.boundary, name="boundary"),
    path(f"{DRAFT}people/<uuid:key>/", draft_people.person, name="draft_person"),
    path(
        f"{DRAFT}people/<uuid:key>/explain/", draft_people.explain, name="explain_flip"
    ),
    path(f"{DRAFT}preview/", preview.preview, name="preview"),
    path(f"{DRAFT}preview/end/", preview.preview_end, name="preview_end"),
    path(f"{DRAFT}preview/help/", preview.preview_help, name="preview_help"),
    path(f"{DRAFT}preview/<slug:slug>/", preview.preview_page, name="preview_page"),
    path(f"{DRAFT}propose/", signing_off.propose, name="propose_draft"),
    path(f"{DRAFT}countersign/", signing_off.countersign, name="countersign_draft"),
    path(f"{DRAFT}publish/", signing_off.publish, name="publish_draft"),
    path(
        "staff/protocol/<int:pk>/again/",
        signing_off.roll_back,
        name="roll_back_protocol",
    ),
    path("staff/protocol/<int:pk>/retire/", signing_off.retire, name="retire_protocol"),
]

urlpatterns = patient_urls + staff_urls + draft_urls
