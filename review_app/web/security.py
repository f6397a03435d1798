"""Headers of every answer, the CSRF guard and the sign-in wall."""

from flask import Flask, Response, redirect, request, url_for
from flask_login import LoginManager, current_user
from flask_wtf import CSRFProtect
from werkzeug.wrappers import Response as WerkzeugResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
PUBLIC = {
    "static", "bootstrap.static", "favicon", "healthz", "accounts.sign_in", "accounts.choose_language",
    "panels.answer", "panels.accept_link", "panels.decline_link",
}  # fmt: skip
"""open without signing in; whoever answers an invitation proves himself by the secret in his link"""

csrf = CSRFProtect()


def guard(app: Flask, logins: LoginManager) -> None:
    """Put every route behind the sign-in wall, CSRF on, strict headers on."""
    csrf.init_app(app)
    logins.init_app(app)
    app.before_request(sign_in_wall)
    app.after_request(add_headers)


def sign_in_wall() -> WerkzeugResponse | None:
    if request.endpoint in PUBLIC or current_user.is_authenticated:
        return must_change_first()
    return redirect(url_for("accounts.sign_in", next=request.full_path if request.method == "GET" else None))


def must_change_first() -> WerkzeugResponse | None:
    allowed = PUBLIC | {"accounts.change_password", "accounts.sign_out"}
    if not current_user.is_authenticated or request.endpoint in allowed:
        return None
    return redirect(url_for("accounts.change_password")) if current_user.must_change_password else None


def add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint not in ("static", "bootstrap.static"):
        response.headers.setdefault("Cache-Control", "no-store")
    return response
