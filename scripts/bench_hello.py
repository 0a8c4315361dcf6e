"""The least a Flask app can do, served as `registry serve` serves the product: `bench_hello.py PORT PROCESSES`."""

import sys
from pathlib import Path

from flask import Flask

sys.path.insert(0, str(Path(__file__).parent.parent))

from registry.web.server import listening, serve_app


def hello() -> str:
    """Two words."""
    return "Xin chào"


def main() -> None:
    """Serve until stopped."""
    app = Flask(__name__)
    app.add_url_rule("/", "hello", hello)
    port, count = (int(one) for one in sys.argv[1:])
    serve_app(app, listening("127.0.0.1", port), count=count)


if __name__ == "__main__":
    main()
