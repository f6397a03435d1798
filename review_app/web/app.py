"""Making the web application: settings in, Flask out."""

import importlib

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_bootstrap import Bootstrap5
from flask_login import LoginManager
from jinja2 import PackageLoader, StrictUndefined
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from review_app.accounts.models import Person
from review_app.accounts.service import FAILED_SIGNATURE, count_wrong_password, person_of_token
from review_app.audit.service import address_of_request
from review_app.clock import Clock, utc_now
from review_app.database import Database
from review_app.documents.office import use_office
from review_app.errors import EditConflict, NotAllowed, ReviewError
from review_app.instance import open_instance
from review_app.panels.rechecking import after_changes
from review_app.sealing import read_secret
from review_app.settings import Settings
from review_app.web import layout
from review_app.web import request as asked
from review_app.web.languages import speak
from review_app.web.security import guard

# every subject's pages; a new subject adds its name here
SUBJECTS = (
    "accounts", "reviews", "files", "experts", "panels", "planning", "evaluations", "precedents", "saved_searches",
    "statutes", "form_templates", "offline_forms", "deliberations", "discussions", "agreement", "interference", "opinions", "followup", "archiving", "own_cases", "audit", "notices",
)  # fmt: skip


class IdConverter(IntegerConverter):
    """Row ids in addresses: at most 15 digits, more would overflow SQLite."""

    regex = r"\d{1,15}"


class Platform(Flask):
    """Flask that settles the transaction inside the request, where errors still become pages."""

    def dispatch_request(self) -> ResponseReturnValue:
        response = self.make_response(super().dispatch_request())
        if "session" in g and response.status_code < 400:
            if request.method not in asked.SAFE:
                after_changes(g.session, now=asked.now())
            g.session.commit()
        return response


def create_app(settings: Settings, *, clock: Clock = utc_now, database: Database | None = None) -> Flask:
    """The whole web application. ``clock`` and ``database`` are given by tests and the demo."""
    app = Platform(__name__)
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]
    app.extensions["yian_settings"] = settings
    app.extensions["yian_clock"] = clock
    app.extensions["yian_database"] = database or open_instance(settings)
    use_office(settings)
    configure(app, settings)
    app.url_map.converters["id"] = IdConverter
    app.jinja_loader = PackageLoader("review_templates", "")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    speak(app, settings.language)
    Bootstrap5(app)
    guard(app, login_manager())
    layout.install(app)
    for subject in SUBJECTS:
        app.register_blueprint(importlib.import_module(f"review_app.web.{subject}.pages").pages)
    add_edges(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    app.config.update(
        SECRET_KEY=read_secret(settings.cookie_key_file),
        MAX_CONTENT_LENGTH=settings.upload_limit,
        MAX_FORM_MEMORY_SIZE=8 * 1024 * 1024,
        MAX_FORM_PARTS=5000,
        SESSION_COOKIE_NAME="yian",
        SESSION_COOKIE_SECURE=settings.secure_cookies,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        BOOTSTRAP_SERVE_LOCAL=True,
        WTF_CSRF_TIME_LIMIT=None,
    )


def login_manager() -> LoginManager:
    manager = LoginManager()
    manager.session_protection = None  # the stored sign-in, not the browser's name, is what counts

    @manager.user_loader  # type: ignore[untyped-decorator, unused-ignore]
    def load(token: str) -> Person | None:
        return person_of_token(asked.session(), token, now=asked.now())

    return manager


def add_edges(app: Flask) -> None:
    """What happens around every request: caller's address, closing, errors, /healthz and the icon."""
    app.before_request(note_address)
    app.teardown_request(close_session)
    app.register_error_handler(NotAllowed, refused)
    app.register_error_handler(EditConflict, conflicting)
    app.register_error_handler(StaleDataError, conflicting)
    app.register_error_handler(ReviewError, said)
    app.register_error_handler(HTTPException, shown)
    app.register_error_handler(Exception, failed)
    app.add_url_rule("/healthz", "healthz", healthz)
    app.add_url_rule("/favicon.ico", "favicon", favicon)


def note_address() -> None:
    address_of_request.set(request.remote_addr or "")


def close_session(_error: BaseException | None) -> None:
    """Close the request's session. A wrong password is counted now: what it was given for has been undone."""
    found = g.pop("session", None)
    if found is None:
        return
    found.close()
    if login := found.info.pop(FAILED_SIGNATURE, ""):
        with asked.database().writing() as own, own.begin():
            count_wrong_password(own, login, now=asked.now())


def refused(error: NotAllowed) -> ResponseReturnValue:
    asked.log_refusal(None)
    return render_template("errors/404.html"), 404


def conflicting(error: Exception) -> ResponseReturnValue:
    sentence = asked.sentence_of(EditConflict())
    return render_template("errors/400.html", sentence=sentence), 409


def said(error: ReviewError) -> ResponseReturnValue:
    return render_template("errors/400.html", sentence=asked.sentence_of(error)), 400


def shown(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    page = (
        f"errors/{code}.html"
        if code in (404, 413)
        else "errors/400.html"
        if code < 500
        else "errors/500.html"
    )
    return render_template(page, sentence=layout.sentence_for(error)), code


def failed(error: Exception) -> ResponseReturnValue:
    current_app.logger.error("a request failed: %s", request.path, exc_info=error)
    if current_app.testing:
        raise error
    return render_template("errors/500.html"), 500


def healthz() -> Response:
    """Answers when the server and its database do."""
    asked.session().connection()
    return Response("ok\n", mimetype="text/plain")


def favicon() -> ResponseReturnValue:
    """Browsers ask for it unbidden. The sign-in page it would be led to begins a session beside the one whose form is
    just being opened, and that form would be refused."""
    return redirect(url_for("static", filename="img/seal.svg"), 301)
