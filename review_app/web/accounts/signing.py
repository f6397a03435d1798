"""Sign-in and sign-out, language, own password."""

from urllib.parse import urlsplit

from flask import abort, flash, redirect, render_template, request, url_for
from flask import session as cookie
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user

from review_app.accounts import service
from review_app.errors import ReviewError
from review_app.web.accounts.blueprint import pages
from review_app.web.accounts.forms import PasswordForm, SignInForm
from review_app.web.languages import LANGUAGES
from review_app.web.request import now, person, sentence_of, session, settings, tried


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated:
        return redirect(url_for("reviews.start"))
    form = SignInForm(next=request.args.get("next", ""))
    problem = try_sign_in(form) if form.validate_on_submit() else ""
    if problem is None:
        return redirect(local_address(form.next.data))
    return render_template("pages/accounts/sign_in.html", form=form, problem=problem)


def try_sign_in(form: SignInForm) -> str | None:
    """None when signed in, else the sentence. The same words for a wrong name and a wrong password."""
    try:
        found = service.sign_in(
            session(),
            login=form.login.data or "",
            password=form.password.data or "",
            code=form.code.data or "",
            address=request.remote_addr or "",
            hours=settings().session_hours,
            now=now(),
        )
    except ReviewError as error:
        return sentence_of(error)
    if found is None:
        return str(gettext("登录名、密码或者动态验证码不正确。"))
    begin_cookie(found[1])
    return None


def begin_cookie(token: str) -> None:
    """A fresh cookie at every sign-in; only the choice of language is carried over."""
    language = cookie.get("language")
    cookie.clear()
    cookie["_user_id"] = token
    if language:
        cookie["language"] = language


def local_address(wanted: str | None) -> str:
    """``wanted`` if it is an address of this platform, else the start page."""
    wanted = (wanted or "").removesuffix("?")
    parts = urlsplit(wanted)
    odd = "\\" in wanted or not wanted.isprintable()
    local = (
        wanted.startswith("/") and not wanted.startswith("//") and not (parts.scheme or parts.netloc or odd)
    )
    return wanted if local else url_for("reviews.start")


@pages.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    service.sign_out(session(), cookie.get("_user_id", ""), by=person(), now=now())
    cookie.clear()
    flash(gettext("您已退出登录。"), "success")
    return redirect(url_for("accounts.sign_in"))


@pages.post("/language")
def choose_language() -> ResponseReturnValue:
    language = request.form.get("language", "")
    if language not in LANGUAGES:
        abort(400)
    cookie["language"] = language
    if current_user.is_authenticated:
        service.choose_language(person(), language)
    return redirect(local_address(request.form.get("back")))


@pages.route("/password", methods=["GET", "POST"])
def change_password() -> ResponseReturnValue:
    form = PasswordForm()
    if form.validate_on_submit() and tried(lambda: renew_password(form)):
        flash(gettext("密码已修改，您在其他设备上的登录已经结束。"), "success")
        return redirect(url_for("reviews.start"))
    return render_template("pages/accounts/password.html", form=form)


def renew_password(form: PasswordForm) -> None:
    """Changing ends every sign-in, this one too; the person goes on with a new one."""
    service.change_password(session(), person(), old=form.old.data or "", new=form.new.data or "", now=now())
    token = service.open_sign_in(
        session(), person(), address=request.remote_addr or "", hours=settings().session_hours, now=now()
    )
    begin_cookie(token)
