"""The blueprint of the expert pool's pages."""

from flask import Blueprint

pages = Blueprint("experts", __name__)
