"""The blueprint of sign-in, people, roles and organisations."""

from flask import Blueprint

pages = Blueprint("accounts", __name__)
