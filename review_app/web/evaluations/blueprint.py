"""The blueprint that all pages of the evaluation form share."""

from flask import Blueprint

pages = Blueprint("evaluations", __name__)
