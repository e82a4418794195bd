"""What the code never does: rules of ASVS that are read from the source itself."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from screening.forms import words
from screening.services.desk import telling
from screening.services.mail.letters import PLEASE_CALL
from tests.test_architecture import ROOT, imported, tracked, tree

SHIPPED = [
    path.relative_to(ROOT)
    for path in tracked(".py")
    if path.relative_to(ROOT).parts[0] in ("screening", "clinic", "manage.py")
    and "migrations" not in path.parts
]
SCRIPTS = [path for path in tracked(".js") if "static" in path.parts]
# Made of names that are ours or quoted by the database, never of what was sent.
MADE_SQL = {"screening/models/guards.py", "screening/models/grants.py"}
RUN_COMMANDS = {
    "screening/services/upkeep/backing_up.py",
    "screening/services/protocol/background.py",
    "screening/management/commands/backup.py",
    "clinic/demo_server.py",
}
CALLS_OUT = {"clinic/probe.py": "http.client", "clinic/lanes.py": "socket"}
# It chooses which rows of a restore are looked at: nobody is to guess nothing there.
MAY_ROLL_DICE = {"screening/services/upkeep/backing_up.py"}
ADDRESS = re.compile(r'(?:href|src|action|formaction)="([^"]*)"')
SERVER_MADE = re.compile(
    r"^(?:|[#?/].*|data:,|(?:tel|sms|mailto):\{\{.*|\{% (?:url|static|if) .*"
    r"|\{\{ (?:url|\w*_url|each\.url|row\.change_url|group\.add|action|alt\.url"
    r"|attrs\.(?:action|href)|totp_svg_data_uri|link|there|picture)(?:\|\w+)* \}\}.*)$"
)


@cache
def calls(path: Path) -> list[tuple[str, ast.Call]]:
    nodes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.Call)]
    return [(ast.unparse(node.func), node) for node in nodes]


def made_of(pattern: str, paths: list[Path] = SHIPPED) -> set[str]:
    """Return where a call of this name is made."""
    called = re.compile(pattern)
    return {str(p) for p in paths for name, _ in calls(p) if called.search(name)}


def named(*modules: str) -> set[str]:
    return {
        str(path)
        for path in SHIPPED
        for name in imported(path)
        if any(name == module or name.startswith(f"{module}.") for module in modules)
    }


def test_no_query_is_put_together_from_text() -> None:
    assert made_of(r"\.(raw|extra)$|RawSQL$") == set()
    made = {
        str(path)
        for path in SHIPPED
        for name, call in calls(path)
        if name.endswith(".execute") and not _is_fixed(call.args[0])
    }
    assert made <= MADE_SQL


def _is_fixed(statement: ast.expr) -> bool:
    if isinstance(statement, ast.Subscript):
        statement = statement.value
    return isinstance(statement, ast.Constant) or (
        isinstance(statement, ast.Name) and statement.id.isupper()
    )


def test_no_command_goes_through_a_shell() -> None:
    assert made_of(r"^os\.(system|popen|exec|spawn)") == set()
    assert named("subprocess") <= RUN_COMMANDS
    shells = [
        str(path)
        for path in SHIPPED
        for _, call in calls(path)
        if any(keyword.arg == "shell" for keyword in call.keywords)
    ]
    assert shells == []


def test_no_text_becomes_code() -> None:
    assert made_of(r"^(eval|exec|compile|__import__)$") == set()
    assert named("pickle", "marshal", "shelve", "yaml", "code") == set()


def test_no_pattern_is_made_of_what_somebody_typed() -> None:
    loose = [
        f"{path}: {ast.unparse(call.args[0])}"
        for path in SHIPPED
        for name, call in calls(path)
        if re.fullmatch(r"re\.\w+", name) and name != "re.escape"
        for parts in [list(ast.walk(call.args[0]))]
        if any(isinstance(p, ast.Name) and not p.id.isupper() for p in parts)
        and "re.escape" not in ast.unparse(call.args[0])
    ]
    assert loose == []


def test_no_template_is_made_of_what_somebody_typed() -> None:
    assert made_of(r"(^|\.)(Template|from_string)$") == set()


def test_no_format_is_chosen_by_what_somebody_typed() -> None:
    """Each is a constant of ours; what is typed is filled in, and only by name."""
    made = [
        f"{path}: {name}"
        for path in SHIPPED
        for name, _ in calls(path)
        if re.search(r"\.format(_map)?$", name)
        and not re.search(r"[A-Z_]{4,}|words_for|guard\.when|grant\.|super\(\)", name)
    ]
    assert made == []
    texts = [t for t in vars(words).values() if isinstance(t, str)]
    filled = [*texts, PLEASE_CALL, *telling.TEMPLATES.values()]
    assert not [text for text in filled if re.search(r"\{\w*[.\[!]", text)]


def test_the_server_calls_nobody_but_its_database_and_its_mail() -> None:
    out = ("requests", "httpx", "urllib.request", "http.client", "ftplib", "socket")
    assert named(*out) == set(CALLS_OUT)


def test_no_secret_comes_from_dice_that_can_be_foreseen() -> None:
    assert named("random") <= MAY_ROLL_DICE | {"screening/services/demo/inventing.py"}
    assert (
        "import secrets" in (ROOT / "screening/services/journey/codes.py").read_text()
    )


def test_one_cipher_is_used_and_it_is_an_authenticated_one() -> None:
    ciphers = {
        name
        for path in SHIPPED
        for name in imported(path)
        if name.startswith("cryptography")
    }
    assert ciphers <= {
        "cryptography.exceptions",
        "cryptography.hazmat.primitives.ciphers.aead",
    }
    source = (ROOT / "screening/vault/envelope.py").read_text()
    assert "import AESGCM" in source


def test_no_hash_is_a_broken_one() -> None:
    assert made_of(r"md5|sha1\b|crc32|adler") == set()
    hashes = made_of(r"hashlib\.|hmac\.")
    text = "".join((ROOT / path).read_text() for path in hashes)
    assert set(re.findall(r"\b(?:sha\d+|md5|blake\w+)\b", text)) == {"sha256"}


def test_no_script_writes_markup_or_keeps_anything() -> None:
    refused = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|Function\("
        r"|localStorage|sessionStorage|indexedDB|document\.cookie"
        # To another window; a BroadcastChannel reaches this origin alone.
        r"|(?:window|parent|opener|top|source|contentWindow)\.postMessage"
    )
    assert SCRIPTS
    assert not [p.name for p in SCRIPTS if refused.search(p.read_text())]


def test_no_address_on_a_page_begins_with_what_somebody_typed() -> None:
    strange = {
        f"{path.name}: {address}"
        for path in tracked(".html")
        for address in ADDRESS.findall(path.read_text())
        if not SERVER_MADE.match(address)
    }
    assert strange == set()


def test_no_box_refuses_a_paste_or_a_password_store() -> None:
    text = "".join(path.read_text() for path in [*SCRIPTS, *tracked(".html")])
    assert "paste" not in text
    boxes = re.findall(r'<input[^>]*type="password"[^>]*>', text)
    assert not [box for box in boxes if 'autocomplete="off"' in box]


def test_an_image_holds_the_product_and_nothing_else() -> None:
    lines = (ROOT / "Dockerfile").read_text().splitlines()
    copied = [line.split()[1] for line in lines if re.match(r"COPY (?!--from)", line)]
    assert set(copied) == {
        *("requirements/runtime.txt", "manage.py", "clinic", "screening", "templates")
    }


def test_a_container_has_no_more_rights_than_it_needs() -> None:
    assert "USER clinic" in (ROOT / "Dockerfile").read_text()
    compose = (ROOT / "compose.yaml").read_text()
    for line in ("read_only: true", "cap_drop: [ALL]", "no-new-privileges:true"):
        assert line in compose
    assert compose.count("postgres://owner@") == compose.count(", owner_pgpass]") == 1


@pytest.mark.parametrize("name", ["benchmarks", "chaos", "fuzz", "tests", "docs"])
def test_the_product_needs_nothing_of_its_tests(name: str) -> None:
    assert named(name) == set()
