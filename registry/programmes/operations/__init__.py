"""Writing programmes. Every operation flushes and records an event; none commits."""
