"""The least a Flask app can do, served as `registry serve` serves the product: `bench_hello.py PORT`."""

import sys

import waitress
from flask import Flask


def hello() -> str:
    """Two words."""
    return "Xin chào"


def main() -> None:
    """Serve until stopped."""
    app = Flask(__name__)
    app.add_url_rule("/", "hello", hello)
    # As registry/cli/serving.py has them.
    waitress.serve(
        app,
        host="127.0.0.1",
        port=int(sys.argv[1]),
        threads=8,
        ident=None,
        clear_untrusted_proxy_headers=True,
    )


if __name__ == "__main__":
    main()
