"""The one blueprint of the room; the files beside it put their views on it."""

from flask import Blueprint

bp = Blueprint("people", __name__)
