"""Texts that stand on every page, or on pages of several families."""

from types import MappingProxyType

TEXTS = MappingProxyType(
    {
        "product": ("Participatie-matcher", "Participation matcher"),
        "demonstration": (
            "Demonstratiegegevens: stuur niemand naar een activiteit op basis van deze lijst.",
            "Demonstration data: do not send anyone to an activity on the basis of this list.",
        ),
        "skip": ("Naar de inhoud", "Skip to the content"),
        "language": ("Taal van de pagina", "Language of the page"),
        "foot_decision": (
            "Dit zijn voorstellen. De trajectbegeleider beslist samen met de persoon.",
            "These are proposals. The caseworker decides together with the person.",
        ),
        "foot_offer": ("Aanbod {offer} · model {model}", "Offer {offer} · model {model}"),
        "printed": ("Afgedrukt op {day} van {address}", "Printed on {day} from {address}"),
        "title_error": ("Fout: ", "Error: "),
        "unknown": ("nog niet bekend", "not known yet"),
        "yes": ("ja", "yes"),
        "no": ("nee", "no"),
        "errors_heading": ("Dit klopt nog niet", "There is a problem"),
        "error_prefix": ("Fout: ", "Error: "),
        # --- the frame of every page
        "nav": ("Onderdelen", "Sections"),
        "nav_desk": ("Vraag", "Request"),
        "nav_dossiers": ("Dossiers", "Dossiers"),
        "nav_offer": ("Aanbod", "Offer"),
        "nav_overview": ("Overzicht", "Overview"),
        "who": ("U werkt als", "You work as"),
        "who_legend": ("Kies een rol om te proberen", "Choose a role to try out"),
        "who_submit": ("Werk zo verder", "Continue like this"),
        "municipality": ("Gemeente", "Municipality"),
        "role_desk": ("balie", "referral desk"),
        "role_caseworker": ("trajectbegeleider", "caseworker"),
        "role_coordinator": ("coördinator", "coordinator"),
        "role_analyst": ("analist", "analyst"),
        "save": ("Bewaar", "Save"),
        "cancel": ("Annuleer", "Cancel"),
        "back": ("Terug", "Back"),
        # --- when something cannot be done
        "error_title": ("Dit lukt niet", "This cannot be done"),
        "error_not_found": (
            "Deze pagina of dit dossier bestaat niet.",
            "There is no such page or dossier.",
        ),
        "error_not_found_remedy": (
            "Kijk het adres of de code na. Een dossier van een andere gemeente ziet u hier niet.",
            "Check the address or the code. A dossier of another municipality cannot be seen here.",
        ),
        "error_forbidden": ("Dit hoort niet bij uw rol.", "This is not part of your role."),
        "error_forbidden_remedy": (
            "Vraag het aan een collega die dit wel mag.",
            "Ask a colleague who may do this.",
        ),
        "error_conflict": (
            "Dit kan niet, zoals het dossier of het aanbod er nu voor staat.",
            "This is not possible as the dossier or the offer stands now.",
        ),
        "error_conflict_remedy": (
            "Er is niets gewijzigd. Ga terug en kijk wat er al genoteerd is.",
            "Nothing was changed. Go back and see what is noted already.",
        ),
        "error_late": ("Iemand anders was u net voor.", "Somebody else was just before you."),
        "error_late_remedy": (
            "Er is niets gewijzigd. Ga terug, bekijk de nieuwe stand en probeer opnieuw.",
            "Nothing was changed. Go back, look at how it stands now and try again.",
        ),
        "error_input": ("We begrijpen niet alles wat u stuurde.", "We do not understand all that you sent."),
        "error_input_remedy": (
            "Er is niets gewijzigd. Ga terug en kijk de velden na.",
            "Nothing was changed. Go back and check the fields.",
        ),
        "error_too_large": ("U stuurde meer dan hier past.", "You sent more than fits here."),
        "error_too_large_remedy": (
            "Er is niets gewijzigd. Ga terug en stuur minder.",
            "Nothing was changed. Go back and send less.",
        ),
        "error_busy": ("Het lukt nu even niet.", "It does not work right now."),
        "error_busy_remedy": (
            "We kunnen nu niet aan de gegevens. Wacht even en laad deze pagina opnieuw.",
            "We cannot reach the data now. Wait a moment and load this page again.",
        ),
        "error_busy_sent": (
            "We kunnen nu niet aan de gegevens. Wacht even en laad deze pagina opnieuw."
            " Dan wordt nog eens verstuurd wat u invulde.",
            "We cannot reach the data now. Wait a moment and load this page again."
            " What you filled in is then sent once more.",
        ),
        "error_other": ("Er liep iets mis.", "Something went wrong."),
        "error_other_remedy": ("Probeer het straks opnieuw.", "Try again later."),
    }
)
"""Texts by name: Dutch, English."""
