"""The fixed texts of the report on gaps, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Mapping

from ..explain import Sentence

TEXTS: Mapping[str, Sentence] = {
    "product": Sentence("Activiteiten bij het participatietraject", "Activities of the participation track"),
    "skip": Sentence("Naar de inhoud", "To the content"),
    "demonstration": Sentence(
        "Demonstratiegegevens: beslis niets op basis van dit verslag.",
        "Demonstration data: decide nothing on the strength of this report.",
    ),
    "title": Sentence("Waar het aanbod tekortschiet", "Where the offer falls short"),
    "about": Sentence(
        "Verslag van {day} over {people} mensen en {activities} activiteiten die nog open zijn.",
        "Report of {day} on {people} people and {activities} activities that are still open.",
    ),
    "not_planned": Sentence(
        "Er was niet genoeg tijd voor iedereen: {planned} van {people} mensen zijn nagerekend.",
        "There was not enough time for everybody: {planned} of {people} people were worked out.",
    ),
    "not_complete": Sentence(
        "De tijd was op voor alles was nagerekend. Misschien bestaat er een nieuwe activiteit die meer helpt.",
        "The time was over before everything was worked out. There may be a new activity that helps more.",
    ),
    "gap": Sentence("Dat is hoogstens {hours} uur meer.", "That is at most {hours} hours more."),
    "reach": Sentence("Hoeveel mensen halen 40 uur?", "How many people reach 40 hours?"),
    "reached": Sentence("Kan 40 uur halen", "Can reach 40 hours"),
    "short": Sentence("Kan nu geen 40 uur halen", "Cannot reach 40 hours now"),
    "new": Sentence("Welke nieuwe activiteit helpt het meest?", "Which new activity helps most?"),
    "new_lead": Sentence(
        "Elke regel is één verzonnen activiteit van twee uur per week, gratis en buiten de schoolvakanties, "
        "vanaf {start}. Voor iedereen is nagerekend of ze op de eigen lijst van tien voorstellen zou staan, en "
        "hoeveel uur ze toevoegt aan het beste plan.",
        "Each line is one made-up activity of two hours a week, free and outside the school holidays, from "
        "{start} on. For everybody it was worked out whether it would stand on the person's own list of ten "
        "proposals, and how many hours it adds to the best plan.",
    ),
    "new_chart": Sentence("Uren die elke nieuwe activiteit toevoegt", "Hours that each new activity adds"),
    "taalicoon": Sentence("taalicoon {n}", "taalicoon {n}"),
    "taalicoon_note": Sentence(
        "Taalicoon 1: weinig Nederlands nodig. Taalicoon 4: vlot Nederlands nodig.",
        "Taalicoon 1: little Dutch needed. Taalicoon 4: fluent Dutch needed.",
    ),
    "place_open": Sentence("plaats te kiezen", "place to be chosen"),
    "interests": Sentence("Wat willen mensen, en vinden ze dat?", "What do people wish, and do they find it?"),
    "interests_lead": Sentence(
        "'Vindt niets' betekent: geen activiteit over dit onderwerp op een vrij moment, binnen de afstand en de "
        "prijs die kunnen, en niet boven het eigen niveau Nederlands.",
        "'Finds nothing' means: no activity on this subject at a free moment, within the distance and the price "
        "that are possible, and not above the person's own level of Dutch.",
    ),
    "interests_unknown": Sentence(
        "{count} gaven geen interesse op; zij tellen hier niet mee.",
        "{count} gave no interest; they do not count here.",
    ),
    "half_days": Sentence(
        "Wanneer zijn mensen vrij zonder aanbod?", "When are people free with nothing on offer?"
    ),
    "half_days_lead": Sentence(
        "Elk vak telt de mensen die dan minstens twee uur vrij zijn en op dat moment niets vinden, waarover ook.",
        "Each box counts the people who are free for two hours or more then and find nothing at that moment, "
        "whatever it is about.",
    ),
    "half_days_unknown": Sentence(
        "{count} zeiden niet wanneer ze vrij zijn; zij tellen hier niet mee.",
        "{count} did not say when they are free; they do not count here.",
    ),
    "levels": Sentence("Wie haalt geen 40 uur: niveau Nederlands", "Who does not reach 40 hours: level of Dutch"),
    "areas": Sentence("Wie haalt geen 40 uur: woonplaats", "Who does not reach 40 hours: where people live"),
    "barriers": Sentence("Wat houdt hen tegen?", "What stands in their way?"),
    "barriers_lead": Sentence(
        "Van wie geen 40 uur haalt: hoeveel activiteiten om deze ene reden alleen wegvallen, gemiddeld per "
        "persoon.",
        "Of those who do not reach 40 hours: how many activities fall away for this one reason alone, on average.",
    ),
    "cells": Sentence("Onderwerp en moment samen", "Subject and moment together"),
    "cells_lead": Sentence(
        "De {n} combinaties waar de meeste mensen niets vinden.",
        "The {n} combinations in which most people find nothing.",
    ),
    "cells_none": Sentence(
        "Geen enkele combinatie telt 10 mensen of meer.", "No combination has 10 people or more."
    ),
    "small_cells": Sentence(
        "Ook per niveau Nederlands en woonplaats", "By level of Dutch and where people live too"
    ),
    "how": Sentence("Hoe is dit berekend?", "How was this worked out?"),
    "how_1": Sentence(
        "Voor iedereen is het beste plan gezocht met hoogstens vier activiteiten van het aanbod, zonder "
        "botsende uren, met reistijd, tot en met {until}. Een gewenste datum is geen wettelijke termijn.",
        "For everybody the best plan was sought with at most four activities of the offer, without clashing "
        "hours, with travel time, up to and including {until}. A wished date is not a term of the law.",
    ),
    "how_2": Sentence(
        "Een nieuwe activiteit telt alleen mee voor wie ze op de eigen lijst van tien zou krijgen. Wie nog 6 "
        "uur mist, telt hoogstens voor 6 uur.",
        "A new activity counts only for those on whose own list of ten it would stand. Somebody who lacks 6 "
        "hours counts for 6 hours at most.",
    ),
    "how_3": Sentence(
        "Aantallen onder 10 staan er als '< 10'. Een groter getal wordt een ondergrens ('51 of meer') of valt "
        "weg waar een klein getal anders te berekenen was. Kleine groepen zijn samengenomen.",
        "Counts under 10 are shown as '< 10'. A larger number becomes a lower bound ('51 or more') or is left "
        "out where a small one could be worked out otherwise. Small groups were joined.",
    ),
    "how_4": Sentence(
        "Dit verslag stelt voor; het lokaal bestuur beslist. De taaliconen naast de niveaus A1 tot C2 zijn onze "
        "eigen vergelijking.",
        "This report proposes; the municipality decides. The taaliconen beside the levels A1 to C2 are our own "
        "comparison.",
    ),
    "foot": Sentence("Aanbod {offer} · model {model}", "Offer {offer} · model {model}"),
    "subject": Sentence("Onderwerp", "Subject"),
    "moment": Sentence("Moment", "Moment"),
    "what": Sentence("Nieuwe activiteit", "New activity"),
    "level": Sentence("Niveau", "Level"),
    "area": Sentence("Woonplaats", "Home"),
    "group": Sentence("Groep", "Group"),
    "people": Sentence("Mensen", "People"),
    "wish": Sentence("Willen dit", "Wish this"),
    "free": Sentence("Zijn dan vrij", "Are free then"),
    "without": Sentence("Vinden niets", "Find nothing"),
    "supply": Sentence("Aanbod", "Offer"),
    "nearer": Sentence("Dichterbij", "Nearer"),
    "hours": Sentence("Uren", "Hours"),
    "reason": Sentence("Reden", "Reason"),
    "of_people": Sentence("{short} van {people}", "{short} of {people}"),
    "finds_nothing": Sentence("{without} van {people} vinden niets", "{without} of {people} find nothing"),
    "in_hours": Sentence("{hours} uur", "{hours} hours"),
    "table_of": Sentence("Tabel: {title}", "Table: {title}"),
    "chart_people": Sentence(
        "Liggende balken. De hele balk telt alle mensen, het donkere deel {part}. Grijs is niet getoond.",
        "Horizontal bars. The whole bar counts all people, the dark part {part}. Grey is not shown.",
    ),
    "part_without": Sentence("wie niets vindt", "those who find nothing"),
    "part_short": Sentence("wie geen 40 uur haalt", "those who do not reach 40 hours"),
    "chart_amount": Sentence("Liggende balken, de grootste bovenaan.", "Horizontal bars, the largest on top."),
    "chart_week": Sentence(
        "Een vak per dag en dagdeel; hoe donkerder, hoe meer mensen niets vinden.",
        "A box for each day and part of the day; the darker, the more people find nothing.",
    ),
    "message": Sentence("Het grootste tekort: {what}", "The largest shortage: {what}"),
}


class Texts:
    """The texts in one language.

    Examples
    --------
    >>> Texts("en")("taalicoon", n=2)
    'taalicoon 2'
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def __call__(self, key: str, **values: object) -> str:
        """Return a text with its values filled in."""
        return self.of(TEXTS[key]).format(**values)

    def of(self, sentence: Sentence) -> str:
        """Return a sentence in the language."""
        return sentence.nl if self.lang == "nl" else sentence.en
