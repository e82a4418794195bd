"""How staff sign in, in the words of the libraries; settings.py takes all of it."""

from __future__ import annotations

AUTH_USER_MODEL = "screening.Staff"
AUTHENTICATION_BACKENDS = ["clinic.backends.OneLookBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/staff/"
ACCOUNT_ADAPTER = "clinic.accounts.StaffAccountAdapter"
ACCOUNT_FORMS = {"login": "clinic.accounts.SignInForm"}
ACCOUNT_EMAIL_VERIFICATION = "none"
# No mail goes to a stranger's address, but the same is done for it (clinic.accounts).
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
USERSESSIONS_ADAPTER = "clinic.accounts.PlacesAdapter"
MFA_ADAPTER = "clinic.accounts.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "clinic.accounts.CodeForm",
    "reauthenticate": "clinic.accounts.CodeAgainForm",
    "authenticate_webauthn": "clinic.passkeys.PasskeyForm",
    "login_webauthn": "clinic.passkeys.PasskeyLoginForm",
    "reauthenticate_webauthn": "clinic.passkeys.PasskeyAgainForm",
    "add_webauthn": "clinic.passkeys.NewPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
_validation = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_validation}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_validation}.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": f"{_validation}.CommonPasswordValidator"},
    {"NAME": "clinic.passwords.OwnWordsValidator"},
]
