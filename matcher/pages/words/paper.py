"""Texts of what goes on paper, into a mail or into a calendar."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # --- what is known of an activity
        "paper_organiser": ("Organisator", "Organiser"),
        "paper_when": ("Wanneer", "When"),
        "paper_where": ("Waar", "Where"),
        "paper_price": ("{price} per keer.", "{price} each time."),
        "paper_cost": ("Prijs", "Price"),
        "paper_join": ("Meedoen", "How to join"),
        "paper_next": ("De volgende keren: {list}.", "Coming up: {list}."),
        "paper_next_one": ("De volgende keer: {list}.", "Coming up: {list}."),
        "paper_online": ("Online, op een computer of telefoon", "Online, on a computer or a telephone"),
        "paper_phone": ("Bel {phone}.", "Call {phone}."),
        "paper_mail": ("Mail naar {mail}.", "Mail to {mail}."),
        "paper_website": ("Website: {url}", "Website: {url}"),
        "paper_free": ("Het is gratis.", "It is free."),
        "paper_reduced": ("Met kansentarief: {price}.", "At the reduced rate: {price}."),
        "paper_fee": ("Lidgeld of inschrijving: {price}.", "Membership or registration: {price}."),
        "paper_ask_each_time": ("Vraag hoeveel één keer kost.", "Ask what one time costs."),
        "paper_ask": ("Vraag na", "Ask"),
        "paper_ask_when": ("dag en uur", "day and time"),
        "paper_ask_where": ("de plaats", "the place"),
        "paper_ask_price": ("de prijs", "the price"),
        # --- the mail
        "paper_mail_hello": ("Dag,", "Hello,"),
        "paper_mail_start": (
            "Deze activiteiten passen misschien bij u. Het zijn voorstellen. U kiest zelf.",
            "These activities may suit you. They are proposals. You choose.",
        ),
        "paper_mail_line": ("   {what}: {text}", "   {what}: {text}"),
        "paper_mail_distance": ("{where} ({km} km van huis)", "{where} ({km} km from home)"),
        "paper_mail_ask": (
            "Bel of mail de organisator voor u gaat. Vraag of u eens mag komen kijken.",
            "Call or mail the organiser before you go. Ask whether you may come and have a look.",
        ),
        "paper_mail_end": ("Met vriendelijke groeten", "Kind regards"),
    }
)
"""Texts by name: Dutch, English."""
