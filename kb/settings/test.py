"""The tests: the same site, as the web role, on a cluster of its own."""

from __future__ import annotations

from .databases import databases
from .development import *
from .development import BASE_DIR, STATIC_ROOT, VAR_DIR

DATABASES, DATABASE_OWNER = databases(embedded=VAR_DIR / "postgres-test")
INSTALLED_APPS = [*INSTALLED_APPS, "django_migration_linter"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = VAR_DIR / "test-media"
TOMBSTONE_FILE = str(VAR_DIR / "test-withdrawn.jsonl")
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [
    BASE_DIR / "static" / "src",
    *([p] if (p := BASE_DIR / "static" / "built").exists() else []),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
