"""Files in and out: Excel, CSV, JSON. `readers` and `writers` are pure; nothing is stored before it is confirmed."""
