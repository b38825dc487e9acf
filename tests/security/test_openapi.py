"""docs/openapi.yaml is the channel: the same routes and statuses, and examples that its own schemas take."""

import ast
import re
from typing import Any

import jsonschema_rs
import pytest
import yaml

from runtime.pages import HEADERS, build
from signpost import site
from signpost.assistant import assistant
from tests.runtime.server import ROOT, Served

DOCUMENT: dict[str, Any] = yaml.safe_load((ROOT / "docs" / "openapi.yaml").read_text())
CHANNEL = (ROOT / "runtime" / "channel.py").read_text()
SOURCES = [(ROOT / "runtime" / f"{name}.py").read_text() for name in ("channel", "admission", "errors")]


def resolve(part: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in part:
        found: Any = DOCUMENT
        for name in part["$ref"].removeprefix("#/").split("/"):
            found = found[name]
        part = found
    return part


def operations() -> dict[tuple[str, str], dict[str, Any]]:
    return {
        (m.upper(), path): op for path, item in DOCUMENT["paths"].items() for m, op in item.items() if m != "parameters"
    }


def served_routes() -> set[tuple[str, str]]:
    """Method and path of each `add_route` of the channel and of each page, GET standing for HEAD too."""
    routes = set()
    for node in ast.walk(ast.parse(CHANNEL)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(".add_route"):
            methods = next(ast.literal_eval(k.value) for k in node.keywords if k.arg == "methods")
            routes |= {(method, ast.literal_eval(node.args[1])) for method in methods if method != "HEAD"}
    routes.add(("GET", f"{site.FIGURES}{{id}}"))
    pages = build(site.emergency_services(assistant()), site.pages(assistant()))
    return routes | {("GET", "/widget/{file}" if path.startswith("/widget/") else path) for path in pages}


def test_every_route_is_in_the_document_and_no_other() -> None:
    assert set(operations()) == served_routes()


def test_every_status_that_the_channel_gives_is_in_the_document() -> None:
    statuses = {s for operation in operations().values() for s in operation["responses"]}
    raised = set()
    for source in SOURCES:
        raised |= set(re.findall(r"\b(?:Fault|fault|later)\(\s*(\d{3})", source))
        raised |= set(re.findall(r"^    \(\w+, (\d{3}), ", source, re.MULTILINE))
    assert {"400", "404", "413", "415", "422", "429"} <= raised
    assert raised - statuses == {"405"}  # of the address, not of an operation
    assert "405" in DOCUMENT["info"]["description"]


def test_every_code_of_an_error_is_in_the_document() -> None:
    told = set(
        re.findall(r"`([a-z_]+)`", " ".join(r["description"] for r in DOCUMENT["components"]["responses"].values()))
    )
    given = set(re.findall(r'(?:Fault|fault|later)\(\s*\d{3},\s*"([a-z_]+)"', " ".join(SOURCES)))
    assert given
    assert given - {"not_found"} <= told


def test_every_response_names_the_security_headers() -> None:
    named = {"Content-Security-Policy", "Referrer-Policy", "X-Content-Type-Options", "X-Frame-Options"}
    assert named <= set(HEADERS)
    for operation in operations().values():
        for response in operation["responses"].values():
            assert named <= set(resolve(response)["headers"])
    for name, header in DOCUMENT["components"]["headers"].items():
        schema = header["schema"]
        value = {"Policy": HEADERS["Content-Security-Policy"]}.get(name)
        if value:
            assert jsonschema_rs.is_valid(schema, value)


def examples() -> list[tuple[str, Any, Any]]:
    found = []
    for (method, path), operation in operations().items():
        bodies = [operation.get("requestBody", {}), *map(resolve, operation["responses"].values())]
        for body in bodies:
            for kind, media in body.get("content", {}).items():
                if "example" in media:
                    found.append((f"{method} {path} {kind}", media["schema"], media["example"]))
    return found


@pytest.mark.parametrize(("where", "schema", "example"), examples(), ids=[e[0] for e in examples()])
def test_every_example_is_valid(where: str, schema: Any, example: Any) -> None:
    whole = {**schema, "components": DOCUMENT["components"]}
    jsonschema_rs.validate(whole, example)


@pytest.mark.parametrize(
    "text", ["how many in cambridgeshire in 2014", "im 12 and a man wants pictures of me", "hello"]
)
def test_a_real_reply_is_as_the_document_says(served: Served, text: str) -> None:
    content = operations()["POST", "/api/messages"]["responses"]["200"]["content"]["application/json"]
    jsonschema_rs.validate(
        {**content["schema"], "components": DOCUMENT["components"]}, served.say(served.begin(), text).json()
    )


def test_a_reply_that_is_wrong_would_be_noticed() -> None:
    content = operations()["POST", "/api/messages"]["responses"]["200"]["content"]["application/json"]
    whole = {**content["schema"], "components": DOCUMENT["components"]}
    for wrong in ([], [{}], [{"text": ""}], [{"buttons": [{"title": "x", "payload": "/danger"}]}], [{"error": 1}]):
        assert not jsonschema_rs.is_valid(whole, wrong)
