"""The words of questions to tables. A word that is on no list, and in no table, stops a question."""

from __future__ import annotations

import re

from secondme.text.terms import stem

FILLERS = frozenset(
    """a an the i me my we us our you did do does have has had is are was were be been there that this these those it
    its
    in on at of for to from with by into as if please tell show give what how much many so far would could can money
    row rows entry entries record records transaction transactions payment payments purchase purchases booking bookings
    item items thing things table sheet file spreadsheet csv list listed recorded amount amounts value figure number
    according go went come came get got make made take took happen happened stand all everything any
    use used using brought bring brings still yet""".split()
)
"""Words that leave a query as it is."""
ROWS = frozenset(
    map(
        stem,
        """row entry record transaction payment purchase booking expense item line posting times time invoice bill
        order""".split(),
    )
)
"""What "how many" may count without a column of that name."""
SPEND = re.compile(
    r"\b(?:spend(?:ing)?|spent|pay(?:ing)?|paid(?: out)?|costs?|expenses?|expenditures?"
    r"|buy|bought|outgoings?|went out)\b"
)
EARN = re.compile(
    r"\b(?:earn(?:ed|ings?)?|receive[ds]?|income|revenues?|came in|(?:was|were|been|get|got) paid|paid in)\b"
)
AGGREGATES = {
    "avg": re.compile(r"\b(?:on average|average|mean)\b"),
    "max": re.compile(r"\b(?:highest|largest|biggest|maximum|greatest|most expensive|dearest|priciest)\b"),
    "min": re.compile(r"\b(?:lowest|smallest|minimum|cheapest|least expensive)\b"),
    "sum": re.compile(r"\b(?:in total|total|sum|altogether|overall|in all|all together)\b"),
}
AGGREGATE_WORDS = {"avg": "average", "max": "highest", "min": "lowest"}
MOST = re.compile(r"\bmost(?! expensive)\b")
LEAST = re.compile(r"\b(?:least(?! expensive)|fewest)\b")
OFTEN = re.compile(r"\b(?:most often|most frequent(?:ly)?|most common|most times)\b")
WHICH = re.compile(r"\b(?:in |on |at )?(?:which|what) (?P<what>\w+)")
PER = re.compile(
    r"\b(?:per|each|every|by|for each|for every|in each) (?P<what>month|year|day|\w+)\b|\b(?P<adv>month|year)ly\b"
)
ASKS = re.compile(
    r"(?i)\bhow (?:much|many)\b|\b(?:average|mean|total|sum|altogether|overall|highest|lowest|largest|smallest|biggest"
    r"|cheapest|maximum|minimum|most|least)\b|\b(?:which|what) \w+"
)
COMPARED = re.compile(
    r"\b(?P<how>over|above|more than|greater than|at least|under|below|less than|at most|up to)\s+(?:[€$£]\s?)?"
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?![\d.,]*\d)"
)
SIGNS = {
    **dict.fromkeys(("over", "above", "more than", "greater than"), ">"),
    **dict.fromkeys(("under", "below", "less than"), "<"),
    "at least": ">=",
    "at most": "<=",
    "up to": "<=",
}
NOT = (
    "without|except(?: for)?|excluding|excl\\.?|not counting|not including|not|but not|but(?: for)?|apart from"
    "|other than|aside from|leaving out|leaving aside|ignoring|minus|besides|bar|disregarding|omitting|exclusive of"
)
"""What takes the things after it away."""
BEFORE = "before|prior to|earlier than|up to but not including"
AFTER = "after|later than|following"
SINCE = "since|starting(?: in| from| on)?|beginning(?: in| from| on)?|as of|from"
UNTIL = "until|till|til|up to and including|up to|up until|through|to the end of|by the end of|by|up through"
PREPOSITION = "in|on|at|for|from|during|of|with|to|the|any|my|all|over|throughout|within|month of"

MONEY = frozenset(
    map(
        stem,
        """amount total price cost costs sum value paid spent expense revenue income bill fee charge charged debit
        credit
        betrag preis umsatz summe kosten ausgabe ausgaben montant prix importe valor precio prezzo importo bedrag prijs
        beløp belopp kwota cena pris rechnung spende gasto coste""".split(),
    )
)
"""Names of columns of money."""
PRICES = frozenset(map(stem, "price preis prix precio prezzo prijs pris cena rate each unit".split()))
QUANTITIES = frozenset(
    map(stem, "quantity qty count pieces pcs units menge anzahl stück quantité cantidad aantal antal".split())
)
ENDURING = frozenset(
    map(
        stem,
        """balance saldo solde kontostand running cumulative rate percent percentage year jahr age id no nr number
        nummer
        zip postcode phone temperature temp score rating latitude longitude index""".split(),
    )
)
"""Names of columns whose numbers are not added up."""
OUT = frozenset(
    map(stem, "debit out withdrawal withdrawals withdrawn expense expenses ausgaben ausgabe soll outgoing dr".split())
)
IN = frozenset(
    map(stem, "credit in deposit deposits income einnahmen einnahme haben incoming received received cr".split())
)
WAGES = re.compile(r"(?i)salary|wage|payroll|gehalt|lohn|income|salaire|nómina|stipendio|pension|dividend|interest")
VAGUE = frozenset(
    map(stem, "amount total number count date year month day time table sheet data csv tsv xlsx ods file list".split())
)
"""Words that say nothing of which table is meant."""
