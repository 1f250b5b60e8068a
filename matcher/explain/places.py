"""Why somebody got a place, or did not: sentences for who reads the list of a whole cohort."""

from __future__ import annotations

from collections.abc import Mapping

from .words import Sentence, joined, number

_LIMITS = {
    "criteria": Sentence("niet binnen de criteria van het traject", "outside the criteria of the track"),
    "avoid": Sentence("over iets wat deze persoon wil vermijden", "about something this person wants to avoid"),
    "distance": Sentence("te ver", "too far"),
    "price": Sentence("te duur", "too expensive"),
    "age": Sentence("voor een andere leeftijd", "for another age"),
    "audience": Sentence("voor een andere doelgroep", "for other people"),
    "need": Sentence("zonder wat deze persoon nodig heeft", "without what this person needs"),
    "schedule": Sentence("niet op de vrije momenten", "not when this person is free"),
    "full": Sentence("volzet", "full"),
    "over": Sentence("voorbij of afgelast", "over or cancelled"),
}
N_LIMITS = 3

FIRST_CHOICE = Sentence(
    "Van alles wat kan, past deze activiteit het best.", "Of all that is possible, this activity suits best."
)
BY_HAND = Sentence("Deze plaats is met de hand vastgelegd.", "This place was settled by hand.")
DONE = Sentence(
    "De 40 uur zijn al gehaald: er is geen plaats meer nodig.",
    "The 40 hours are done: no place is needed any more.",
)
FORBIDDEN = Sentence("Wat zou kunnen, is met de hand uitgesloten.", "What would be possible was excluded by hand.")
UNPROVEN = Sentence(
    "Of wisselen beter zou zijn, is niet nagerekend.",
    "Whether an exchange would be better was not worked out.",
)

DEMONSTRATION = Sentence(
    "Demonstratiegegevens: stuur niemand naar een activiteit op basis van deze lijst.",
    "Demonstration data: send nobody to an activity because of this list.",
)
DECIDE = Sentence(
    "Dit is een voorstel: de trajectbegeleider beslist samen met elke persoon.",
    "This is a proposal: the trajectbegeleider decides together with each person.",
)


def later_choice(rank: int) -> Sentence:
    """Say how many activities would suit better, counting from 1."""
    return Sentence(f"Dit is keuze {rank}.", f"This is choice {rank}.")


def no_candidates(by_reason: Mapping[str, int], n_activities: int) -> Sentence:
    """Say which limits keep everything out, the most frequent first."""
    if not n_activities:
        return Sentence("Het aanbod is leeg.", "The offer is empty.")
    often = sorted(by_reason.items(), key=lambda item: -item[1])[:N_LIMITS]
    counted = joined([Sentence(f"{_LIMITS[code].nl} ({n})", f"{_LIMITS[code].en} ({n})") for code, n in often])
    return Sentence(
        f"Geen enkele van de {n_activities} activiteiten is mogelijk: {counted.nl}.",
        f"None of the {n_activities} activities is possible: {counted.en}.",
    )


def no_place(n_candidates: int) -> Sentence:
    """Say that there was no place left."""
    many = n_candidates != 1
    return Sentence(
        f"Geen plaats over: {n_candidates} {'activiteiten passen' if many else 'activiteit past'}.",
        f"No place left: {n_candidates} {'activities suit' if many else 'activity suits'}.",
    )


def taken(title: str, organiser: str, most: int | None) -> Sentence:
    """Say that an activity is full, or with ``most`` that its organiser has the most people it takes."""
    if most is None:
        return Sentence(f"In '{title}' zijn alle plaatsen ingevuld.", f"All places of '{title}' are taken.")
    return Sentence(
        f"'{title}': {organiser} heeft al het hoogste aantal ({most}).",
        f"'{title}': {organiser} already has the most people ({most}).",
    )


def worse_for_the_worst_off(*, lowest_falls: bool) -> Sentence:
    """Say that an exchange goes against helping first whoever comes off worst."""
    if lowest_falls:
        return Sentence(
            "Na een wissel met iemand die daar een plaats kreeg, komt die slechter terecht dan deze persoon nu.",
            "After an exchange with somebody who got a place there, that one is worse off than this person now.",
        )
    return Sentence(
        "Een wissel met iemand die daar een plaats kreeg, verplaatst het probleem en past minder goed.",
        "An exchange with somebody who got a place there moves the problem and suits less.",
    )


def worse_exchange(change: float) -> Sentence:
    """Say by how much an exchange lowers the total."""
    by = number(-change, 4)
    return Sentence(
        f"Na een wissel met iemand die daar een plaats kreeg, is de som van alle scores {by.nl} lager.",
        f"After an exchange with somebody who got a place there, the sum of all scores is {by.en} lower.",
    )


def worse(loss: float) -> Sentence:
    """Say by how much the total falls with this place, whoever else moves."""
    by = number(loss, 4)
    return Sentence(
        f"Kreeg deze persoon daar een plaats, dan was de som van alle scores minstens {by.nl} lager.",
        f"With a place there for this person, the sum of all scores would be at least {by.en} lower.",
    )


def comes_first() -> Sentence:
    """Say that others would have to move, of whom one comes first."""
    return Sentence(
        "Anders verdelen maakt voor het geheel geen verschil, maar wie eerder aan de beurt is, verliest erbij.",
        "Another division makes no difference to the whole, but somebody who comes first would lose by it.",
    )


def waits_longer(*, longer: bool) -> Sentence:
    """Say that an exchange makes no difference, so that waiting or else the code decides."""
    if longer:
        return Sentence(
            "Wisselen maakt voor het geheel geen verschil; wie daar een plaats kreeg, wacht al langer.",
            "An exchange makes no difference to the whole; whoever got a place there has waited longer.",
        )
    return Sentence(
        "Wisselen maakt voor het geheel geen verschil, en beiden wachten even lang: de code besliste.",
        "An exchange makes no difference to the whole, and both have waited as long: the code decided.",
    )


def settled_by_hand() -> Sentence:
    """Say that the places went to people who were put there by hand."""
    return Sentence(
        "Wie daar een plaats kreeg, is er met de hand geplaatst.",
        "Whoever got a place there was put there by hand.",
    )


def not_enough(title: str, minimum: int, most: int) -> Sentence:
    """Say that a group does not run."""
    if most < minimum:
        return Sentence(
            f"'{title}' kan niet starten: er zijn minstens {minimum} mensen nodig, hoogstens {most} mogen erbij.",
            f"'{title}' cannot start: it needs at least {minimum} people, at most {most} may join.",
        )
    return Sentence(
        f"'{title}' start niet: zo goed verdeeld zijn er geen {minimum} mensen voor.",
        f"'{title}' does not start: in the best division it does not get {minimum} people.",
    )


def needed(title: str) -> Sentence:
    """Say that a move would leave a group too small."""
    return Sentence(
        f"Een plaats in '{title}' zou een andere groep te klein maken om te starten.",
        f"A place in '{title}' would leave another group too small to start.",
    )


def not_proven(gap: float | None) -> Sentence:
    """Say that the best may not have been found, and by how much it could be better at most."""
    if gap is None:
        return Sentence(
            "Misschien bestaat er een betere verdeling: niet alles kon worden nagerekend.",
            "There may be a better division: not all could be worked out.",
        )
    share = number(100 * gap, 2)
    return Sentence(
        f"Misschien bestaat er een betere verdeling; die scoort dan hoogstens {share.nl}% hoger.",
        f"There may be a better division; it scores at most {share.en}% more.",
    )


def places_unknown(n_activities: int, n_places: int) -> Sentence:
    """Say that places were assumed."""
    many = n_activities != 1
    return Sentence(
        f"Van {n_activities} activiteit{'en' if many else ''} is niet bekend hoeveel plaatsen er zijn: "
        f"er werd met hoogstens {n_places} gerekend. Bel eerst.",
        f"Of {n_activities} activit{'ies' if many else 'y'} the number of places is not known: "
        f"at most {n_places} were assumed. Call first.",
    )


def levels(step: float) -> Sentence:
    """Say how finely scores were told apart."""
    width = number(step, 4)
    return Sentence(
        f"Wie het minst goed terechtkomt, ging voor; scores binnen een stap van {width.nl} telden als gelijk.",
        f"Whoever comes off worst went first; scores within a step of {width.en} counted as equal.",
    )
