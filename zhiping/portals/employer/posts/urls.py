"""URLs of an institution's posts."""

from django.urls import path

from zhiping.portals.employer.posts import competitions, papers, statements, views

app_name = "posts"
urlpatterns = [
    path("", views.index, name="index"),
    path("begin/", views.begin, name="begin"),
    path("figures/", views.figures, name="figures"),
    path("pooled/", views.pooled, name="pooled"),
    path("exchange/", views.exchange, name="exchange"),
    path("check/", views.check, name="check"),
    path("changes/", views.changes, name="changes"),
    path("changes/<int:key>/withdraw/", views.withdraw, name="withdraw"),
    path("competitions/", competitions.index, name="competitions"),
    path("competitions/new/", competitions.create, name="new_competition"),
    path("competitions/<int:key>/", competitions.show, name="competition"),
    path("competitions/<int:key>/conclude/", competitions.conclude, name="conclude"),
    path("competitions/<int:key>/void/", competitions.void, name="void"),
    path("forms/new/", papers.create, name="fill"),
    path("forms/<int:key>/", papers.show, name="form"),
    path("forms/<int:key>/sheet.<str:kind>", papers.sheet, name="sheet"),
    path("statements/", statements.index, name="statements"),
    path("statements/<int:key>/sheet.pdf", statements.paper, name="statement"),
    path("statements/<int:key>/revoke/", statements.revoke, name="revoke"),
    path("seats/<int:key>/appoint/", papers.appoint, name="appoint"),
]
