"""Phrasings of statements that are read, and of what only looks like one."""

from __future__ import annotations

import pytest

from secondme.facts.patterns import statements
from secondme.facts.statement import Statement

READ = (
    ("I've been living in Ghent since 2019.", "lives_in"),
    ("We moved to Utrecht in March.", "lives_in"),
    ("Home is Zagreb these days.", "lives_in"),
    ("I relocated to Austin, Texas last year.", "lives_in"),
    ("Just settled in Bristol!", "lives_in"),
    ("I'm a software engineer at Booking.", "works_as"),
    ("I'm a software engineer at Booking.", "works_at"),
    ("I just got hired by Siemens.", "works_at"),
    ("My new job is at Philips.", "works_at"),
    ("I changed jobs, I'm with Adyen now.", "works_at"),
    ("I started at Spotify today.", "works_at"),
    ("I'm 29.", "age"),
    ("I just turned 41!", "age"),
    ("My birthday's on 3 May.", "birthday"),
    ("I was born on 12 October 1990.", "birthday"),
    ("You can reach me at +44 20 7946 0958.", "phone"),
    ("My phone number changed to 555-0134-88.", "phone"),
    ("Email me at jo@example.org.", "email"),
    ("I'm crazy about jazz.", "likes"),
    ("My favourite food is ramen.", "favourite"),
    ("I prefer tea.", "likes"),
    ("I can't bear cilantro.", "dislikes"),
    ("I'm not a fan of musicals.", "dislikes"),
    ("Coffee isn't my thing.", "dislikes"),
    ("My wife Elena plays the cello.", "spouse"),
    ("My husband's name is Karim.", "spouse"),
    ("I'm married to Elena.", "spouse"),
    ("My son Ben started school.", "child"),
    ("I have a brother called Luca.", "sibling"),
    ("My mum Teresa is 70.", "parent"),
    ("We have a dog named Pixel.", "pet"),
    ("Our cat Tofu is ill.", "pet"),
    ("I have a nut allergy.", "allergic_to"),
    ("I'm allergic to shellfish.", "allergic_to"),
    ("I speak fluent Polish and some Czech.", "speaks"),
    ("I bought a red car.", "owns"),
    ("I study biology at Leuven.", "studies"),
    ("I'm originally from Ghana.", "from"),
    ("I grew up in Mombasa.", "from"),
    ("Sarah lives in Dublin.", "lives_in"),
    ("My colleague Priya works for Shell.", "works_at"),
    ("Ben hates broccoli.", "dislikes"),
    ("My boss, Martin, is away.", "boss"),
    ("My dentist is called Dr Weber.", "doctor"),
    ("My best friend is Noor.", "friend"),
    ("Since last autumn my partner Jo and I live in Malmö.", "lives_in"),
    ("I packed everything and moved to Seville.", "lives_in"),
    ("We're living in Oslo at the moment.", "lives_in"),
    ("I'm now based in Tallinn.", "lives_in"),
    ("My apartment is in Kraków.", "lives_in"),
    ("I joined Ericsson as an analyst.", "works_at"),
    ("These days I work for the Red Cross.", "works_at"),
    ("I left my job at Nokia.", "works_at"),
    ("I'm a vet.", "works_as"),
    ("I work as a translator.", "works_as"),
    ("I trained as a carpenter.", "works_as"),
    ("I'm 33 years old.", "age"),
    ("My birthday is July 14.", "birthday"),
    ("My mobile is +33 6 12 34 56 78.", "phone"),
    ("My private email is q@w.example.", "email"),
    ("I adore opera.", "likes"),
    ("I'm really into climbing.", "likes"),
    ("I enjoy long walks.", "likes"),
    ("My favourite colour is green.", "favourite"),
    ("I hate early meetings.", "dislikes"),
    ("I don't like olives.", "dislikes"),
    ("I detest traffic.", "dislikes"),
    ("I'm allergic to bee stings.", "allergic_to"),
    ("My brother's name is Igor.", "sibling"),
    ("My daughter Mia turned five.", "child"),
    ("My boyfriend is called Sven.", "spouse"),
    ("My dog Bruno ate my shoe.", "pet"),
    ("We adopted a kitten called Zuzu.", "pet"),
    ("I speak Finnish.", "speaks"),
    ("I own a piano.", "owns"),
    ("I come from Quito.", "from"),
    ("I'm studying law.", "studies"),
    ("My manager is Olga.", "boss"),
    ("Leo works at Ikea.", "works_at"),
    ("Nina is allergic to peanuts.", "allergic_to"),
    ("Hugo moved to Riga.", "lives_in"),
    ("I no longer work at Ikea.", "works_at"),
)
NOT_READ = (
    "I'd live in Paris if I could.",
    "Wouldn't it be nice if I lived in Rome?",
    "My character lives in Gotham.",
    "The hero says: I live in Narnia.",
    "I thought I lived in Berlin in that dream.",
    "I don't think I live in Kansas anymore, Toto.",
    "Someone asked if I work at Google.",
    "As a kid I lived in Oslo.",
    "I was living in Cairo back then.",
    "I will be living in Lima by August.",
    "I should work at a bakery.",
    "I'm not from Texas.",
    "I hate to say it.",
    "I love you.",
    "I like what you did.",
    "I love that song.",
    "I'm dead lol I live in IKEA",
    "They think I work at the CIA.",
    "My sister thinks that I live in Chaos.",
    "In my novel, I'm a pilot.",
    "Tom asked whether I live in Kyoto.",
    "I've never lived in Peru.",
    "I once worked at McDonald's as a student.",
    "I'm a mess.",
    "I'm a big fan of yours.",
    "Pretend I'm a nurse.",
    "Say I live in Bern, would you visit?",
    "Call me Ishmael is a great first line.",
    "I'm 100 percent sure.",
    "I'm 5 minutes away.",
    "I'm 2 days late",
    "My name is mud.",
    "My neighbour's dog Rex bit me.",
    "I used to like olives.",
    "I stopped liking olives.",
    "Did you know that I love opera?",
    '"I hate Mondays," said Garfield.',
    "I live for the weekend.",
    "I work at night.",
    "I work at it every day.",
    "I'm from the future.",
    "I'm 10 out of 10 tired.",
    "I love Paris in the spring, or so the song goes.",
    "Who said I live in Bonn?",
    "You live in Turin, right?",
    "I hate that I live in Essen, said no one ever.",
    "I wonder if I live in a simulation.",
    "My sister wants me to say I work at NASA.",
    "I'm not a doctor.",
    "I would love a dog called Max.",
    "If my name is Bob then yours is Alice.",
    "My imaginary friend Harvey says hi.",
    "I've been to Rome.",
    "I moved to the left.",
    "I moved to strike the motion.",
    "I started at Nine.",
    "I'm with Stupid now.",
    "My boss is away.",
    "My friend is French.",
    "My sister is Italian.",
    "My mother is Catholic.",
    "Our dog Sunday walks are long.",
    "I speak Truth to power.",
    "I like Monday.",
    "I can't stand it.",
    "My partner at Deloitte left.",
    "I'm in Berlin next week.",
    "I'm at IKEA right now.",
    "I was born ready.",
)


@pytest.mark.parametrize(("text", "relation"), READ)
def test_a_plain_statement_is_read(text: str, relation: str) -> None:
    assert relation in [statement.relation for statement in statements(text) if isinstance(statement, Statement)]


@pytest.mark.parametrize("text", NOT_READ)
def test_what_only_looks_like_a_statement_is_not(text: str) -> None:
    found = [statement for statement in statements(text) if isinstance(statement, Statement)]
    assert [
        statement for statement in found if statement.stance == "said" and not statement.ends and not statement.planned
    ] == []


@pytest.mark.parametrize(
    "text",
    [
        "I'm moving to Cork in January.",
        "Yusuf is moving to Ghent next month.",
        "I'm starting a new job at Brightwell Bakery in February.",
        "We are moving to Porto on the 3rd of May.",
    ],
)
def test_what_is_said_of_a_later_date_is_a_plan(text: str) -> None:
    assert [found.planned for found in statements(text, "Mira") if isinstance(found, Statement)] == [True]


def test_what_has_begun_is_a_fact() -> None:
    (found,) = statements("I started working at Zalando on Monday.", "Mira")
    assert isinstance(found, Statement) and found.object == "Zalando"


@pytest.mark.parametrize(
    ("text", "homes"),
    [
        ("hi i am Ida, 29, from Gdansk, i live in Dublin since 2019", ["Dublin"]),
        ("hi I'm Ida, 34, from Leeds, nurse", ["Leeds"]),
        ("I am from Poland but live in Cork", ["Cork"]),
    ],
)
def test_where_one_is_from_is_no_home_where_another_is_told(text: str, homes: list[str]) -> None:
    found = [one for one in statements(text) if isinstance(one, Statement) and one.relation == "lives_in"]
    assert [one.object for one in found] == homes
