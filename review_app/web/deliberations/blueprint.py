"""The blueprint to which every page of this subject belongs."""

from flask import Blueprint

pages = Blueprint("deliberations", __name__)
