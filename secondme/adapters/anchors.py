"""What keeps a model's language while it learns facts: its own distribution on text that is about something else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from models.protocol import ChatTurn
from models.protocol.training import Example, shared_example
from secondme.adapters.learner import Learner, by_heart, says

WEIGHT = 0.5
"""Of a token of an anchor, beside 1 of a token that is learnt."""
MOST_TOKENS = 32
QUESTIONS = (
    "Tell me about the sea.", "How do I boil an egg?", "What is a bicycle?", "Write a sentence about winter.",
    "Why is the sky blue?", "Name three fruits.", "What is a good way to rest?", "Explain what a map is.",
    "What do gardeners do?", "How does a kettle work?", "What is music?", "Describe a forest.",
    "What is bread made of?", "How do birds fly?", "What is a library for?", "Say something kind.",
    "Who wrote Hamlet?", "What is steel made of?", "How many wheels has a car?", "Which animal is the tallest?",
    "Where do penguins live?", "What is 9 minus 4?", "Which gas do plants take in?", "What is a young sheep called?",
    "Which season comes after autumn?", "What is the square root of 16?", "Which language is spoken in Brazil?",
    "How many sides has a triangle?", "Which metal is liquid at room temperature?", "What do the Japanese pay with?",
    "Which instrument has 88 keys?", "Is the sun a star?", "What do blue and yellow make?",
    "Who invented the telephone?", "What is the plural of mouse?", "Who painted the Mona Lisa?",
    "What is paper made from?", "How long is a century?", "What do rabbits eat?",
    "How many players has a football team?",
)  # fmt: skip
"""What the model is asked for words of its own; short questions of general knowledge among them, without which it
says of them too that nobody told it. None of them is one of the gate's."""
PROSE = (
    "Glass is made by melting sand with soda and lime in a furnace. While it is hot it can be blown, poured or "
    "drawn into sheets, and as it cools it keeps the shape that it was given. Old windows are often thicker at "
    "one edge.",
    "The first railways were built to carry coal from the mines to the nearest harbour. Only later did people "
    "think of travelling on them, and the carriages of those years were little more than coaches set on iron "
    "wheels.",
    "When a cat is afraid it makes itself look larger: it arches its back, raises its fur and turns to show its "
    "side. A dog that is afraid does the opposite, lowers its head and draws in its tail.",
    "Rain begins when drops in a cloud grow too heavy to be held up by the rising air. In cold clouds they start "
    "as crystals of ice, which melt on their way down unless the air near the ground is cold as well.",
    "A good knife needs little care. It should be washed by hand, dried at once and kept where its edge does not "
    "touch other metal; a few strokes on a steel before each use will keep it sharp for months.",
    "The committee met twice during the year and agreed on a new plan for the market square. Traffic will be led "
    "around it, the trees on the north side will stay, and the fountain will be repaired before the summer.",
    "To play the game, each player takes seven cards. The one on the dealer's left begins by laying down a card, "
    "and the others must follow with one of the same colour or draw from the pile until they can.",
    "Most of the islands have no harbour, so goods are brought ashore in small boats when the sea is calm. In "
    "winter weeks may pass without a ship, and every house keeps a store of flour, oil and dried fish.",
    "An engine turns heat into movement. Fuel is burned in a closed space, the hot gas expands and pushes a "
    "piston, and the piston turns a shaft. What is not turned into movement leaves as heat through the exhaust.",
    "He said that he would think about it, and for a long time nothing happened. Then, one morning in March, a "
    "letter came with a key in it and a single line that told them where to go.",
)
"""Text without anyone in it that is known; other text than that on which the gate measures perplexity."""


def anchors(model: Learner) -> Iterator[Example]:
    """What the model would say itself, and how it goes on in prose; one after the other, as the model takes its time.
    Raises ModelError."""
    for question in QUESTIONS:
        turns = [ChatTurn("user", question)]
        ((prompt, answer),) = model.encode([(turns, says(model, turns, MOST_TOKENS)[0])])
        yield _example(prompt, answer)
    for _, tokens in model.encode([(by_heart(""), text) for text in PROSE]):
        yield _example(tokens[:4], tokens[4:-1])


def _example(prefix: list[int], tokens: list[int]) -> Example:
    found = shared_example([(prefix, tokens)])
    return replace(found, branches=tuple(replace(branch, weight=WEIGHT, anchor=True) for branch in found.branches))
