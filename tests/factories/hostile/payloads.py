"""The corpus: what breaks pages, queries, templates, readers of text and numbers, and redirects of others."""

RAN = "__hostile"
"""What a script that ran leaves in the window."""
COMPUTED = "9801547"
"""What a page would show if it computed a payload for templates."""
MARK = f"window.{RAN}=1"
SCRIPTS = (
    f"<script>{MARK}</script>", f"<img src=x onerror={MARK}>", f"<svg onload={MARK}>", f"\"><script>{MARK}</script>",
    f"' onmouseover='{MARK}", f"\" autofocus onfocus=\"{MARK}", f"javascript:{MARK}", f"JaVaScRiPt:{MARK}//",
    f"data:text/html,<script>{MARK}</script>", f"</title><script>{MARK}</script>", f"</textarea><script>{MARK}</script>",
    f"<iframe srcdoc='<script>parent.{RAN}=1</script>'>", f"<details open ontoggle={MARK}>", f"<body onload={MARK}>",
    f"<a href=javascript:{MARK}>bấm</a>", f"<math><mtext><img src=x onerror={MARK}>", f"<style>@import 'javascript:{MARK}'</style>",
    f"<!--><script>{MARK}</script>-->", f"<scr<script>ipt>{MARK}</script>", f"&lt;script&gt;{MARK}&lt;/script&gt;",
    f"＜script＞{MARK}＜/script＞", f"<input autofocus onfocus={MARK}>", f"`;{MARK};`", f"');{MARK};//", f"<object data=javascript:{MARK}>",
)  # fmt: skip
_QUERIES = (
    "' OR '1'='1", "'; DROP TABLE person; --", "\" OR \"\"=\"", "1) OR 1=1--", "' UNION SELECT NULL,NULL--", "%", "_", "\\", "%_%", "\\%",
    "%' ESCAPE '", "' || pg_sleep(9) || '", "$1", ":name", "?", "NULL", "\x1a", "'", "''", "\"\"", "--", "/*", "*/", ";", "0x27",
    "a\" NEAR(b)", "NEAR(", "a AND", "OR OR", "NOT", "\"", "\"a", "a*", "*", "^a", "a:b", "{a b}:c", "-a", "(((", ")))", "a & | b", "!",
    "a <-> b", "a:*", "'a':B", "col : x", "\"a\" \"b\"", "+a", "~", "<->", "a AND NOT", "\"*\"", "--a", "''a''",
)  # fmt: skip
_TEMPLATES = (
    "{{1337*7331}}", "{{config}}", "{% for a in b %}", "${1337*7331}", "#{1337*7331}", "<%= 1337*7331 %>", "{% if 1 %}{{1337*7331}}{% endif %}",
    "{{''.__class__.__mro__}}", "%(name)s", "%s%s%s%n",
    "{0.__class__}", "{name}", "{}", "{", "%", "%(", "$(id)", "`id`", "| id", "; id", "&& id", "../../etc/passwd", "..\\..\\win.ini",
    "file:///etc/passwd", "http://127.0.0.1/", "=1+1", "@SUM(1)", "+84", "-1", "=cmd|' /C calc'!A0", "＝1",
)  # fmt: skip
_LETTERS = (
    "", " ", "\t", "\n", "\r\n", "\x00", "a\x00b", "\x08", "\x7f", "\x9b31m", "\x1b[31m", "\ud800", "a\udfffb", "\ufffd", "\ufeff", "\u200b",
    "\u202eabc", "\u2066a\u2069", "\u2028", "\u2029", "\u00ad", "\U000e0041\U000e0042", "a" + "\u0301" * 1000, "👨‍👩‍👧‍👦" * 20, "🇻🇳",
    "Nguye\u0302\u0303n", "Nguyễn", "ÐẶNG", "đặng", "ﷺ" * 50, "İ", "ß", "ﬁ", "\U0010ffff", "\ue000", "０１２３４５６７８９", "①", "Ⅷ", "٣", "\u3000",
)  # fmt: skip
_NUMBERS = (
    "0", "-1", "1e309", "NaN", "Infinity", "-Infinity", "9" * 400, "2147483648", "9223372036854775808", "-9223372036854775809", "0x10", "1_0",
    "1.5", "1,5", "1e3", "+1", " 1 ", "٣", "１", "0000-00-00", "0000", "9999", "10000", "9999-12-31", "0001-01-01", "2026-02-30", "29/02/2025",
    "31/12/9999", "1/1/1", "00", "13", "32", "-0", "true", "null", "undefined", "[]", "{}", "[object Object]", "on",
    "²", "9" * 5_000,
)  # fmt: skip
_PLACES = (
    "//evil.example", "/\\evil.example", "https:evil.example", "https://evil.example/", "\\\\evil.example", "/%09/evil.example", "/\t/evil.example",
    "///evil.example", "http:///evil.example", "//evil。example", "/..//evil.example", "javascript:alert(1)", "/a\r\nSet-Cookie: a=b", "/%0d%0aX: y",
    "@evil.example", "//evil.example\\@localhost",
)  # fmt: skip
GROUPS: tuple[tuple[str, ...], ...] = (SCRIPTS, _QUERIES, _TEMPLATES, _LETTERS, _NUMBERS, _PLACES)
WEIGHTS = (4, 2, 2, 3, 2, 1)
PAYLOADS: tuple[str, ...] = tuple(one for group in GROUPS for one in group)
HUGE = ("a" * 1_000_000, "ạ " * 300_000, "<b>" * 200_000)
NAMES = (
    "q", "tim", "trang", "trang-thai", "thu-tu", "dia-ban", "dot-nhap", "nguoi", "nhu_cau", "ma", "next", "tu", "den", "loai", "viec", "lang",
    "email", "password", "code", "then", "version", "row", "shown", "moi", "bo_tim", "ngay", "trong_so", "sap-xep", "dang", "thieu", "toi", "id",
)  # fmt: skip
COLUMNS = {
    "id": "1", "public_id": "z" * 26, "unit_path": "VN/01/", "organisation_path": "", "state": "active", "role": "system_admin",
    "is_admin": "1", "account_id": "1", "created_by": "1", "legal_basis": "law", "agrees_to_be_named": "1", "verified_at": "2026-01-01",
    "version_id": "99", "person_id": "1", "owner_id": "1", "code": "HS-1", "password_hash": "x", "purposes": "open_data",
}  # fmt: skip
BROKEN_PARTS = (
    "%ff%fe",
    "%00",
    "%c0%ae",
    "..%2f",
    "%2e%2e",
    "%ED%A0%80",
    "z" * 5_000,
    "9" * 30,
    "%F0%9F",
    "%e2%80%ae",
)
"""Parts of addresses, as they are sent."""
METHODS = ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "HEAD", "PROPFIND", "GET", "POST")
BODIES = (
    (b'{"a": [1, {"b": "c"}]}', "application/json"),
    (b"[" * 20_000, "application/json"),
    (b'{"id": "\\ud800", "response": {"clientDataJSON": 1e999}}', "application/json"),
    (b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n", "multipart/form-data; boundary=x"),
    (b"nothing", "multipart/form-data"),
    (b"a=%ff%fe&b=%00&=&&a[]=1&a[b]=2&csrf_token=", "application/x-www-form-urlencoded"),
    (b"\xff\xfe\x00", "text/plain; charset=utf-7"),
)
HEADERS = {
    "Host": ("evil.example", "localhost:99999", "localhost evil", "", "[::1"),
    "X-Forwarded-Host": ("evil.example",),
    "X-Forwarded-For": ("1.2.3.4, 5.6.7.8", "x" * 3_000),
    "Accept-Language": ("*", "vi;q=9", "x" * 5_000, "en-" + "a" * 99, ";;;,,,"),
    "Accept-Encoding": ("gzip;q=x", "*;q=0", "identity;q=0"),
    "Cookie": ("registry=.", "registry=" + "A" * 4_000, ";;;=;=", "registry=\x80"),
    "Referer": ("https://evil.example/?a=b", "javascript:1"),
    "Content-Length": ("-1", "9999999999", "a"),
    "HX-Request": ("true",),
    "Range": ("bytes=0-,0-,0-", "bytes=-1"),
    "If-None-Match": ('W/"', "*"),
    "If-Modified-Since": ("Thu, 99 Foo 0000",),
}
FILES = (
    b"", b"%PDF-1.4\n%broken", b"PK\x03\x04broken", b"<svg xmlns='http://www.w3.org/2000/svg' onload='window.__hostile=1'/>", b"<html><script>window.__hostile=1</script>",
    b"MZ\x90\x00", b"\x00" * 2_000, b"\xff\xd8\xff\xe0", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><a>&d;</a>', b"a;b\n=1+1;2\n",
)  # fmt: skip
FILE_KINDS = (
    "application/pdf",
    "text/html",
    "image/svg+xml",
    "application/octet-stream",
    "",
    'a/b; charset="',
)
FILE_ENDS = (".pdf", ".docx", ".xlsx", ".csv", ".html", ".svg", "", ".pdf.exe")
