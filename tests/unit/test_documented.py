"""What the app has is in its documents, and what the documents name is there."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.access import SCREENS, Role
from lib.workbook.tabs import TABS
from tests.unit.test_catalogue import school_grade

ROOT = Path(__file__).parents[2]
FOLDERS = ("lib", "pages", "docs", "tests", "benchmarks", "sample_data", "deploy")
DOCUMENTS = sorted(
    (*ROOT.glob("*.md"), *(f for folder in FOLDERS for f in (ROOT / folder).rglob("*.md")))
)
TEXTS = {path: path.read_text(encoding="utf-8") for path in DOCUMENTS}
EVERYTHING = "\n".join(TEXTS.values())
MADE = {ROOT / "docs" / "access.md", ROOT / "docs" / "data.md"}
"""Made from the code: that something stands there explains it to nobody."""
BY_HAND = "\n".join(text for path, text in TEXTS.items() if path not in MADE)
README = TEXTS[ROOT / "README.md"]
COORDINATOR = TEXTS[ROOT / "docs" / "guide-coordinator.md"]
PICTURES = ROOT / "docs" / "pictures"
SOURCES = {
    path: ast.parse(path.read_text(encoding="utf-8"))
    for folder in ("lib", "pages")
    for path in sorted((ROOT / folder).rglob("*.py"))
}

names = [str(path.relative_to(ROOT)) for path in DOCUMENTS]
each_document = pytest.mark.parametrize("document", DOCUMENTS, ids=names)


# Pages, tabs, roles


@pytest.mark.parametrize("title", [screen.title for screen in SCREENS])
def test_every_page_is_in_a_document_that_a_person_wrote(title: str) -> None:
    assert re.search(rf"\*{title}\*(?!\*)", BY_HAND)


@pytest.mark.parametrize("tab", TABS)
def test_every_tab_is_in_the_dictionary(tab: str) -> None:
    assert f"\n## {tab}\n" in TEXTS[ROOT / "docs" / "data.md"]


@pytest.mark.parametrize("role", Role)
def test_every_role_is_explained_to_whoever_gives_it(role: Role) -> None:
    assert f"| `{role}` |" in TEXTS[ROOT / "docs" / "sign-in.md"]


# Settings


READERS = {"values", "newest", "settings_of"}


def read_settings(tree: ast.AST) -> set[str]:
    """The names of settings that a module asks for; "?" for one that is worked out.

    A setting is asked for with ``.get(name)`` of what ``lib.workbook.settings`` gave, whether it
    was passed as ``settings`` or kept under another name, or compared with a row's ``name``.
    """
    nodes = list(ast.walk(tree))
    kept = {"settings"} | {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and _reads(node.value)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    constants = dict(_constants(nodes))
    found: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args:
            of = node.func.value
            ours = _reads(of) or (isinstance(of, ast.Name) and of.id in kept)
            if node.func.attr == "get" and ours:
                found |= _named(node.args[0], constants, nodes)
        if isinstance(node, ast.Compare) and "fields.get('name'" in ast.unparse(node.left):
            found |= _named(node.comparators[0], constants, nodes)
    return found


def _reads(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = (
        node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    )
    return called in READERS and bool(node.args)


def _constants(nodes: list[ast.AST]) -> Iterator[tuple[str, str]]:
    for node in nodes:
        if not isinstance(node, ast.Assign):
            continue
        target, value = node.targets[0], node.value
        pairs = (
            zip(target.elts, value.elts, strict=True)
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
            else [(target, value)]
        )
        for name, given in pairs:
            if isinstance(name, ast.Name) and isinstance(given, ast.Constant):
                yield name.id, str(given.value)


def _named(node: ast.expr, constants: dict[str, str], nodes: list[ast.AST]) -> set[str]:
    """What an argument stands for: a text, or all that its name may hold."""
    if isinstance(node, ast.Constant):
        return {str(node.value)}
    if not isinstance(node, ast.Name):
        return {"?"}
    if node.id in constants:
        return {constants[node.id]}
    for each in nodes:
        if isinstance(each, ast.comprehension) and getattr(each.target, "id", "") == node.id:
            return {e.value for e in getattr(each.iter, "elts", ()) if isinstance(e, ast.Constant)}
        if isinstance(each, ast.FunctionDef) and node.id in {arg.arg for arg in each.args.args}:
            calls = [n for n in nodes if getattr(getattr(n, "func", None), "id", "") == each.name]
            return {n.args[0].value for n in calls if isinstance(n.args[0], ast.Constant)} or {"?"}
    return {"?"}


def test_settings_are_found_however_they_are_asked_for() -> None:
    code = """
A, B = "one", "two"
given = values(rows)
given.get(A)
newest(rows).get("three", "")
def f(settings):
    def number(name):
        return settings.get(name)
    return number("four"), [given.get(n) for n in ("five", "six")]
mine = [r for r in rows if r.fields.get("name", "").lower() == B]
given.get(one_line(x))
secrets.get("auth")
"""
    wanted = {"one", "two", "three", "four", "five", "six", "?"}
    assert read_settings(ast.parse(code)) == wanted


def test_every_setting_is_explained_and_no_other() -> None:
    asked = set().union(*(read_settings(tree) for tree in SOURCES.values()))
    table = TEXTS[ROOT / "docs" / "settings.md"].split("Three more tabs")[0]
    assert set(re.findall(r"(?m)^\| `([^`]+)` \|", table)) == asked
    assert len(asked) >= 13


def test_every_variable_of_the_environment_is_in_a_document() -> None:
    texts = (path.read_text(encoding="utf-8") for path in SOURCES)
    used = {name for text in texts for name in re.findall(r'environ[^\n]*"(\w+)"', text)}
    assert used == {"SEAT_WORKBOOK"}
    assert all(name in EVERYTHING for name in used)


# Commands


def commands() -> set[str]:
    """Every module that is there to be run. Streamlit runs the frame, no person does."""
    files = (f for folder in FOLDERS for f in (ROOT / folder).rglob("*.py"))
    runs = {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__main__")
        for file in files
        if re.search(r"(?m)^if __name__ == .__main__.:", file.read_text(encoding="utf-8"))
    }
    return runs - {"lib.frame"}


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"(?m)^([a-z][a-z-]*):(?!=)", makefile))


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_is_in_a_document(command: str) -> None:
    assert re.search(rf"python -m {re.escape(command)}(?![\w.]*\w)", EVERYTHING)


@pytest.mark.parametrize("target", sorted(targets()))
def test_every_target_of_make_is_in_a_document(target: str) -> None:
    assert re.search(rf"make {target}(?![\w-])", README)


def test_documents_name_no_command_that_is_not_there() -> None:
    ours = re.findall(rf"python -m ((?:{'|'.join(FOLDERS)})(?:\.\w+)+)", EVERYTHING)
    assert set(ours) <= commands()
    assert set(re.findall(r"(?m)(?:`|^    )make ([a-z-]+)", EVERYTHING)) <= targets()


# Pictures, links, files


@each_document
def test_links_lead_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXTS[document]):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        file = (document.parent / path).resolve() if path else document
        assert file.exists(), target
        if anchor:
            assert anchor in anchors(file.read_text(encoding="utf-8")), target


def anchors(text: str) -> set[str]:
    """What GitHub calls the headings of a document."""
    headings = re.findall(r"(?m)^#+ (.+)$", text)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_picture_is_shown_says_what_is_seen_and_is_small() -> None:
    shown = re.findall(r"!\[([^\]]*)\]\(pictures/([\w-]+\.png)\)", EVERYTHING)
    assert {name for _, name in shown} == {path.name for path in PICTURES.iterdir()}
    assert [name for says, name in shown if len(says) < 40] == []
    assert [p.name for p in PICTURES.iterdir() if p.stat().st_size > 100_000] == []


NOT_DELIVERED = {".streamlit/secrets.toml", ".data/workbook.sqlite"}
"""Files that a school makes, or the app does."""
_PATH = re.compile(rf"`((?:{'|'.join(FOLDERS)}|\.streamlit|\.ci|\.data)/[^\s`]*|[A-Z]+\.md)`")


@each_document
def test_no_document_names_a_file_that_is_not_there(document: Path) -> None:
    """But for examples: a language that is begun is French, or any, "xx"."""
    for named in _PATH.findall(TEXTS[document]):
        if named in NOT_DELIVERED or re.search(r"/locale/(fr|xx)\b", named):
            continue
        assert list(ROOT.glob(named.rstrip("/"))) or (document.parent / named).exists(), named


def test_no_sentence_of_the_app_names_a_document_that_is_not_there() -> None:
    files = (
        *SOURCES,
        ROOT / ".streamlit" / "config.toml",
        ROOT / ".streamlit/secrets.example.toml",
    )
    for file in files:
        for named in re.findall(r"docs/[\w-]+\.md", file.read_text(encoding="utf-8")):
            assert (ROOT / named).exists(), (file, named)


@each_document
def test_no_document_names_a_module_that_is_not_there(document: Path) -> None:
    for named in re.findall(r"`(lib(?:\.\w+)+)`", TEXTS[document]):
        parts = named.split(".")
        module = ROOT.joinpath(*parts)
        there = module.is_dir() or module.with_suffix(".py").exists()
        home = ROOT.joinpath(*parts[:-1])
        homes = (home.with_suffix(".py"), home / "__init__.py")
        inside = any(f.exists() and parts[-1] in f.read_text(encoding="utf-8") for f in homes)
        assert there or inside, named


def test_every_decision_is_in_the_index() -> None:
    index = TEXTS[ROOT / "docs" / "architecture.md"]
    for decision in (ROOT / "docs" / "decisions").glob("*.md"):
        assert f"](decisions/{decision.name})" in index, decision.name


# Words


def said_by_the_app() -> list[str]:
    """Every text in the code, whole or in the pieces between what is put into it."""
    return [
        node.value
        for tree in SOURCES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_the_coordinator_finds_each_sentence_as_the_app_says_it() -> None:
    table = COORDINATOR.split("## What each sentence means")[1].split("\n## ")[0]
    sentences = re.findall(r"(?m)^\| (.+?) \|", table)[1:]
    said = said_by_the_app()
    assert len(sentences) > 20
    for sentence in sentences:
        for piece in filter(None, (part.strip() for part in sentence.split("..."))):
            assert any(piece in text for text in said), piece


def test_a_twelve_year_old_can_read_the_students_guide() -> None:
    text = TEXTS[ROOT / "docs" / "guide-students.md"].split("\n---\n")[0]
    lines = re.sub(r"!\[[^\]]*\]\([^)]*\)|[*#]", "", text)
    paragraphs = [p.strip() for p in re.split(r"\n\s*\n", lines)]
    prose = " ".join(p if p.endswith((".", "?", "!")) else f"{p}." for p in paragraphs if p)
    assert school_grade(prose) < 6
