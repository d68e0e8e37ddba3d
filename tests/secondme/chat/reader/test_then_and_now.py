"""Words that tell of now answer no question of before, nor the other way round."""

from __future__ import annotations

import pytest

from secondme.chat.reader.then_and_now import of_another_time


@pytest.mark.parametrize(
    ("question", "text", "words", "another"),
    [
        ("Where did I work before?", "I was at the mill, now I am at the port.", "at the port", True),
        ("Where did I work before?", "I was at the mill, now I am at the port.", "at the mill", False),
        ("Where do I work now?", "I was at the mill, now I am at the port.", "at the port", False),
        ("Where do I work now?", "I used to be at the mill; these days I am at the port.", "at the mill", True),
        ("Wo arbeite ich davor?", "Erst war ich in der Mühle, jetzt bin ich am Hafen.", "am Hafen", True),
        ("¿Dónde trabajo antes?", "Antes estaba en un molino, ahora estoy en el puerto.", "en el puerto", True),
        ("Où je travaille avant?", "Avant j'étais au moulin, maintenant je suis au port.", "au moulin", False),
        ("我以前在哪里工作?", "我以前在磨坊，现在在港口", "港口", True),
        ("Where does Ida work?", "Ida is at the port now.", "at the port", False),
        ("What did Ida eat before the concert?", "Ida had soup.", "soup", False),
    ],
)
def test_the_clause_tells_of_which_time_its_words_are(question: str, text: str, words: str, another: bool) -> None:
    begin = text.find(words)
    assert of_another_time(question, text, begin, begin + len(words)) is another
