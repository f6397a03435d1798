"""The blueprint that all pages of opinions and issued documents share."""

from flask import Blueprint

pages = Blueprint("opinions", __name__)
