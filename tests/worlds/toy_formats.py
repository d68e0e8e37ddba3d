"""A toy format and a toy chat platform, each added where a real one would be, and a limited process that knows both."""

from __future__ import annotations

from collections.abc import Iterator

from secondme.readers import registry, sandbox_child
from secondme.readers.documents import ParsedDocument, ReadItem, Turn
from secondme.readers.exports import registry as export_registry
from secondme.readers.exports.chat_turns import ChatTurns
from secondme.readers.exports.export import ExportReader
from secondme.readers.exports.tree import ExportTree
from secondme.readers.prose import Prose
from secondme.readers.reader import SourceFile, Unreadable


class RecipeReader:
    """Reads cards of a recipe box: cards are parted by `%`."""

    def read(self, source: SourceFile) -> Iterator[ReadItem]:
        """One document; its places are cards."""
        prose = Prose()
        for number, card in enumerate(source.text().split("%"), start=1):
            prose.new_section()
            prose.paragraph(card, f"card {number}")
        if not prose.blocks:
            raise Unreadable("it holds no cards")
        yield ParsedDocument("text/x-recipes", source.name, prose.text(), tuple(prose.blocks))


class PigeonExport(ExportReader):
    """Reads the letters of a pigeon post: `sender: text` on each line."""

    platform = "pigeon"

    @classmethod
    def fits_names(cls, tree: ExportTree) -> bool:
        """A log of flights."""
        return bool(tree.find("letters.log"))

    def read(self, tree: ExportTree, me: frozenset[str]) -> Iterator[ReadItem]:
        """One chat."""

        def turn(item: tuple[int, str]) -> Turn:
            number, line = item
            sender, text = line.split(": ", 1)
            return Turn(str(number), text, sender, "me" if sender.casefold() in me else "other")

        turns = ChatTurns()
        with tree.open(tree.find("letters.log")[0]) as file:
            turns.add(enumerate(file.read().decode().splitlines()), turn)
        yield from turns.document("Pigeon post", "pigeon:1", "letters.log")


def formats(*, confined: bool) -> tuple[registry.Format, ...]:
    """The formats with recipes among them."""
    recipes = registry.Format("recipes", "tests.worlds.toy_formats:RecipeReader", frozenset({".recipes"}), confined)
    return (*registry.FORMATS, recipes)


EXPORTS: tuple[type[ExportReader], ...] = (*export_registry.EXPORTS, PigeonExport)

if __name__ == "__main__":
    registry.FORMATS = formats(confined=True)
    export_registry.EXPORTS = EXPORTS
    sandbox_child.main()
