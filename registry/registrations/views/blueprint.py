"""The blueprint of the room; its modules add the routes."""

from flask import Blueprint

bp = Blueprint("registrations", __name__)
