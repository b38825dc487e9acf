"""Rasa extension point: none; the result of transcripts for machines: JUnit XML, as CI systems read it."""

from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree

from runtime.terminal.replay import Played, told
from runtime.terminal.transcript import Conversation

Result = tuple[Conversation, Sequence[Played], float]


def missed(result: Result) -> bool:
    """Whether anything in a conversation did not come as asked."""
    return any(turn.faults for turn in result[1])


def junit(results: Sequence[Result], file: Path) -> None:
    """Write one case a conversation; seconds are those that its answers took."""
    suite = ElementTree.Element(
        "testsuite",
        name="transcripts",
        tests=str(len(results)),
        failures=str(sum(map(missed, results))),
        errors="0",
        skipped="0",
        time=f"{sum(seconds for _, _, seconds in results):.3f}",
    )
    for conversation, played, seconds in results:
        name = f"{conversation.file.name}:{conversation.line} {conversation.title}"
        place = conversation.file.with_suffix("").as_posix().strip("/").replace("/", ".")
        case = ElementTree.SubElement(suite, "testcase", classname=place, name=name, time=f"{seconds:.3f}")
        faults = [fault for turn in played for fault in turn.faults]
        if faults:
            failure = ElementTree.SubElement(case, "failure", message="; ".join(faults))
            failure.text = told(conversation, played)
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    ElementTree.ElementTree(root).write(file, "utf-8", xml_declaration=True)
