"""`make run` and every `manage.py` command on a developer's or a trial user's machine."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path

from .base import *
from .base import BASE_DIR, env
from .databases import databases

VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))
DEBUG = env.bool("DEBUG", default=False)
# A trial installation on one's own machine: signs nothing that leaves it.
SECRET_KEY = env.str("SECRET_KEY", default="only-for-this-machine-never-in-production-0123456789")
BADGE_SIGNING_KEY = env.str(
    "BADGE_SIGNING_KEY", default=b64encode(sha256(SECRET_KEY.encode()).digest()).decode()
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = [BASE_URL] if BASE_URL.startswith("http") else []
DATABASES, DATABASE_OWNER = databases(embedded=VAR_DIR / "postgres")
MEDIA_ROOT = VAR_DIR / "media"
TOMBSTONE_FILE = env.str("TOMBSTONE_FILE", default=str(VAR_DIR / "withdrawn.jsonl"))
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "staticfiles")))
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = str(VAR_DIR / "mail")
if env.str("EMAIL_URL", default=""):
    vars().update(env.email("EMAIL_URL"))
LOCAL_ELASTICSEARCH = "devtools.elasticsearch.server"
DEMO = True
