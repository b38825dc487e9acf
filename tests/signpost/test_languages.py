"""A message in another language gets its line; English, however it is spelt, never does."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from signpost.assistant import assistant
from signpost.copy_linter import sentence_faults
from signpost.languages import KINDS, NUMBERS, OTHER, OWN_NUMBER, ROW, Languages, LanguagesError, bare

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "data" / "words" / "languages.yml"
ENTRIES: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["languages"]
ROWS = [(code, kind, row) for code, entry in ENTRIES.items() for kind in KINDS for row in entry.get(kind, ())]
SHORT = {
    "cy": ["dwi angen help", "dwi'n ofnus", "mae dad yn brifo fi", "mae fy ewythr yn cyffwrdd fi"],
    "pl": ["potrzebuję pomocy", "boje sie taty", "wujek mnie dotyka", "ktos chce moje zdjecia", "pomozcie mi"],
    "lt": ["reikia pagalbos", "bijau tevo"],
    "ro": ["Am nevoie de ajutor", "unchiul meu ma atinge", "mi-e frica de tata", "cineva imi cere poze"],
    "pt": ["Preciso de ajuda", "meu tio", "nao sei o que fazer", "alguem me pede fotos", "minha mae me bate"],
    "es": ["ayuda", "tengo miedo", "mi tio me toca", "alguien me pide fotos"],
    "fr": ["j'ai besoin d'aide", "mon oncle me touche", "jai peur de mon pere", "aidez moi svp"],
    "de": ["ich brauche hilfe", "mein Onkel fasst mich an"],
    "it": ["ho bisogno di aiuto", "mio zio mi tocca", "ho paura di mio padre"],
    "nl": ["ik heb hulp nodig", "mijn oom raakt mij aan"],
    "tr": ["yardim edin", "babam beni dovuyor", "yardıma ihtiyacım var", "amcam bana dokunuyor"],
    "ur-Latn": ["mujhe madad chahiye", "madad karo", "main bahut dar gayi hun", "koi mujhe dhamki de raha hai"],
    "pa-Latn": ["mainu madad chahidi hai", "mainu dar lagda", "mera chacha mainu hath launda hai"],
    "ar": ["ana ba5af men baba", "3ayez mosa3da", "3ammi byelmesni", "عمي يلمسني", "ساعدوني", "احتاج مساعدة"],
    "el": ["thelo voitheia", "fovamai ton patera mou", "xreiazomai boitheia parakalw", "φοβάμαι"],
    "hu": ["segitseg kell", "felek az apamtol"],
    "so": ["waan baqayaa"],
    "sq": ["kam frike"],
    "vi": ["tôi cần giúp đỡ"],
    "uk": ["допоможіть мені", "Мене шантажують"],
    "ru": ["помогите пожалуйста", "меня шантажируют", "страшно"],
    "bg": ["страх ме е", "помогнете ми"],
    "zh": ["救命", "我需要帮助"],
}
LONGER = [
    ("pl", "moj ojczym przychodzi do mnie w nocy"),
    ("pl", "dzien dobry, moja corka dostaje wiadomosci od doroslego mezczyzny"),
    ("ro", "buna, fiica mea de 13 ani primeste mesaje de la un barbat"),
    ("ro", "am 12 ani si unchiul meu ma atinge"),
    ("pt", "o meu padrasto entra no meu quarto a noite"),
    ("es", "hola, mi hija recibe mensajes de un hombre mayor"),
    ("fr", "Bonjour, ma fille de 13 ans reçoit des messages d'un homme qui veut des photos"),
    ("fr", "je voudrais parler à quelqu'un"),
    ("tr", "Merhaba, 14 yaşındayım ve üvey babam geceleri odama geliyor"),
    ("tr", "kizima internetten biri mesaj atiyor ne yapmaliyim"),
    ("ar", "ana 3omri 14 w fi ragel byeb3atli sowar"),
    ("ar", "salam, jozi bidrabni w ana khayfa 3ala awladi"),
    ("ur-Latn", "Assalam o alaikum meri beti 12 saal ki hai aur uske ustad ne usko haath lagaya"),
    ("ur-Latn", "mere chacha mujhe touch karte hain"),
    ("pa-Latn", "sat sri akal, mere putt nu koi tang kar reha hai"),
    ("el", "geia sas, h kori mou einai 11 kai enas andras tis stelnei minimata"),
    ("cy", "Helo, mae fy merch wedi derbyn lluniau noeth gan ddyn ar y we"),
    ("cy", "mae rhywun yn gofyn am luniau"),
    (OTHER, "min pappa slår mig och jag är rädd"),
    (OTHER, "nisaidie tafadhali naogopa"),
]
SCRIPTS = [
    ("ar", "أنا خائفة من أبي"),
    ("ur", "مدد"),
    ("ur", "میری مدد کرو"),
    ("fa", "من از پدرم می‌ترسم"),
    ("fa", "کمک می خواهم"),
    ("ps", "زه مرستې ته اړتیا لرم"),
    ("ckb", "پێویستم بە یارمەتییە"),
    ("hi", "मुझे मदद चाहिए"),
    ("ne", "मलाई सहयोग चाहियो"),
    ("pa", "ਮੈਨੂੰ ਮਦਦ ਚਾਹੀਦੀ ਹੈ"),
    ("gu", "મને મદદ જોઈએ છે"),
    ("bn", "আমার সাহায্য দরকার"),
    ("ta", "எனக்கு உதவி வேண்டும்"),
    ("el", "χρειάζομαι βοήθεια"),
    ("uk", "мій дядько чіпає мене"),
    ("ru", "меня бьёт отец"),
    ("bg", "имам нужда от помощ"),
    ("ti", "ሓገዝ የድልየኒ ኣሎ"),
    ("am", "እርዳታ እፈልጋለሁ"),
    ("he", "אני צריך עזרה"),
    ("zh", "叔叔摸我"),
    ("ja", "父が怖い"),
    ("ko", "도와주세요"),
    ("th", "ช่วยด้วย"),
    (OTHER, "დამეხმარეთ"),
    (OTHER, "օգնեցեք ինձ"),
    (OTHER, "సహాయం చేయండి"),
    (OTHER, "මට උදව් කරන්න"),
    (OTHER, "मला मदत हवी आहे, वेळ नाही"),
]
ENGLISH = """
help|pls help me|he keeps askin 4 pics|my mum de boss of me lol|idk wot 2 do|gonnae help us|Childline|999
😂😂|nspcc|Stop It Now|gr8 thx m8|wot u on abt|omg wtf lol|asdf qwer zxcv|he sed its r secrt
hes bin tuchin me|plz hlp|sos|mi fada a beat mi|mi no know weh fi do|di man dem a trouble mi sista
mi nah tell nobody wah gwaan inna di yard|im a touch up mi likkle bredda an mi fraid
nuh badda tell mi fada mi seh so|me uncle a do tings|na u dey craze, e dey touch me|abeg help me o
she dey beat me every day|ma da keeps hittin us|ah dinnae ken whit tae dae|hes aye in ma room
im sae feart|cannae tell ma maw|whit's the number fur childline|haway man wor kid|me mam an da fight
mon the hoops|och aye the noo|my abu hits me|ammi says chup|wallahi bro he wont stop|kya haal my bro lol
my didi is sad|my dada hurt me|tum hurts|hun r u ok|mohammed rahman choudhury|Oluwaseun Adebayo Okonkwo
Agnieszka Kowalska|maria jose garcia lopez|my name is Jean Pierre|my teacher Mr Kowalski is creepy
Fatima Begum|Priya Patel|Dafydd ap Gwilym|Ynys Mon|aberystwyth|tia maria|bon voyage|deja vu
my friend said je t'aime to him|no no no|la la la|gg ez|alt f4?|cu later|what ho|hiya hun|tak 2 human
wil i b in trubble|ｈｅｌｐ ｍｅ|𝐡𝐞𝐥𝐩 𝐦𝐞 𝐩𝐥𝐞𝐚𝐬𝐞|hélp mé pléase|my mum said 救命 and i dont know what it means
merci|danke
""".replace("\n", "|")
OWN = [
    ("fr", "je n'arrive pas a arreter de regarder des videos de mineurs"),
    ("fr", "j'ai regardé des photos d'enfants nus et j'ai honte"),
    ("de", "ich gucke Kinderpornos und will aufhören"),
    ("es", "he visto pornografia infantil"),
    ("pt", "eu vejo pornografia infantil"),
    ("it", "ho guardato foto di bambini"),
    ("pl", "ogladam zdjecia dzieci"),
    ("tr", "ben cocuk resimlerine bakiyorum"),
    ("ru", "я смотрю детское порно"),
    ("uk", "я дивлюся дитячу порнографію"),
    ("ar", "أشاهد صور الأطفال"),
    ("ur-Latn", "main bachon ki nangi photos dekhta hun"),
    ("zh", "我下载了儿童色情视频"),
    ("el", "koitaw fotografies me paidia"),
    ("nl", "ik kijk kinderporno"),
]
NOT_OWN = [
    "mon mari regarde des images d'enfants",
    "je crois que mon mari regarde des images d'enfants",
    "j'ai peur pour mes enfants",
    "kocam cocuk resimlerine bakiyor",
    "mein Mann hat Kinderpornos",
    "мой муж смотрит детское порно",
    "زوجي يشاهد صور الأطفال",
    "mera bhai bachon ki photos dekhta hai",
    "meri beti ki photos mang raha hai koi",
    "alguien me pide fotos",
]
DANGER = [
    "mi padre tiene un cuchillo",
    "il va me tuer",
    "он убьет меня",
    "babam annemi dövüyor şimdi",
    "tata bije mame teraz",
    "er schlägt meine mutter jetzt",
    "زوجي يضربني الآن",
    "救命",
]


@pytest.mark.parametrize(("code", "said"), [(code, said) for code, all_said in SHORT.items() for said in all_said])
def test_a_cry_for_help_is_known_however_short(code: str, said: str) -> None:
    assert assistant().languages.find(said) == code


@pytest.mark.parametrize(("code", "said"), LONGER)
def test_a_story_is_known_with_and_without_its_accents(code: str, said: str) -> None:
    assert assistant().languages.find(said) == code
    assert assistant().languages.find(bare(said.casefold())) == code


@pytest.mark.parametrize(("code", "said"), SCRIPTS)
def test_a_script_is_told_by_its_letters_and_one_that_nobody_here_knows_is_other(code: str, said: str) -> None:
    assert assistant().languages.find(said) == code


@pytest.mark.parametrize("said", [said for said in ENGLISH.split("|") if said])
def test_english_is_never_taken_for_another_language(said: str) -> None:
    assert assistant().languages.of(said) is None


@pytest.mark.parametrize(("code", "said"), OWN)
def test_who_tells_of_their_own_behaviour_is_heard_in_their_language(code: str, said: str) -> None:
    found = assistant().languages.of(said)
    assert found
    assert found.own
    assert found.code == code


@pytest.mark.parametrize("said", NOT_OWN)
def test_what_others_do_is_not_the_writers_own_behaviour(said: str) -> None:
    found = assistant().languages.of(said)
    assert found
    assert not found.own


@pytest.mark.parametrize("said", DANGER)
def test_danger_now_is_heard_in_other_languages(said: str) -> None:
    found = assistant().languages.of(said)
    assert found
    assert found.danger


@pytest.mark.parametrize(
    ("code", "kind", "row"), ROWS, ids=[f"{code}-{kind}: {row['name']}" for code, kind, row in ROWS]
)
def test_each_pattern_holds_for_its_example_and_not_for_its_counter_example(
    code: str, kind: str, row: dict[str, str]
) -> None:
    assert set(row) == set(ROW)
    languages = assistant().languages
    found, counter = languages.of(row["example"]), languages.of(row["counter_example"])
    assert found
    assert counter
    assert (found.code, counter.code) == (code, code)
    assert getattr(found, kind)
    assert languages.patterns[kind][f"{code}: {row['name']}"].search(bare(row["example"].casefold()))
    assert not getattr(counter, kind)


def test_a_pattern_is_written_in_the_letters_it_is_searched_in() -> None:
    assert [row["pattern"] for _, _, row in ROWS if "ς" in row["pattern"]] == []


def test_at_least_eight_languages_know_own_behaviour_and_name_who_helps() -> None:
    assert len([code for code, entry in ENTRIES.items() if entry.get("own") and entry.get("own_line")]) >= 8


@pytest.mark.parametrize("code", ENTRIES)
def test_every_line_has_the_three_numbers_and_waits_for_review(code: str) -> None:
    entry = ENTRIES[code]
    assert entry["awaiting_review"] is True
    assert all(number in entry["line"] for number in NUMBERS)
    for line in (entry["line"], entry.get("own_line", OWN_NUMBER)):
        assert list(sentence_faults(line)) == []
        assert "{" not in assistant().directory.fill(line)


def test_every_language_keeps_a_common_word_that_is_not_english_too() -> None:
    languages = assistant().languages
    assert [code for code, entry in languages.lines.items() if not set(entry["words"]) - languages.english] == []


SENTENCE = re.compile(r"^\s+- (?!intent:)(.+)$", re.MULTILINE)
EXAMPLES = [
    said for file in sorted((ROOT / "data" / "nlu").rglob("*.yml")) for said in SENTENCE.findall(file.read_text())
]


def test_no_example_but_a_greeting_from_abroad_is_named_another_language() -> None:
    named = [said for said in EXAMPLES if assistant().languages.find(said)]
    assert len(named) <= len(EXAMPLES) * 0.0002, named


def test_english_that_the_examples_lack_is_english_too(tmp_path: Path) -> None:
    kept = [said for number, said in enumerate(EXAMPLES) if number % 4]
    (tmp_path / "kept.yml").write_text("".join(f"      - {said}\n" for said in kept))
    languages = Languages.load(FILE, tmp_path, ROOT / "data" / "encoder" / "vocab.txt")
    named = [said for said in EXAMPLES[::4] if languages.find(said)]
    assert len(named) <= len(EXAMPLES[::4]) * 0.0005, named


def test_every_script_names_languages_with_a_line() -> None:
    languages = assistant().languages
    assert {code for codes in languages.scripts.values() for code in codes} <= set(languages.lines)


def test_the_language_of_a_message_is_the_same_by_both_ways() -> None:
    languages = assistant().languages
    for said in ("mujhe madad chahiye", "help me", "", "?", "1"):
        found = languages.of(said)
        assert languages.find(said) == (found.code if found else None)


LINE = "999 {number:emergency-999} {number:childline} {number:nspcc-helpline}"


def small(**changed: Any) -> str:
    """A file of two languages, with changes to one of them."""
    polish = {"name": "Polish", "words": ["mój", "mnie"], "line": LINE, **changed}
    other = {"name": "another language", "words": ["msaada"], "line": LINE}
    return yaml.safe_dump({"languages": {"pl": polish, "other": other}}, allow_unicode=True)


def test_a_foreign_sentence_quoted_in_the_examples_is_not_english_for_that(tmp_path: Path) -> None:
    examples, lines = tmp_path / "examples", tmp_path / "languages.yml"
    (examples / "hurt").mkdir(parents=True)
    (examples / "hurt" / "a.yml").write_text("examples:\n  - mój wujek mnie bije, my uncle hits me\n")
    lines.write_text(small())
    languages = Languages.load(lines, examples)
    assert languages.english & {"mój", "mnie", "my", "uncle"} == {"my", "uncle"}


@pytest.mark.parametrize(
    "damaged",
    [
        "",
        "languages: []",
        "languages: {pl: {}}",
        small(line="tak"),
        small(line=None),
        small(name=""),
        small(words="mój"),
        small(words=[False]),
        small(own_line="zadzwoń"),
        small(own=[{"name": "a", "pattern": "b"}]),
        small(danger=[dict.fromkeys(ROW, "(")]),
        small().replace("other:", "another:"),
        small() + "scripts: {ARABIC: {}}",
        small() + "english: word",
        "\tlanguages",
    ],
)
def test_a_damaged_file_is_refused_and_named(tmp_path: Path, damaged: str) -> None:
    file = tmp_path / "languages.yml"
    file.write_text(damaged)
    with pytest.raises(LanguagesError, match=r"languages\.yml cannot be read"):
        Languages.load(file)


def test_a_missing_file_is_refused_and_named(tmp_path: Path) -> None:
    with pytest.raises(LanguagesError, match=r"languages\.yml cannot be read"):
        Languages.load(tmp_path / "languages.yml")
