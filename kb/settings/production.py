"""Production: refuses to start without its configuration and names what is missing."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import BASE_DIR, env
from .databases import databases

REQUIRED = (
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "ELASTICSEARCH_URL",
    "EMAIL_URL",
    "DEFAULT_FROM_EMAIL",
    "BASE_URL",
    "TRUSTED_PROXIES",
)
missing = [name for name in REQUIRED if not env.str(name, default="").strip()]
if missing:
    raise ImproperlyConfigured(
        f"Sparringsrummet cannot start: set {', '.join(missing)} in the environment "
        '(README.md, "Configuration").'
    )

SECRET_KEY = env.str("SECRET_KEY")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("Sparringsrummet cannot start: SECRET_KEY needs 50 characters.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
VAR_DIR = BASE_DIR / "var"
DATABASES, DATABASE_OWNER = databases()
vars().update(env.email("EMAIL_URL"))
CSRF_TRUSTED_ORIGINS = [env.str("BASE_URL")]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SECURE_REDIRECT_EXEMPT = [r"^sundhed/$"]
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
DEMO = False
