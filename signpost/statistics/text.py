"""Turns a message into plain words: one case, one spelling, no punctuation."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "–": "-", "—": " - ", "−": "-", "“": '"', "”": '"'})
_TOKEN = re.compile(r"\d{4}\s?/\s?\d{2,4}|\d[\d,]*(?:\.\d+)?%?|[a-z]+(?:-[a-z]+)*")
_CLAUSE = re.compile(
    r"[?!;\n]+\s*|\.(?=\s|$)|,\s+(?=(?:and|but|or|also|so|then|just|what|who|how|which|where|"
    r"when|why|is|are|did|do|can|"
    r"could|please|tell|show|give)\b)|\s+(?:and|also|plus|but)\s+(?=(?:also\s+)?(?:what|who|how|"
    r"which|where|when|why|is|"
    r"are|did|does|do|can|could|please|tell|show|give)\b(?! not\b))"
)
_TAKEN_BACK = re.compile(
    r"(?<!not )(?<!not just )(?<!no )\b(?:(?:just |only |im |i'm |i am )?(?:kidding|joking)|jk|scrap that|"
    r"(?:no|oh|hang on|actually),? wait|wait,? no)\b"
)
_POLITE = re.compile(
    r"^(?:(?:hi|hello|hey|ok|okay|so|well|um|please|thanks|thank you|just|now|yes|no|right)[ ,]+)+|"
    r"\b(?:(?:can|could|would|will) (?:you|u) (?:please |just )?(?:tell|show|give|find) (?:me|us)|(?:can|could|"
    r"may) i "
    r"(?:just |please )?(?:know|see|have|get|ask)|i(?:'d| would)? (?:just )?(?:like|want|wanted|"
    r"need) to (?:know|see|ask|find out)|"
    r"(?<!how )(?<!what )do you (?:happen to )?(?:know|have)|(?:just )?(?:tell|show|give) (?:me|us)|"
    r"i (?:just |only |really |still |also )*(?:want|need|wanted|wish|wonder(?:ed)?)"
    r"(?! to\b| help| some(?:one|body|where)| him| her| my)|"
    r"i(?:'m| am|m)? (?:just |only |really |literally )*(?:dying|curious|keen|desperate|itching|interested) to "
    r"(?:know|see|find out|learn|hear)|"
    r"(?:for (?:my|our|an?)|(?:in|with) (?:my|our)) (?:\w+ )?(?:article|essay|homework|coursework|project|report|"
    r"dissertation|thesis|"
    r"assignment|blog|presentation|paper|lesson|class)|"
    r"im wondering|i'm wondering|i am wondering|let me (?:know|see)|please|thanks|thank you)\b"
)

# Said beside a question, of nothing that is counted: "out of interest", "anyway", "I'm writing a piece".
_ASIDE = re.compile(
    r"\b(?:any ?ways?|anyhow|btw|by the way|out of (?:interest|curiosity)|as a matter of interest|"
    r"(?:just |im |i'm |i am )*(?:curious|wondering)|"
    r"for (?:the record|context|reference|interest|background|clarity|completeness)|"
    r"if (?:possible|(?:you|u) (?:do not|don'?t|wouldn'?t|would not) mind|i may(?: ask)?|(?:you|u) (?:can|could))|"
    r"(?:would|do) (?:you|u) mind (?:telling|saying|confirming)(?: me| us)?|"
    r"(?:can|could|would) (?:you|u) (?:just )?(?:check|confirm|look up|remind me(?: of)?)|remind me(?: of)?|"
    r"double ?-?check(?:ing)?|fact ?-?check(?:ing)?|"
    r"i (?:just |really )?need to know(?: urgently)?|urgently|never ?mind|nvm|forget (?:that|it|all that)|"
    r"moving on|back to (?:the )?(?:numbers|figures|stats)|seriously|honestly|officially|finally|lastly|"
    r"(?:just )?one (?:last|more|final|other) (?:thing|question)|excuse me|good (?:morning|afternoon|evening|day)|"
    r"dear sirs?(?: ?(?:or|/) ?madam)?|to whom it may concern|bloody hell|jeez|fgs|ffs|omg|my god|"
    r"(?:cheers|pal|mate|perfect|lovely|alright|right|great|god|oh|ah|er+|erm+|hm+|(?:ha)+h?|lol)"
    r"(?=[ ,]+(?:what|how|which|who|when|where|is|was|did|the number|and|pal|mate)\b|$)|"
    r"(?:i'?m|i am|we'?re|we are) (?:a|an) (?:\w+ )?(?:journalist|reporter|student|researcher|writer|editor|blogger)|"
    r"(?:i'?m|i am|we'?re|we are) (?:writing|researching|preparing|doing) (?:up )?(?:a|an|my|our|the|some) "
    r"(?:\w+ )?(?:piece|story|article|report|essay|blog|talk|speech|dissertation|research|homework|coursework|"
    r"project))\b"
)


_BUSY = re.compile(r"\bhow busy\b(?=.*\b(?:help ?lines?|phone ?lines?|foundation|stop it now)\b)")
_AMOUNT = re.compile(
    r"\bhow (?:many|much)\b|\b(?:number|total|figure|percentage|proportion|share|count)\b|\bper ?cent\b"
)
# Who published a figure says nothing of which figure it is: "how many calls, according to the BBC story".
_BY_THE_STORY = re.compile(
    r",? *\b(?:according to|as per|as reported (?:by|in)|reported (?:by|in))(?: (?:the|that|this|your))?"
    r" (?:bbc(?: news)?|news|story|article|piece|report)(?: (?:story|article|report|piece|investigation|page))?\b,?"
)


def word_set(text: str) -> frozenset[str]:
    """The words of a text."""
    return frozenset(text.split())


STOP = word_set(
    """
    across around near within through throughout under above among against because while without via upto a an the
    of in on at to for from by with as and or that this these those there it its is are was were be been do does did
    done has have had how many much what which who whom whose when where number numbers figure figures total amount
    count statistic statistics stats data per all any some so then also than about into over out up down they them
    their we us you your would could should will can may not if but just one ones get got gets s each every during
    within between since until ok still now
    """
)
"""Words that say nothing about which series is meant."""


def unattributed(text: str) -> str:
    """A plain text that asks for an amount, without its words of who published it; how busy a line is, is an amount."""
    text = _BUSY.sub("how many calls", text)
    return _BY_THE_STORY.sub(" ", text) if _AMOUNT.search(text) else text


def plain(message: str) -> str:
    """Lower case, straight quotes, accents and runs of space removed."""
    text = unicodedata.normalize("NFKD", message.translate(_QUOTES).casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    return _SPACES.sub(" ", text).strip()


def clauses(text: str) -> list[str]:
    """The questions in one plain message, in order; what is taken back ("only joking") is left out."""
    kept = _TAKEN_BACK.split(text)[-1]
    text = kept if kept.strip(" .,!?;:-)") else text
    return [part.strip() for part in _CLAUSE.split(text) if part and part.strip()]


def impolite(clause: str) -> str:
    """The clause without greetings, asides and "can you tell me"."""
    return _SPACES.sub(" ", _POLITE.sub(" ", _ASIDE.sub(" ", clause))).strip(" ,")


def tokens(text: str) -> list[str]:
    """Words and numbers; "2016/17" is one token, a possessive loses its "'s", a hyphenated word is split."""
    text = text.replace("&", " and ").replace("'s ", " ").replace("'", "")
    text = text[:-2] if text.endswith("'s") else text
    result: list[str] = []
    for token in _TOKEN.findall(text):
        token = token.replace(" ", "").rstrip(",")
        result.extend(token.split("-") if token[0].isalpha() else [token])
    return result


def stem(word: str) -> str:
    """A rough stem, so that plural and singular meet."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word
