"""The blueprint to which every page of this subject belongs."""

from flask import Blueprint

pages = Blueprint("followup", __name__)
