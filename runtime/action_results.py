"""Rasa extension point: what Rasa checks of a custom action's result before it uses it.

Rasa checks the result against a schema, and the schema itself again, at every custom action: half of the time of a
turn. The same schema is compiled once here; a result that does not hold to it is left to Rasa's own check and words.
"""

import functools
import types
from typing import Any

import jsonschema_rs


def attach(actions: types.ModuleType) -> None:
    """Let a compiled schema pass what is right."""
    stock = actions.RemoteAction._validate_action_result

    @functools.cache
    def schema() -> jsonschema_rs.Draft7Validator:
        return jsonschema_rs.Draft7Validator(actions.RemoteAction.action_response_format_spec())

    def validate(self: Any, result: Any) -> bool:
        return _holds(schema(), result) or bool(stock(self, result))

    actions.RemoteAction._validate_action_result = validate


def _holds(schema: jsonschema_rs.Draft7Validator, result: Any) -> bool:
    try:
        return schema.is_valid(result)
    except ValueError:  # what JSON has no form for
        return False
