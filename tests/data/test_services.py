"""The directory's own data: valid Open Referral UK, complete, and with its provenance."""

import hashlib
import json
import re
import uuid
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from signpost.directory.feed import attributes, read
from signpost.directory.feed_import import faults, schema_validator

FOLDER = Path(__file__).parents[2] / "data" / "services"
ROWS = read(FOLDER)
SCHEMA_DIGEST = "89745df5da68bd466b77df608cdae966c1331a270a5935fedf4b6d11c11818fc"


def of(row: Any, code: str) -> list[str]:
    return attributes(row.record).get(code, [])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.record["name"])
def test_every_record_follows_the_standard(row: Any) -> None:
    assert faults(schema_validator(FOLDER / "schema"), row.record) == []


def test_a_record_that_does_not_follow_it_is_caught() -> None:
    record = json.loads(json.dumps(ROWS[0].record))
    record["phones"][0]["number"] = 5
    record["organization"]["id"] = "x"
    assert len(faults(schema_validator(FOLDER / "schema"), record)) == 2


def test_the_schemas_are_the_standard_s_own_unchanged() -> None:
    digest = hashlib.sha256()
    for file in sorted((FOLDER / "schema").glob("*.json")):
        digest.update(file.name.encode() + file.read_bytes())
    assert digest.hexdigest() == SCHEMA_DIGEST
    assert "CC BY-SA 4.0" in (FOLDER / "schema" / "README.md").read_text(encoding="utf-8")


def test_services_are_listed_each_once() -> None:
    slugs = [of(row, "slug")[0] for row in ROWS]
    assert len(slugs) == len(set(slugs)) >= 100


def test_ids_are_version_five_of_the_short_name() -> None:
    ids = [row.record["id"] for row in ROWS]
    assert len(set(ids)) == len(ids)
    for row in ROWS:
        slug = of(row, "slug")[0]
        assert row.record["id"] == str(uuid.uuid5(uuid.NAMESPACE_URL, f"signpost:service:{slug}"))


def test_every_id_in_a_record_is_used_once() -> None:
    def ids(node: Any) -> list[str]:
        if isinstance(node, dict):
            own = [node["id"]] if "id" in node else []
            return own + [i for key, value in node.items() if key != "organization" for i in ids(value)]
        return [i for value in node for i in ids(value)] if isinstance(node, list) else []

    found = [i for row in ROWS for i in ids(row.record)]
    assert len(found) == len(set(found))


def test_every_record_says_when_it_was_checked_and_from_what() -> None:
    for row in ROWS:
        assert date.fromisoformat(row.record["assured_date"]) >= date(2026, 11, 22)
        assert of(row, "source"), row.where
        for value in of(row, "source"):
            assert {"url", "names_page", "type", "read", "source_date", "says"} == set(json.loads(value))
        assert of(row, "confidence")[0] in ("high", "medium", "low")
        assert of(row, "confidence_hours")[0] in ("high", "medium", "low")
        assert of(row, "timezone") == ["Europe/London"]
        assert of(row, "publish_number")[0] in ("true", "false")
        assert of(row, "publish_hours")[0] in ("true", "false")


def test_what_may_not_be_printed_is_not_where_other_readers_would_print_it() -> None:
    for row in ROWS:
        if of(row, "publish_number") == ["false"]:
            assert "phones" not in row.record, row.where
        if of(row, "publish_hours") == ["false"]:
            assert "schedules" not in row.record, row.where


def test_no_number_is_printed_for_a_record_of_low_confidence() -> None:
    for row in ROWS:
        if of(row, "confidence") == ["low"]:
            assert of(row, "publish_number") == ["false"], row.where


def test_no_hours_are_printed_that_sources_contradict() -> None:
    for row in ROWS:
        if of(row, "hours_candidate"):
            assert of(row, "publish_hours") == ["false"], row.where


def test_every_attribute_code_is_explained() -> None:
    taxonomy = json.loads((FOLDER / "taxonomy" / "signpost.json").read_text(encoding="utf-8"))
    terms = {term["code"]: term["id"] for term in taxonomy["terms"]}

    def used(node: Any) -> set[tuple[str, str]]:
        if isinstance(node, dict):
            own = {(node["link_type"], node["taxonomy_term_id"])} if "link_type" in node else set()
            return own.union(*(used(value) for value in node.values()))
        return set().union(*(used(value) for value in node)) if isinstance(node, list) else set()

    for code, id in used([row.record for row in ROWS]):
        assert terms[code] == id
    schemas = {p.name: json.loads(p.read_text(encoding="utf-8")) for p in (FOLDER / "schema").glob("*.json")}
    registry = jsonschema_rs.Registry([(f"json-schema:///{name}", schema) for name, schema in schemas.items()])
    for name, records in (("taxonomy.json", [taxonomy["taxonomy"]]), ("taxonomy_term.json", taxonomy["terms"])):
        validator = jsonschema_rs.validator_for(schemas[name], registry=registry, validate_formats=True)
        assert all(validator.is_valid(record) for record in records)


def test_a_visitor_s_sentences_are_short_and_plain() -> None:
    for row in ROWS:
        for key in ("description", "application_process", "fees_description", "eligibility_description"):
            for sentence in re.split(r"(?<=[.!?])\s", row.record.get(key, "")):
                assert len(sentence.split()) <= 22, (row.where, sentence)
                assert "\u2019" not in sentence


def test_no_page_is_large() -> None:
    for file in FOLDER.glob("*.json"):
        assert file.stat().st_size < 200_000
