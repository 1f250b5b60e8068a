"""Texts of dossiers."""

from collections.abc import Mapping
from types import MappingProxyType

from . import dossier_forms

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        **dossier_forms.TEXTS,
        # --- the frame of a dossier
        "dossier_code": ("Code van het dossier", "Code of the dossier"),
        "dossier_nav": ("Dossier {code}", "Dossier {code}"),
        "dossier_tab_dossier": ("Overzicht", "Summary"),
        "dossier_tab_shortlist": ("Voorstellen", "Proposals"),
        "dossier_tab_week": ("Week", "Week"),
        "dossier_tab_plan": ("Plan", "Plan"),
        "dossier_tab_own": ("Eigen voorstel", "Own proposal"),
        "dossier_tab_profile": ("Profiel", "Profile"),
        "dossier_tab_hours": ("Uren en bewijzen", "Hours and proofs"),
        "dossier_tab_handout": ("Blad voor thuis", "Sheet to take home"),
        "dossier_tab_feed": ("Agenda", "Calendar"),
        "dossier_tab_register": ("Voor KBI", "For KBI"),
        "dossier_hours_short": ("{n} van 40 uur", "{n} of 40 hours"),
        # --- the list
        "dossier_list_title": ("Dossiers", "Dossiers"),
        "dossier_list_heading": ("Dossiers van {place}", "Dossiers of {place}"),
        "dossier_list_asking": ("{n} dossiers vragen vandaag iets.", "{n} dossiers ask for something today."),
        "dossier_list_asking_one": ("1 dossier vraagt vandaag iets.", "1 dossier asks for something today."),
        "dossier_list_asking_none": ("Vandaag vraagt geen dossier iets.", "No dossier asks for anything today."),
        "dossier_list_ended_lead": (
            "Deze dossiers zijn afgesloten. U kunt ze heropenen.",
            "These dossiers have ended. You can reopen them.",
        ),
        "dossier_list_nav": ("Welke dossiers", "Which dossiers"),
        "dossier_list_open": ("Lopend", "Open"),
        "dossier_list_ended": ("Afgesloten", "Ended"),
        "dossier_list_none_open": ("Er zijn nog geen lopende dossiers.", "There are no open dossiers yet."),
        "dossier_list_none_ended": ("Er zijn nog geen afgesloten dossiers.", "No dossier has ended yet."),
        "dossier_list_begin": ("Begin met een vraag.", "Begin with a request."),
        "dossier_list_nothing": ("Niets te doen vandaag.", "Nothing to do today."),
        "dossier_list_more": ("en nog {n}", "and {n} more"),
        "dossier_list_noted": ("Laatst genoteerd op {day}", "Last noted on {day}"),
        "dossier_list_pages": ("Bladzijden", "Pages"),
        "dossier_list_page": ("bladzijde {p} van {n}", "page {p} of {n}"),
        "dossier_list_before": ("Vorige", "Previous"),
        "dossier_list_after": ("Volgende", "Next"),
        "dossier_search": ("Zoek een code", "Find a code"),
        "dossier_search_hint": (
            "Zoals 6P4-B5KT. Hoofdletters en streepje hoeven niet.",
            "Such as 6P4-B5KT. Capitals and hyphen are optional.",
        ),
        "dossier_search_submit": ("Open", "Open"),
        "dossier_switch": ("Toon deze gemeente", "Show this municipality"),
        "dossier_error_code": (
            "Deze code klopt niet. Kijk de letters en cijfers na.",
            "This code is not right. Check the letters and digits.",
        ),
        "dossier_error_no_such": (
            "Er is geen dossier met deze code in uw gemeenten.",
            "There is no dossier with this code in your municipalities.",
        ),
        # --- hours
        "dossier_title": ("Dossier", "Dossier"),
        "dossier_heading": ("Dossier {code}", "Dossier {code}"),
        "dossier_hours_heading": ("Nog {n} uur te gaan", "{n} hours to go"),
        "dossier_hours_reached": ("De 40 uur zijn bereikt", "The 40 hours are reached"),
        "dossier_reported": ("Gemeld", "Reported"),
        "dossier_proved": ("Bewezen", "Proved"),
        "dossier_of_hours": ("{n} van {goal} uur", "{n} of {goal} hours"),
        "dossier_hours_line": ("{n} uur gemeld, {proved} bewezen", "{n} hours reported, {proved} proved"),
        "dossier_hours_before": (
            "{n} uur is gedaan voor dit dossier begon.",
            "{n} hours were done before this dossier began.",
        ),
        "dossier_expected": (
            "Met wat nu gekozen is, bereikt u 40 uur op {day}.",
            "With what is chosen now, 40 hours are reached on {day}.",
        ),
        "dossier_not_expected": (
            "Met wat nu gekozen is, zijn 40 uur nog niet in zicht.",
            "With what is chosen now, 40 hours are not in sight yet.",
        ),
        "dossier_see_week": ("Bekijk de week", "See the week"),
        "dossier_make_plan": ("Maak een plan", "Make a plan"),
        # --- what to do now
        "dossier_now": ("Nu te doen", "To do now"),
        "dossier_now_nothing": ("Vandaag is er niets te doen.", "There is nothing to do today."),
        "dossier_has_ended": ("Dit dossier is {ending} op {day}.", "This dossier has {ending} on {day}."),
        "dossier_see_shortlist": ("Bekijk de voorstellen", "See the proposals"),
        "dossier_todo_check_in": (
            "Vraag hoe het eerste bezoek was: {title}, {day}.",
            "Ask how the first visit went: {title}, {day}.",
        ),
        "dossier_todo_proof_check": (
            "Kijk het bewijs na dat terug is: {title}.",
            "Check the proof that came back: {title}.",
        ),
        "dossier_todo_done": (
            "De 40 uur zijn bereikt. Rond de bewijzen af en sluit af.",
            "The 40 hours are reached. Complete the proofs and end the dossier.",
        ),
        "dossier_todo_start": (
            "Er loopt nog niets. Stel samen een activiteit voor.",
            "Nothing is going on yet. Propose an activity together.",
        ),
        "dossier_todo_undecided": (
            "Sinds {day} voorgesteld, nog niets gekozen. Vraag wat het wordt.",
            "Proposed since {day}, nothing chosen yet. Ask what it will be.",
        ),
        "dossier_todo_availability": (
            "De uren van {title} pasten niet. Bekijk de vrije uren.",
            "The times of {title} did not suit. Look at the free hours.",
        ),
        "dossier_todo_distance": (
            "{title} was te ver. Bekijk hoe ver iemand wil gaan.",
            "{title} was too far. Look at how far the person will go.",
        ),
        "dossier_todo_waiting": (
            "Al {weeks} weken op de wachtlijst van {title}. Vraag na.",
            "{weeks} weeks on the waiting list of {title}. Ask.",
        ),
        "dossier_todo_proof_out": (
            "Het bewijs van {title} is nog niet terug.",
            "The proof of {title} is not back yet.",
        ),
        "dossier_todo_nearly": (
            "Nog {n} uur te gaan. Maak de bewijzen klaar.",
            "{n} hours to go. Get the proofs ready.",
        ),
        "dossier_todo_quiet": (
            "Al {weeks} weken niets genoteerd. Neem contact op.",
            "Nothing noted for {weeks} weeks. Get in touch.",
        ),
        "dossier_go_start": ("Bekijk de voorstellen", "See the proposals"),
        "dossier_go_availability": ("Pas de vrije uren aan", "Change the free hours"),
        "dossier_go_distance": ("Pas de afstand aan", "Change the distance"),
        # --- the history
        "dossier_history": ("Wat er genoteerd is", "What was noted"),
        "dossier_history_all": ("Alles wat genoteerd is ({n})", "All that was noted ({n})"),
        "dossier_history_undone": ("teruggenomen", "taken back"),
        "dossier_undo": ("Neem de laatste stap terug", "Take back the last step"),
        "dossier_undo_what": ("Dit neemt terug: {what}.", "This takes back: {what}."),
        "dossier_undone": ("Teruggenomen: {what}.", "Taken back: {what}."),
        "dossier_event_opened": ("Dossier geopend", "Dossier opened"),
        "dossier_event_profile": ("Profiel gewijzigd", "Profile changed"),
        "dossier_event_reopened": ("Dossier heropend", "Dossier reopened"),
        "dossier_event_undone": ("Teruggenomen: {what}", "Taken back: {what}"),
        "dossier_event_outcome": ("{outcome}: {title}", "{outcome}: {title}"),
        "dossier_event_hours": ("{n} uur op {day}: {title}", "{n} hours on {day}: {title}"),
        "dossier_event_correction": ("Uren verbeterd naar {n} uur", "Hours corrected to {n} hours"),
        "dossier_event_proof": ("Bewijs {state}: {title}", "Proof {state}: {title}"),
        "dossier_event_own_activity": ("Eigen voorstel: {title}", "Own proposal: {title}"),
        "dossier_event_decision": ("Samen beslist, {decision}: {title}", "Decided together, {decision}: {title}"),
        "dossier_event_ended": ("Dossier {ending}", "Dossier {ending}"),
        "dossier_proof_given": ("meegegeven", "given"),
        "dossier_proof_signed": ("ondertekend", "signed"),
        "dossier_proof_back": ("terug", "back"),
        "dossier_proof_checked": ("nagekeken", "checked"),
        # --- the end
        "dossier_end_heading": ("Afsluiten", "Ending"),
        "dossier_end": ("Sluit dit dossier af", "End this dossier"),
        "dossier_end_how": ("Hoe eindigt het?", "How does it end?"),
        "dossier_end_submit": ("Sluit af", "End it"),
        "dossier_ending_finished": ("afgerond", "finished"),
        "dossier_ending_moved": ("verhuisd", "moved"),
        "dossier_ending_stopped": ("gestopt", "stopped"),
        "dossier_ending_choice_finished": ("Afgerond: het traject is klaar", "Finished: the track is done"),
        "dossier_ending_choice_moved": (
            "Verhuisd: een andere gemeente volgt op",
            "Moved: another municipality takes over",
        ),
        "dossier_ending_choice_stopped": (
            "Gestopt: de persoon gaat niet verder",
            "Stopped: the person does not go on",
        ),
        "dossier_error_ending": ("Kies hoe het dossier eindigt.", "Choose how the dossier ends."),
        "dossier_ended_message": ("Het dossier is afgesloten.", "The dossier has ended."),
        "dossier_reopen": ("Heropen dit dossier", "Reopen this dossier"),
        "dossier_reopen_hint": (
            "Alles wat genoteerd was, is er nog.",
            "All that was noted is still there.",
        ),
        "dossier_reopened_message": ("Het dossier is heropend.", "The dossier was reopened."),
        "dossier_delete": ("Verwijder dit dossier", "Delete this dossier"),
        "dossier_delete_title": ("Verwijderen", "Delete"),
        "dossier_delete_heading": ("Dossier {code} verwijderen?", "Delete dossier {code}?"),
        "dossier_delete_what": ("Dit verdwijnt voorgoed:", "This goes for good:"),
        "dossier_delete_activities": (
            "{n} activiteiten en wat ervan kwam",
            "{n} activities and what came of them",
        ),
        "dossier_delete_hours": ("{n} gemelde uren", "{n} reported hours"),
        "dossier_delete_proofs": ("{n} bewijzen van deelname", "{n} proofs of participation"),
        "dossier_delete_instead": (
            "Is het traject klaar? Sluit het dossier dan af: zo blijft het bewaard.",
            "Is the track done? Then end the dossier: that way it is kept.",
        ),
        "dossier_delete_submit": ("Verwijder voorgoed", "Delete for good"),
        "dossier_delete_not": ("Nee, bewaar het", "No, keep it"),
        "dossier_deleted_message": ("Dossier {code} is verwijderd.", "Dossier {code} was deleted."),
        "dossier_opened": ("Geopend op {day}, op vraag van {who}.", "Opened on {day}, asked for by {who}."),
        "dossier_asked_inburgeraar": ("de inburgeraar", "the person"),
        "dossier_asked_caseworker": ("de trajectbegeleider", "the caseworker"),
        "dossier_asked_other": ("iemand anders", "somebody else"),
        # --- the week
        "dossier_week_heading": ("De week", "The week"),
        "dossier_week_nothing": (
            "Er is nog niets gekozen. Wat u kiest, komt hier in de week.",
            "Nothing is chosen yet. What you choose comes into the week here.",
        ),
        "dossier_week_of": ("Week van {day}", "Week of {day}"),
        "dossier_week_before": ("Vorige week", "Previous week"),
        "dossier_week_after": ("Volgende week", "Next week"),
        "dossier_week_free": ("Niets in deze week.", "Nothing in this week."),
        "dossier_week_hours": (
            "{n} uur te verwachten. Aan het einde van de week samen {total} uur.",
            "{n} hours expected. At the end of the week {total} hours in all.",
        ),
        "dossier_week_sum": ("{n} uur, samen {total}", "{n} hours, {total} in all"),
        "dossier_week_gone": (
            "Niet meer in het aanbod: {list}. Vraag na of het nog doorgaat.",
            "No longer in the offer: {list}. Ask whether it still goes on.",
        ),
        "dossier_without_times": (
            "Dag en uur niet bekend: {list}. Vraag na.",
            "Day and hour not known: {list}. Ask.",
        ),
        "dossier_outside": (
            "Valt soms buiten de vrije uren en telt dan niet mee: {list}.",
            "Sometimes outside the free hours, and then not counted: {list}.",
        ),
        "dossier_today": ("vandaag", "today"),
        "dossier_clash": ("Let op, botst.", "Clash."),
        "dossier_clashes": (
            "{n} momenten in de komende 8 weken gaan niet samen.",
            "{n} moments in the coming 8 weeks do not go together.",
        ),
        "dossier_clashes_one": (
            "1 moment in de komende 8 weken gaat niet samen met een ander.",
            "1 moment in the coming 8 weeks does not go with another.",
        ),
        "dossier_clash_overlap": ("Tegelijk met {title}, {hours}.", "At the same time as {title}, {hours}."),
        "dossier_clash_travel": (
            "Te kort bij {title}, {hours}: ongeveer {n} min onderweg.",
            "Too close to {title}, {hours}: about {n} min on the way.",
        ),
        "dossier_session_first_visit": ("Eerste bezoek.", "First visit."),
        "dossier_session_optional": ("Vrij om te komen.", "Free to come."),
        "dossier_session_outside": ("Buiten de vrije uren.", "Outside the free hours."),
        "dossier_agreed": (
            "In overleg: {title}, ongeveer {n} uur.",
            "By agreement: {title}, about {n} hours.",
        ),
        "dossier_coming_heading": ("De komende {n} weken", "The coming {n} weeks"),
    }
)
"""Texts by name: Dutch, English."""
