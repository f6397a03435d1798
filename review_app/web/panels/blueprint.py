"""The blueprint of the panels' pages."""

from flask import Blueprint

pages = Blueprint("panels", __name__)
