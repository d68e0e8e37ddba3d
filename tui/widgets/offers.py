"""Below an answer: what it offers to do, as buttons."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Button

from secondme.text.clean import clean
from tui.commands import Offer
from tui.messages import FindRequested, ForgetRequested


class OfferButton(Button):
    """One offer."""

    def __init__(self, offer: Offer) -> None:
        super().__init__(Content(f"▸ {clean(offer.label, keep_newlines=False)}"), compact=True)
        self.offer = offer


class Offers(Vertical):
    """A button for each offer; tab goes to it, enter presses it."""

    DEFAULT_CSS = """
    Offers { height: auto; margin: 0 0 1 0; display: none; }
    Offers > OfferButton { width: auto; max-width: 100%; color: $text-accent; text-align: left; }
    """

    async def show(self, offers: Sequence[Offer]) -> None:
        """Take these in the place of those before."""
        await self.remove_children()
        await self.mount_all([OfferButton(offer) for offer in offers])
        self.display = bool(offers)

    @on(Button.Pressed)
    def _pressed(self, event: Button.Pressed) -> None:
        event.stop()
        if isinstance(event.button, OfferButton):
            offer = event.button.offer
            self.post_message(FindRequested(offer.target) if offer.kind == "find" else ForgetRequested(offer.target))
