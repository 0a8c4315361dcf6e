"""The blueprint of the room and what its pages share."""

from flask import Blueprint
from werkzeug.datastructures import MultiDict

bp = Blueprint("exports", __name__)

Args = MultiDict[str, str]
