"""What Rasa checks of a custom action's result, with the compiled schema in front of Rasa's own check."""

from typing import Any

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction

ACTION = RemoteAction("action_route", None)


@pytest.mark.parametrize(
    "result",
    [
        {},
        {"events": [], "responses": []},
        {"events": [{"event": "slot", "name": "need", "value": None, "timestamp": None}], "responses": [{"text": "a"}]},
        {"events": [{"event": "slot", "name": "need", "value": ["a", {"b": 1.5}]}]},
    ],
)
def test_a_right_result_passes(result: Any) -> None:
    assert ACTION._validate_action_result(result)


@pytest.mark.parametrize(
    "result",
    [
        [],
        {"events": "none"},
        {"events": [{"name": "need"}]},
        {"events": [{"event": "slot"}]},
        {"events": [], "responses": ["text"]},
        {"events": [{"event": {1, 2}}]},
    ],
)
def test_a_wrong_result_is_refused_in_rasas_own_words(result: Any) -> None:
    with pytest.raises(ValidationError, match="make sure your response from the Action endpoint is valid"):
        ACTION._validate_action_result(result)
