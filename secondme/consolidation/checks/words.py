"""Words that several checks know: numbers, months, weekdays, and words that often begin a sentence."""

from __future__ import annotations

from secondme.text.timex.names import MONTHS, WEEKDAYS

NUMBERS = {
    name: str(value)
    for value, names in enumerate(
        (
            "zero", "one once", "two twice couple pair", "three thrice", "four", "five", "six", "seven",
            "eight", "nine", "ten", "eleven", "twelve dozen", "thirteen", "fourteen", "fifteen", "sixteen",
            "seventeen", "eighteen", "nineteen", "twenty",
        )
    )
    for name in names.split()
} | {"thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
     "hundred": "100", "thousand": "1000", "million": "1000000", "half": "0.5",
     "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th", "sixth": "6th", "seventh": "7th",
     "eighth": "8th", "ninth": "9th", "tenth": "10th"}  # fmt: skip
"""Numbers in words, as digits."""
MONTH_FORMS = {name[:3]: name for name in MONTHS} | {name: name for name in MONTHS} | {"sept": "september"}
DAY_FORMS = (
    {name[:3]: name for name in WEEKDAYS} | {name: name for name in WEEKDAYS} | {"tues": "tuesday", "thurs": "thursday"}
)
COMMON_FIRST = frozenset(
    "also both despite during however including initially instead later meanwhile moreover overall recently since "
    "sometimes still then therefore though today together yes yet someone something everyone they their there "
    "according afterwards although finally lately nowadays previously".split()
)
"""Words with a capital only because a sentence begins with them."""
