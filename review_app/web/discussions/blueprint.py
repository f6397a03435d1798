"""The blueprint that the modules of this subject add their routes to."""

from flask import Blueprint

pages = Blueprint("discussions", __name__)
