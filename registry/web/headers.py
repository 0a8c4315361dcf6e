"""Response headers: a strict content policy on everything, no storing of signed-in pages."""

from flask import Flask, Response, request, session

CONTENT_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "object-src 'none'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "report-uri /bao-cao-csp",
    )
)

STATIC_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def _common_headers(*, is_https: bool) -> dict[str, str]:
    """What every response carries, static files included."""
    if not is_https:
        return dict(STATIC_HEADERS)
    return STATIC_HEADERS | {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def install(app: Flask, *, is_https: bool) -> None:
    """Set the headers on every response, static files and errors included."""
    common = _common_headers(is_https=is_https)

    def add_headers(response: Response) -> Response:
        headers = response.headers
        for name, value in common.items():
            headers.setdefault(name, value)
        if request.endpoint != "static":
            headers["Cache-Control"] = "no-store" if session else headers.get("Cache-Control", "no-cache")
            headers.add("Vary", "HX-Request")
        return response

    app.after_request(add_headers)
