"""Word lists of the readers of facts: what a name looks like, languages, names of nobody."""

from __future__ import annotations

from secondme.text.timex.names import MONTHS, WEEKDAYS

WORD = r"[^\W\d_][\w'’-]*"
_CAPITAL = r"(?!I['’])[A-ZÀ-ÖØ-Þ](?:[\w-]|['’](?=\w)(?!s\b))+(?<=\w)(?:['’]s(?= [A-ZÀ-ÖØ-Þ]))?"
NAME = rf"(?>{_CAPITAL}(?: (?:(?:de|da|do|del|der|den|van|von|of|the|la|le|&) ){{0,2}}{_CAPITAL}){{0,3}})"
LANGUAGES = """
    English French German Dutch Spanish Portuguese Italian Romanian Catalan Basque Galician Swedish Norwegian
    Danish Finnish Icelandic Estonian Latvian Lithuanian Polish Czech Slovak Slovenian Slovene Hungarian
    Croatian Serbian Bosnian Macedonian Bulgarian Albanian Greek Turkish Russian Ukrainian Belarusian Georgian
    Armenian Azeri Arabic Hebrew Farsi Persian Kurdish Pashto Urdu Hindi Bengali Punjabi Gujarati Marathi Tamil
    Telugu Kannada Malayalam Sinhala Nepali Tibetan Mandarin Cantonese Chinese Japanese Korean Vietnamese Thai
    Lao Khmer Burmese Malay Indonesian Tagalog Filipino Swahili Amharic Hausa Yoruba Igbo Zulu Xhosa Afrikaans
    Somali Irish Welsh Gaelic Breton Frisian Luxembourgish Maltese Latin Esperanto Quechua Guarani Maori
    Hawaiian Samoan Yiddish Flemish Sami Faroese
    """.split()
NOBODY = frozenset(
    name.strip()
    for name in """
    john doe, jane doe, dr google, john smith, max mustermann, sherlock holmes, dr watson, harry potter,
    hermione granger, james bond, batman, bruce wayne, superman, clark kent, spider-man, peter parker, frodo,
    frodo baggins, bilbo baggins, gandalf, darth vader, luke skywalker, yoda, homer simpson, bart simpson,
    mickey mouse, donald duck, santa, santa claus, father christmas, romeo, juliet, hamlet, winnie the pooh,
    paddington, inigo montoya, indiana jones, captain kirk, spock, robin hood, peter pan, alice in wonderland,
    dracula, frankenstein, godot, jesus, god, buddha, elvis, cinderella, snow white, jon snow, tony stark,
    iron man, captain america, wonder woman, the joker, mary poppins, elsa, shrek, pikachu, mario, luigi, zelda,
    lara croft, jack sparrow
    """.split(",")
)
"""People of stories, songs and forms."""
NO_PERSON = frozenset(
    """
    he she it they we you this that work job life music coffee tea time home money sleep food love nature reading
    chocolate wine beer cake football cricket running cooking gardening travel art history science math maths school
    college university death luck fate karma google alexa siri chatgpt internet netflix laziness patience monday friday
    summer winter spring autumn rain sun sunshine today tomorrow everyone nobody someone breakfast lunch dinner bed
    curiosity bread milk meat flour timber wood paint scaffold water wine pork fish fruit cheese eggs honey paper money
    suitcase container furniture dress piano van boat bike kiln kit stock parts tiles slate stone glass leather wool
    """.split()
)
NO_NAME = frozenset(
    [
        *WEEKDAYS,
        *(f"{day}s" for day in WEEKDAYS),
        *(month for month in MONTHS if month != "may"),  # it is also a verb, and a given name
        *"today tomorrow yesterday one two three four five six seven eight nine ten stupid".split(),
    ]
)
