"""The model that answers and the model that embeds, as the settings name them now."""

from __future__ import annotations

from models.protocol import Embedder, LanguageModel, SentenceScorer
from secondme.engine.live_settings import LiveSettings
from secondme.runtimes.configured import ConfiguredModels

NO_EMBEDDER = "none"


class ModelsInUse:
    """The configured models, or those that stand in for them."""

    def __init__(
        self, settings: LiveSettings, runtimes: ConfiguredModels, embedder: Embedder | None, model: LanguageModel | None
    ) -> None:
        """`embedder` and `model` stand in for the configured ones."""
        self._settings = settings
        self.runtimes = runtimes
        self._model = model
        self.embedder_is_given = embedder is not None
        self.embedder = embedder or runtimes.embedder(settings.now)

    def change_embedder(self) -> None:
        """Make the embedder that the settings name now."""
        self.embedder = self.runtimes.embedder(self._settings.now)

    @property
    def embedder_id(self) -> str:
        """The embedder's name in the store."""
        return self.embedder.model_id if self.embedder else NO_EMBEDDER

    @property
    def dimension(self) -> int:
        """Numbers of a vector; 1 without an embedder."""
        return self.embedder.dimension if self.embedder else 1

    def model(self) -> LanguageModel | None:
        """The model that answers."""
        return self._model or self.runtimes.language_model(self._settings.now)

    def sentence_scorer(self) -> SentenceScorer | None:
        """What judges sentences for the reader; none beside an embedder that stands in."""
        return None if self.embedder_is_given else self.runtimes.sentence_scorer()

    def is_small(self) -> bool:
        """Whether the model is too small to be asked for more than a few words."""
        return self._model is None and self.runtimes.is_small(self._settings.now)

    def is_middling(self) -> bool:
        """Whether the model may write, but answers a plain question better in words that one sentence holds."""
        return self._model is None and self.runtimes.is_middling(self._settings.now)

    def may_read_everything(self) -> bool:
        """Whether the model may read all that is known.

        A small or middling model strays when it reads much; a server elsewhere was allowed what is recalled, not all.
        """
        if self._settings.now.answer_everything != "auto":
            return self._settings.now.answer_everything == "always"
        strays = self.is_small() or self.is_middling()
        return not strays and self.runtimes.answers_here(self._settings.now)
