"""The blueprint of the file's pages."""

from flask import Blueprint

pages = Blueprint("files", __name__)
