"""Settings shared by development, test and production (12-factor: values from the environment)."""

from __future__ import annotations

from pathlib import Path

import environ
from csp.constants import NONCE, NONE, SELF
from django.utils.translation import gettext_lazy as _

from .proxies import trusted_proxies

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.Env()

DEBUG = False
INSTALLED_APPS = [
    "insight",
    "sparring",
    "story_library",
    "stories",
    "document_import",
    "learning",
    "events",
    "articles",
    "upkeep",
    "demo_content",
    "guideposts",
    "open_half",
    "kb",
    "content_check",
    "sources",
    "search",
    "people",
    "form_drafts",
    "privacy",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "csp",
    "django_filters",
    "django_htmx",
    "pgtrigger",
    "procrastinate.contrib.django",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "kb.middleware.NoNullMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads at random against BREACH
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "people.middleware.AbsoluteSessionAgeMiddleware",
    "people.middleware.IdleSessionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "kb.middleware.EditorialPolicyMiddleware",
    "kb.middleware.RobotsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "privacy.middleware.AccessMatrixMiddleware",
    "stories.editors_admin.middleware.NoStoriesMiddleware",
    "kb.admin.kept_pages.KeptPagesMiddleware",
    "content_check.admin.approvals.AskBeforeApprovalMiddleware",
    "upkeep.admin.kept_used.KeptUsedMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "kb.urls"
WSGI_APPLICATION = "kb.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "people.Employee"
AUTHENTICATION_BACKENDS = ["people.backends.AccountBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_FORMS = {
    "login": "people.login_forms.ShortLoginForm",
    "reauthenticate": "people.login_forms.PasswordConfirmForm",
    "change_password": "people.login_forms.PasswordChangeForm",
    "set_password": "people.login_forms.NewPasswordForm",
    "reset_password": "people.login_forms.ForgottenForm",
    "reset_password_from_key": "people.login_forms.ResetForm",
}
MFA_ADAPTER = "people.adapter.TwoStepAdapter"
MFA_FORMS = {
    "authenticate": "people.two_step.TwoStepCodeForm",
    "reauthenticate": "people.two_step.TwoStepReauthenticateForm",
    "activate_totp": "people.two_step.ActivateForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Sparringsrummet"
MFA_TOTP_TOLERANCE = 1  # a phone's clock may be half a minute off; a code is still taken once
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the municipality owns the addresses: nothing is confirmed
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_ADAPTER = "people.adapter.ClosedAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
# The library counts in each process's own memory, right tries too: ours is people/login_limits.py.
ACCOUNT_RATE_LIMITS = False
# Django's own: it asks the account's address alone, and writes nothing.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_SESSION_REMEMBER = False
# The idle limit and the absolute one (SEC-14).
SESSION_COOKIE_AGE = 30 * 60
SESSION_ABSOLUTE_AGE = 10 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kb.views.errors.csrf_failure"

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
# The second holds what Wagtail itself has in English only (devtools/wagtail_texts.py).
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale_wagtail"]
TIME_ZONE = "Europe/Copenhagen"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static" / "built"]
MEDIA_ROOT = BASE_DIR / "var" / "media"
MEDIA_URL = "/media/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# Strict on the site; kb.middleware loosens it on Wagtail's admin only (wagtail #1288).
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": ("/redaktion/",),
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True

WAGTAIL_SITE_NAME = "Sparringsrummet"
WAGTAILADMIN_BASE_URL = env("BASE_URL", default="http://localhost:8000")
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "modelsearch.backends.database"}}
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {"features": ["h3", "bold", "italic", "ol", "ul", "link", "source-note"]},
    }
}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("da", "Dansk"), ("en", "English")]
WAGTAIL_ENABLE_UPDATE_CHECK = False
# Names, addresses and passwords are changed at /konto/ alone (docs/decisions/0025).
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILDOCS_DOCUMENT_FORM_BASE = "kb.admin.documents.CheckedDocumentForm"
# The last four get past the name only, to be refused with how to save them (kb.admin.documents).
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "txt"]
WAGTAILDOCS_EXTENSIONS += ["doc", "xls", "ppt", "rtf"]
WAGTAILDOCS_EXTENSIONS += ["vtt"]  # captions of videos
WAGTAILDOCS_EXTENSIONS += ["mp3", "m4a", "mp4", "ogg", "webm"]  # podcasts and videos of our own
WAGTAILIMAGES_IMAGE_MODEL = "kb.LibraryImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "kb.admin.images.MeasuredImageForm"
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 12 * 1024 * 1024
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
TAGGIT_CASE_INSENSITIVE = True

BASE_URL = env("BASE_URL", default="http://localhost:8000")
# Proxies trusted to state the client's address (docs/operations.md, "Behind a proxy").
TRUSTED_PROXIES = trusted_proxies(env("TRUSTED_PROXIES", default=""))
# The list of withdrawn stories, outside the database and its backups (docs/operations.md).
TOMBSTONE_FILE = env("TOMBSTONE_FILE", default=str(BASE_DIR / "var" / "withdrawn.jsonl"))
ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")
LOCAL_ELASTICSEARCH = ""  # the module that starts one on a developer's machine
# 32 random bytes in base64 sign the Open Badges; without them no badge is given. The public keys
# of earlier ones, so that old badges still verify (docs/operations.md).
BADGE_SIGNING_KEY = env("BADGE_SIGNING_KEY", default="")
BADGE_OLD_PUBLIC_KEYS = env.list("BADGE_OLD_PUBLIC_KEYS", default=[])
SEARCH_INDEX_PREFIX = env("SEARCH_INDEX_PREFIX", default="sparringsrummet")
SEARCH_SHARDS = env.int("SEARCH_SHARDS", default=1)
SEARCH_REPLICAS = env.int("SEARCH_REPLICAS", default=0)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Sparringsrummet <sparring@example.org>")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"
PGTRIGGER_MIGRATIONS = True
# Wagtail shows its preview in a frame of our own, so SAMEORIGIN instead of DENY; the policy of
# the site itself says frame-ancestors none.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
