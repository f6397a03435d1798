"""Setting up and taking off one's own second factor."""

import segno
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from review_app.accounts.second_factor import (
    address_for_phone,
    begin,
    recovery_codes_left,
    set_up,
    take_off,
)
from review_app.web.accounts.blueprint import pages
from review_app.web.accounts.forms import CodeForm, TakeOffForm
from review_app.web.request import now, person, session, settings, tried


@pages.get("/second-factor")
def second_factor() -> ResponseReturnValue:
    """How things stand; setting up begins with a press of the button, because reading changes nothing."""
    return shown(CodeForm(formdata=None), TakeOffForm(formdata=None))


def shown(code_form: CodeForm, off_form: TakeOffForm) -> str:
    waiting = person().totp_secret is not None and not person().has_second_factor
    address = address_for_phone(person(), settings().tenant) if waiting else ""
    return render_template(
        "pages/accounts/second_factor.html",
        waiting=waiting,
        picture=segno.make_qr(address).svg_data_uri(scale=5, border=2) if waiting else "",
        secret=person().totp_secret if waiting else "",
        left=recovery_codes_left(session(), person()),
        code_form=code_form,
        off_form=off_form,
    )


@pages.post("/second-factor/begin")
def begin_second_factor() -> ResponseReturnValue:
    tried(lambda: begin(person()))
    return redirect(url_for("accounts.second_factor"))


@pages.post("/second-factor/confirm")
def confirm_second_factor() -> ResponseReturnValue:
    """The recovery codes stand in the answer itself, once."""
    form = CodeForm()
    codes: list[str] = []
    if form.validate() and tried(
        lambda: codes.extend(set_up(session(), person(), code=form.code.data or "", now=now()))
    ):
        return render_template("pages/accounts/recovery_codes.html", codes=codes)
    return shown(form, TakeOffForm(formdata=None))


@pages.post("/second-factor/off")
def take_off_second_factor() -> ResponseReturnValue:
    form = TakeOffForm()
    if form.validate() and tried(
        lambda: take_off(
            session(), person(), password=form.password.data or "", code=form.code.data or "", now=now()
        )
    ):
        flash(gettext("两步验证已解除。"), "success")
        return redirect(url_for("accounts.second_factor"))
    return shown(CodeForm(formdata=None), form)
