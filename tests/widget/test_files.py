"""The files themselves: small, safe, whole in each language, and legible in every colour."""

import re
from pathlib import Path

import pytest
import yaml

from .conftest import Visit
from .site import FILES, WIDGET, Site

SCRIPTS = sorted(WIDGET.glob("*.js"))


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_no_script_writes_markup_or_keeps_anything(path: Path) -> None:
    markup = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function"
    banned = markup + r"|localStorage|sessionStorage|indexedDB|\.cookie"
    assert not re.search(banned, path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", sorted(WIDGET.glob("*.*")), ids=lambda path: path.name)
def test_no_number_of_a_service_is_typed_and_files_stay_short(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(
        r"\b999\b|\b0[0-9]{3} ?[0-9]{3,}|\b116 ?[0-9]{3}\b|tel:[0-9]", text.replace("--signpost-z, 2147483647", "")
    )
    assert path.suffix != ".js" or len(text.splitlines()) <= 300


def test_nothing_is_loaded_from_elsewhere() -> None:
    for path in sorted(WIDGET.glob("*.*")):
        if path.suffix != ".md":
            found = set(re.findall(r"https?://[^\s\"'`<>)]+", path.read_text(encoding="utf-8")))
            assert found <= {"https://www.bbc.co.uk/weather", "http://www.w3.org/2000/svg"}


def test_both_languages_are_whole(visit: Visit, site: Site) -> None:
    visitor = visit()
    visitor.page.goto(site.url + "/")
    english, welsh = visitor.page.evaluate(
        """async () => {
          await customElements.whenDefined("signpost-chat");
          return [document.querySelector("signpost-chat").t, (await import("/widget/strings.cy.js")).default];
        }"""
    )
    assert english.keys() == welsh.keys()
    for name, text in english.items():
        other = welsh[name]
        assert type(other) is type(text)
        assert len(other) == len(text) or isinstance(text, str)
        assert name in {"title", "language"} or other != text
        if isinstance(text, str):
            assert re.findall(r"{\w+}", other) == re.findall(r"{\w+}", text)
    for group in ("routes", "examples"):
        assert [sent for _, sent in welsh[group]] == [title for (title,) in english[group]]
    assert "awaitingReview = true" in (WIDGET / "strings.cy.js").read_text(encoding="utf-8")


def test_the_greeting_offers_choices_that_the_assistant_knows(visit: Visit, site: Site) -> None:
    titles = {one["title"] for one in yaml.safe_load((WIDGET.parent / "data" / "choices.yml").read_text()).values()}
    offered = visit().open().log.get_by_role("group").get_by_role("button").all_inner_texts()
    assert len(offered) == 6
    asked = re.findall(r'chat\.say\(t\.\w+, "(.*?)"\)', (WIDGET / "frame.js").read_text(encoding="utf-8"))
    assert len(asked) == 2
    assert {*offered, *asked} <= titles


def test_every_word_shown_is_in_the_strings() -> None:
    code = "".join(
        (WIDGET / name).read_text(encoding="utf-8")
        for name in ("widget.js", "chat.js", "frame.js", "reply.js", "exit.js")
    )
    names = set(re.findall(r"^  (\w+):", (WIDGET / "strings.en.js").read_text(encoding="utf-8"), re.M))
    used = set(re.findall(r"\bt\.(\w+)", code)) | set(re.findall(r'tell\("(\w+)"\)', code))
    assert used <= names
    spoken_by_kind = {"late", "down", "offline", "busy", "refused", "published", "derived"}
    assert names - used - spoken_by_kind == set()


def test_the_parts_are_joined_into_one_script() -> None:
    script = FILES["/widget.js"].body.decode()
    assert not re.search(r"^(import|export)\b|__[A-Z]+__", script, re.M)
    for path in SCRIPTS:
        if path.name != "strings.cy.js":
            for name in re.findall(r"^(?:export )?(?:const|class) (\w+)", path.read_text(encoding="utf-8"), re.M):
                assert re.search(rf"\b(const|class) {name}\b", script), (path.name, name)


def luminance(colour: str) -> float:
    """Relative luminance of #rgb or #rrggbb (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(2 * one for one in digits) if len(digits) == 3 else digits
    parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_has_enough_contrast(scheme: str) -> None:
    css = (WIDGET / "tokens.css").read_text(encoding="utf-8")
    light, dark = css.split("@media (prefers-color-scheme: dark)", 1)
    find = r"--([\w-]+): var\(--signpost-[\w-]+, (#[0-9a-f]+)\)"
    colours = dict(re.findall(find, light))
    if scheme == "dark":
        colours |= dict(re.findall(find, dark))
    for text in ("ink", "soft", "accent"):
        for ground in ("surface", "card", "shade", "pale"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    assert contrast(colours["on-accent"], colours["accent"]) >= 4.5
    assert contrast("#fff", colours["exit"]) >= 4.5
    assert contrast(colours["line"], colours["surface"]) >= 3


def test_one_file_has_every_colour() -> None:
    for path in (WIDGET / "widget.css", WIDGET / "page.css", WIDGET.parent / "signpost" / "directory" / "help.css"):
        found = re.findall(r"#[0-9a-f]{3,6}\b", path.read_text(encoding="utf-8"))
        assert set(found) <= {"#000", "#fff", "#0003", "#0004"}, path.name  # print and shadows
    for path in ("/widget/page.css", "/widget/widget.css"):
        assert "--accent:var(--signpost-accent" in FILES[path].body.decode()


def test_the_guide_lists_every_property_of_the_theme() -> None:
    css = "".join((WIDGET / name).read_text(encoding="utf-8") for name in ("tokens.css", "widget.css"))
    guide = (WIDGET.parent / "docs" / "embedding.md").read_text(encoding="utf-8")
    assert set(re.findall(r"--signpost-[\w-]+", css)) == set(re.findall(r"--signpost-[\w-]+", guide))
