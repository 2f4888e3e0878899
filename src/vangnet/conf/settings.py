# SPDX-License-Identifier: EUPL-1.2
"""Django settings, read from the environment; docs/besluiten/0003 says why it refuses rather than warns.

Variables: DATABASE_URL, SECRET_KEY, ALLOWED_HOSTS (with commas), DEBUG, VANGNET_DEMO, VANGNET_PROXY (the proxy in
front sets X-Forwarded-Proto and strips it from clients), VANGNET_VERTROUWDE_OORSPRONG, VANGNET_DATABASE_POOL,
VANGNET_STATISCH (folder of collected static files), VANGNET_LOGNIVEAU, VANGNET_REGIOS (folder of the agreements, else
ours), VANGNET_EIGEN (folder of the region's own choices; the demo has its own), VANGNET_SLOT_MINUTEN (idle minutes before
the screen locks), VANGNET_BACKUP_UREN (hours after which the last backup is too old; 0 warns nobody), VANGNET_ADRES (where
people find this installation), VANGNET_MAIL and VANGNET_MAIL_VAN (the mail server and the sender), VANGNET_SEIN (file with the
gateway of each region for text messages and calls), VANGNET_PROEFPOST (the demo's own: the folder of what it received).
"""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from vangnet.conf import kanalen
from vangnet.conf.environment import Environment

PACKAGE = Path(__file__).resolve().parent.parent

_environment = Environment(os.environ)

DEMO = _environment.flag("VANGNET_DEMO")
DEBUG = _environment.flag("DEBUG")
_local = "VANGNET_DEMO=1" if DEMO else "DEBUG=1" if DEBUG else None

SECRET_KEY = _environment.secret_key("SECRET_KEY", ephemeral=secrets.token_urlsafe(64) if DEMO else None)
ALLOWED_HOSTS = _environment.hosts(
    "ALLOWED_HOSTS",
    default=["localhost", "127.0.0.1", "[::1]"] if _local else [],
    loopback_only_because=_local,
)
CSRF_TRUSTED_ORIGINS = _environment.origins("VANGNET_VERTROUWDE_OORSPRONG")
DATABASES = {
    "default": _environment.database(
        "DATABASE_URL", pool=_environment.number("VANGNET_DATABASE_POOL", 10, least=0, most=200)
    )
}
_log_level = _environment.text("VANGNET_LOGNIVEAU", "INFO").upper()
if _log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
    _environment.fault("VANGNET_LOGNIVEAU", f"'{_log_level}'", "DEBUG, INFO, WARNING of ERROR")
_behind_proxy = _environment.flag("VANGNET_PROXY")
STATIC_ROOT = _environment.folder("VANGNET_STATISCH", Path("staticfiles").absolute())
VANGNET_REGIOS = _environment.existing_folder("VANGNET_REGIOS", PACKAGE.parent.parent / "regios")
VANGNET_EIGEN = _environment.existing_folder(
    "VANGNET_EIGEN", PACKAGE.parent.parent / "demo" / "regios" if DEMO else None
)
VANGNET_SLOT_MINUTEN = _environment.number("VANGNET_SLOT_MINUTEN", 5, least=1, most=60)
VANGNET_ADRES = kanalen.own_address(_environment, "VANGNET_ADRES", ALLOWED_HOSTS, local=bool(_local))
VANGNET_MAIL = kanalen.mail_server(_environment, "VANGNET_MAIL", "VANGNET_MAIL_VAN")
VANGNET_SEIN = kanalen.gateways(_environment, "VANGNET_SEIN")
VANGNET_BACKUP_UREN = _environment.number("VANGNET_BACKUP_UREN", 26, least=0, most=24 * 366)
VANGNET_PROEFPOST = _environment.existing_folder("VANGNET_PROEFPOST", None) if DEMO else None
_environment.refuse_if_faulty()

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "vangnet.access",
    "vangnet.casework",
    "vangnet.clocks",
    "vangnet.capacity",
    "vangnet.messages",
    "procrastinate.contrib.django",
    "vangnet.web",
]

AUTH_USER_MODEL = "access.Medewerker"
SILENCED_SYSTEM_CHECKS = ["auth.E003"]  # The address is unique whatever its capitals: constraint `medewerker_eenmaal`.

MIDDLEWARE = [
    "vangnet.access.koppen.Koppen",
    "vangnet.api.middleware.interface_headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "vangnet.web.taal.DutchUnlessChosen",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "vangnet.access.middleware.Gate",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "vangnet.conf.urls"
WSGI_APPLICATION = "vangnet.conf.wsgi.application"
ASGI_APPLICATION = "vangnet.conf.asgi.application"
APPEND_SLASH = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Language and time: Dutch first, Amsterdam at the edges, UTC in the store.
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Nederlands")), ("en", _("Engels"))]
LANGUAGE_COOKIE_NAME = "taal"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LOCALE_PATHS = [PACKAGE / "conf" / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True

# Static files: collected, hashed by content, served by the application itself.
STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = True
WHITENOISE_ALLOW_ALL_ORIGINS = False

# Transport and cookies. The demo and DEBUG speak plain http, and only to this machine.
_https = _local is None
SECURE_SSL_REDIRECT = _https
SECURE_REDIRECT_EXEMPT = [r"^gezond$"]
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https
SECURE_HSTS_PRELOAD = False
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if _behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_NAME = "__Host-sessie" if _https else "sessie"
SESSION_COOKIE_SECURE = _https
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if _https else "csrf"
CSRF_COOKIE_SECURE = _https
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = _https
LANGUAGE_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "vangnet.web.fouten.formulier_verlopen"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "font-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Signing in (docs/besluiten/0009). A session lives in the database, twelve hours at most, and names nobody; the gate
# in vangnet.access.middleware locks and ends it. Of allauth only the machinery of second factors is used.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["naam", "email"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "aanmelden"
SESSION_ENGINE = "vangnet.access.sessieopslag"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_SAVE_EVERY_REQUEST = False
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
MFA_ADAPTER = "vangnet.access.mfa.Adapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = "Vangnet"
MFA_TOTP_TOLERANCE = 1

# Jobs are found by the worker (`vangnet post`) alone; nothing else loads them.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["vangnet.worker.taken"]

# What one request may bring; files have their own road later.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "vangnet.conf.logs.LineFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": _log_level},
    "loggers": {
        # Django's own set-up gives these handlers of their own; one road out is enough.
        "django": {"handlers": [], "level": _log_level, "propagate": True},
        "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        # Statements hold names and numbers of people: never below WARNING, whatever the level asked for.
        "django.db.backends": {"level": "WARNING"},
        # Every job by its number is noise; what fails is on the record of the message.
        "procrastinate": {"level": "WARNING"},
    },
}
