from __future__ import annotations

from django.urls import path

from learning.views import certificates, mine, record

app_name = "learning"
urlpatterns = [
    path("", mine.mine, name="mine"),
    path("etik/", mine.ConfirmEthics.as_view(), name="ethics"),
    path("eget-certifikat/", certificates.RegisterOwn.as_view(), name="register_own"),
    path("certifikat/<uuid:uid>.pdf", certificates.printed, name="certificate_pdf"),
    path("certifikat/<uuid:uid>/kopi.pdf", certificates.copy, name="copy"),
    path("certifikat/<uuid:uid>.jwt", certificates.badge, name="badge"),
    path("registrer/", record.RecordPass.as_view(), name="record"),
    path("registrer/andet/", certificates.RegisterForOther.as_view(), name="register_external"),
    path("registrer/certifikater/", record.certificates, name="certificates"),
    path("registrer/certifikater/<uuid:uid>/bekraeft/", record.confirm, name="confirm"),
    path("registrer/certifikater/<uuid:uid>/tilbagekald/", record.Revoke.as_view(), name="revoke"),
    path("enhed/", mine.coverage, name="coverage"),
]
