"""Texts of the overview."""

from collections.abc import Mapping
from types import MappingProxyType

TEXTS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # --- the frame
        "nav_places": ("Plaatsen", "Places"),
        "overview_title": ("Overzicht van {place}", "Overview of {place}"),
        "overview_lead": (
            "Wat er gevraagd, voorgesteld en gedaan is, zonder iets te zeggen over één persoon.",
            "What was asked, proposed and done, without telling of any one person.",
        ),
        "overview_parts": ("Onderdelen van het overzicht", "Parts of the overview"),
        "overview_part_figures": ("Cijfers", "Figures"),
        "overview_part_gaps": ("Waar het aanbod tekortschiet", "Where the offer falls short"),
        "overview_part_places": ("Plaatsen verdelen", "Share out places"),
        # --- the period
        "overview_from": ("Van", "From"),
        "overview_to": ("Tot en met", "Up to and including"),
        "overview_show": ("Toon", "Show"),
        "overview_presets": ("Vaak gebruikt:", "Often used:"),
        "overview_preset_quarter": ("dit kwartaal", "this quarter"),
        "overview_preset_school_year": ("dit schooljaar", "this school year"),
        "overview_preset_year": ("laatste 12 maanden", "last 12 months"),
        "overview_days": ("{since} tot en met {until}", "{since} to {until}"),
        "overview_download": ("Download de cijfers (CSV)", "Download the figures (CSV)"),
        "overview_error_month": (
            "Kies een maand, zoals 2026-09, niet later dan deze maand.",
            "Choose a month, such as 2026-09, not later than this one.",
        ),
        "overview_error_order": (
            "Kies de beginmaand of een latere maand, hoogstens {months} maanden verder.",
            "Choose the first month or a later one, at most {months} months on.",
        ),
        # --- counts
        "overview_few": ("minder dan {least}", "fewer than {least}"),
        "overview_least": ("{least} of meer", "{least} or more"),
        "overview_hidden": ("niet getoond", "not shown"),
        "overview_table": ("De tabel erachter", "The table behind it"),
        "overview_about_bars": (
            "Liggende balken, alle vanaf nul. Een grijs streepje is niet getoond.",
            "Horizontal bars, all from zero. A small grey mark is not shown.",
        ),
        "overview_about_columns": (
            "Kolommen naast elkaar, alle vanaf nul. Een laag grijs streepje is niet getoond.",
            "Columns beside one another, all from zero. A low grey mark is not shown.",
        ),
        "overview_people": ("Mensen", "People"),
        "overview_hours": ("Uren", "Hours"),
        "overview_activities": ("Activiteiten", "Activities"),
        # --- requests
        "overview_requests": ("Vragen", "Requests"),
        "overview_month_few": (
            "Minder dan {least} vragen in deze periode: te weinig om te tonen.",
            "Fewer than {least} requests in this period: too few to show.",
        ),
        "overview_month": (
            "{n} vragen aan de balie, de meeste in {month}",
            "{n} requests at the desk, most of them in {month}",
        ),
        "overview_month_plain": ("{n} vragen aan de balie", "{n} requests at the desk"),
        "overview_month_head": ("Maand", "Month"),
        "overview_quarter_head": ("Kwartaal", "Quarter"),
        "overview_quarter": ("kwartaal {n} van {year}", "quarter {n} of {year}"),
        "overview_asker": (
            "Het vaakst vraagt {who}: {n} van de {total} keer",
            "Most often {who} asks: {n} of {total} times",
        ),
        "overview_asker_plain": ("Wie vraagt naar een activiteit?", "Who asks for an activity?"),
        "overview_asker_head": ("Wie vraagt", "Who asks"),
        "overview_asker_inburgeraar": ("de inburgeraar zelf", "the participant"),
        "overview_asker_caseworker": ("een trajectbegeleider", "a caseworker"),
        "overview_asker_other": ("iemand anders", "somebody else"),
        "overview_nothing": (
            "Vragen waarbij geen enkele activiteit paste: {n}.",
            "Requests for which no activity fitted: {n}.",
        ),
        # --- proposals
        "overview_proposals": ("Voorstellen en wat ervan kwam", "Proposals and what came of them"),
        "overview_funnel": (
            "Van {proposed} mensen met een voorstel gaan er nu nog {going}",
            "Of {proposed} people with a proposal, {going} still go",
        ),
        "overview_funnel_few": (
            "Minder dan {least} mensen kregen een voorstel: te weinig om te tonen.",
            "Fewer than {least} people got a proposal: too few to show.",
        ),
        "overview_funnel_plain": (
            "{proposed} mensen kregen een voorstel",
            "{proposed} people got a proposal",
        ),
        "overview_funnel_head": ("Hoever", "How far"),
        "overview_stage_proposed": ("Kreeg een voorstel", "Got a proposal"),
        "overview_stage_chosen": ("Koos er een", "Chose one"),
        "overview_stage_attended": ("Ging minstens één keer", "Went at least once"),
        "overview_stage_going": ("Gaat nog, of is klaar", "Still goes, or has finished"),
        "overview_declined": (
            "Mensen zeggen vooral nee om deze reden: {reason}",
            "The most frequent reason to say no: {reason}",
        ),
        "overview_declined_plain": ("Waarom zeiden mensen nee?", "Why did people say no?"),
        "overview_stopped": (
            "Mensen haken vooral af om deze reden: {reason}",
            "Those who drop out mostly say: {reason}",
        ),
        "overview_stopped_plain": (
            "Waarom haakten mensen af na hun keuze?",
            "Why did people drop out after choosing?",
        ),
        "overview_stopped_few": (
            "Minder dan {least} mensen haakten af na hun keuze.",
            "Fewer than {least} people dropped out after choosing.",
        ),
        "overview_declined_few": (
            "Minder dan {least} mensen zeiden nee tegen een voorstel.",
            "Fewer than {least} people said no to a proposal.",
        ),
        "overview_declined_each": (
            "{n} mensen zeiden nee tegen een voorstel. Geen enkele reden komt van {least} mensen of meer.",
            "{n} people said no to a proposal. No single reason comes from {least} people or more.",
        ),
        "overview_stopped_each": (
            "{n} mensen haakten af na hun keuze. Geen enkele reden komt van {least} mensen of meer.",
            "{n} people dropped out after choosing. No single reason comes from {least} people or more.",
        ),
        "overview_reason_head": ("Reden", "Reason"),
        "overview_reason_all": ("Alle redenen samen", "All reasons together"),
        "overview_reason_not_my_thing": ("niets voor mij", "not my thing"),
        "overview_reason_too_hard": ("te moeilijk", "too hard"),
        "overview_reason_too_far": ("te ver", "too far"),
        "overview_reason_times": ("de uren passen niet", "the times do not suit"),
        "overview_reason_full": ("volzet", "full"),
        "overview_reason_no_answer": ("geen antwoord", "no answer"),
        "overview_reason_not_said": ("geen reden genoteerd", "no reason noted"),
        "overview_reason_note": (
            "Wie meer dan één reden gaf, telt bij elke reden.",
            "Whoever gave more than one reason counts under each.",
        ),
        # --- hours
        "overview_hours_title": ("Uren en bewijzen", "Hours and proofs"),
        "overview_hours_said": (
            "Van {reported} gemelde uren zijn er {proved} bewezen",
            "Of {reported} hours reported, {proved} are proved",
        ),
        "overview_hours_plain": (
            "{reported} uur gemeld in deze periode",
            "{reported} hours reported in this period",
        ),
        "overview_hours_few": (
            "Minder dan {least} mensen hebben uren in deze periode: te weinig om te tonen.",
            "Fewer than {least} people have hours in this period: too few to show.",
        ),
        "overview_hours_head": ("Soort uren", "Kind of hours"),
        "overview_hours_reported": ("Gemeld", "Reported"),
        "overview_hours_proved": ("Bewezen", "Proved"),
        "overview_reached": (
            "{n} mensen haalden 40 uur, na gemiddeld {weeks} weken",
            "{n} people reached 40 hours, after {weeks} weeks on average",
        ),
        "overview_reached_plain": ("{n} mensen haalden 40 uur", "{n} people reached 40 hours"),
        "overview_reached_few": (
            "Minder dan {least} mensen haalden 40 uur in deze periode.",
            "Fewer than {least} people reached 40 hours in this period.",
        ),
        "overview_reached_head": ("Hoever", "How far"),
        "overview_reached_worked": ("Heeft uren in deze periode", "Has hours in this period"),
        "overview_reached_reached": ("Haalde 40 uur", "Reached 40 hours"),
        "overview_reached_proved": ("Alle 40 uur bewezen", "All 40 hours proved"),
        "overview_reached_note": (
            "Uren van voor het dossier tellen mee. De weken lopen vanaf het begin van het dossier.",
            "Hours from before the dossier count. The weeks run from the start of the dossier.",
        ),
        # --- the offer
        "overview_offer": ("Vraag en aanbod", "Demand and offer"),
        "overview_wish": (
            "Het grootste tekort: {what}. {asked} keer gevraagd, {there} activiteiten",
            "The largest shortage: {what}. Asked {asked} times, {there} activities",
        ),
        "overview_wish_one": (
            "Het grootste tekort: {what}. {asked} keer gevraagd, 1 activiteit",
            "The largest shortage: {what}. Asked {asked} times, 1 activity",
        ),
        "overview_wish_none": (
            "Het grootste tekort: {what}. {asked} keer gevraagd, geen enkele activiteit",
            "The largest shortage: {what}. Asked {asked} times, no activity at all",
        ),
        "overview_interest_plain": ("Wat vragen mensen, en wat is er?", "What do people ask, and what is there?"),
        "overview_interest_few": (
            "Over interesses zijn er te weinig vragen om te tonen.",
            "There are too few requests on interests to show.",
        ),
        "overview_interest_head": ("Interesse", "Interest"),
        "overview_half_day_plain": (
            "Wanneer kunnen mensen, en wat is er?",
            "When can people come, and what is there?",
        ),
        "overview_half_day_few": (
            "Over vrije momenten zijn er te weinig vragen om te tonen.",
            "There are too few requests on free moments to show.",
        ),
        "overview_half_day_head": ("Moment", "Moment"),
        "overview_half_day_note": (
            "De {n} momenten met de meeste vragen per activiteit. Alle momenten staan in de tabel.",
            "The {n} moments with most requests per activity. All moments are in the table.",
        ),
        "overview_wish_requests": ("Vragen in deze periode", "Requests in this period"),
        "overview_wish_people": ("Lopende dossiers nu", "Open dossiers now"),
        "overview_wish_there": ("Lopende activiteiten", "Open activities"),
        "overview_asked_there": ("{asked} vragen, {there} activiteiten", "{asked} requests, {there} activities"),
        "overview_asked_there_one": ("{asked} vragen, 1 activiteit", "{asked} requests, 1 activity"),
        "overview_unproposed": (
            "{n} van {total} lopende activiteiten zijn nooit voorgesteld",
            "{n} of {total} open activities were never proposed",
        ),
        "overview_unproposed_few": (
            "Er zijn te weinig voorstellen om te zeggen wat nooit voorgesteld is.",
            "There are too few proposals to say what was never proposed.",
        ),
        "overview_unproposed_none": (
            "Elke lopende activiteit is minstens één keer voorgesteld.",
            "Every open activity was proposed at least once.",
        ),
        "overview_unproposed_note": (
            "De reden is de grens die de meeste mensen met een lopend dossier tegenhoudt.",
            "The reason is the limit that keeps out most people with an open dossier.",
        ),
        "overview_unproposed_why": ("Wat mensen tegenhoudt", "What keeps people out"),
        "overview_limit_none": ("geen vaste grens; ze scoort lager", "no fixed limit; it scores lower"),
        "overview_limit_criteria": ("past niet bij de criteria", "does not fit the criteria"),
        "overview_limit_avoid": ("wat men wil vermijden", "what people want to avoid"),
        "overview_limit_distance": ("te ver", "too far"),
        "overview_limit_price": ("te duur", "too expensive"),
        "overview_limit_age": ("voor een andere leeftijd", "for another age"),
        "overview_limit_audience": ("voor een andere doelgroep", "for other people"),
        "overview_limit_need": ("biedt niet wat nodig is", "lacks what is needed"),
        "overview_limit_schedule": ("niet op vrije momenten", "not at free moments"),
        "overview_limit_full": ("volzet", "full"),
        "overview_limit_over": ("voorbij of afgelast", "over or cancelled"),
        "overview_activity_head": ("Activiteit", "Activity"),
        "overview_organiser_head": ("Organisator", "Organiser"),
        "overview_hosts": (
            "{organiser} kreeg de meeste mensen: {n}. Vraag of dat nog lukt.",
            "{organiser} got the most people: {n}. Ask whether they can still manage.",
        ),
        "overview_hosts_few": (
            "Geen enkele organisator kreeg {least} mensen of meer.",
            "No organiser got {least} people or more.",
        ),
        "overview_hosts_note": (
            "Organisatoren met minder dan {least} mensen staan er niet bij.",
            "Organisers with fewer than {least} people are left out.",
        ),
        "overview_verified": (
            "{n} van {total} fiches zijn langer dan een jaar niet nagevraagd",
            "{n} of {total} records were not verified for over a year",
        ),
        "overview_verified_fine": (
            "Alle {total} fiches zijn het laatste jaar nagevraagd",
            "All {total} records were verified in the last year",
        ),
        "overview_to_calls": ("Naar de bellijst", "To the call list"),
        "overview_verified_head": ("Laatst nagevraagd", "Last verified"),
        "overview_verified_recent": ("Korter dan een jaar geleden", "Less than a year ago"),
        "overview_verified_older": ("Langer dan een jaar geleden", "More than a year ago"),
        "overview_verified_never": ("Niet bekend wanneer", "Not known when"),
        # --- how
        "overview_how": ("Hoe is dit geteld?", "How was this counted?"),
        "overview_how_1": (
            "Aantallen onder {least} staan er als ‘minder dan {least}’, ook een nul.",
            "Counts under {least} are shown as ‘fewer than {least}’, a zero too.",
        ),
        "overview_how_2": (
            "Een groter getal is soms ‘niet getoond’, of een ondergrens. "
            "Anders was een klein getal te berekenen door af te trekken.",
            "A larger number is sometimes ‘not shown’, or a lower bound. "
            "Otherwise a small one could be worked out by subtraction.",
        ),
        "overview_how_3": (
            "Een voorstel telt in de maand waarin het in het dossier kwam. Wat ervan kwam, telt tot vandaag.",
            "A proposal counts in the month in which it was noted. What came of it counts until today.",
        ),
        "overview_how_4": (
            "Een gemiddelde staat er alleen voor {least} mensen of meer.",
            "An average is given only for {least} people or more.",
        ),
        "overview_how_5": (
            "Vergelijk geen twee bijna gelijke periodes om kleine groepen te zoeken.",
            "Do not compare two nearly equal periods to look for small groups.",
        ),
        # --- gaps
        "overview_gaps": ("Waar het aanbod tekortschiet", "Where the offer falls short"),
        "overview_gaps_lead": (
            "Dit verslag legt de wensen en vrije uren in de lopende dossiers naast het aanbod.",
            "This report holds the wishes and free hours in the open dossiers against the offer.",
        ),
        "overview_gaps_few": (
            "Er zijn minder dan {least} lopende dossiers. Een verslag zou dan iets zeggen over één persoon. "
            "Daarom maken we het niet.",
            "There are fewer than {least} open dossiers. A report would then tell of one person. "
            "That is why we do not make it.",
        ),
        "overview_gaps_wait": (
            "Voor iedereen wordt een plan van 40 uur gezocht. Dat duurt hoogstens {seconds} seconden. "
            "Lukt niet alles in die tijd, dan staat dat erbij.",
            "For everybody a plan of 40 hours is sought. That takes {seconds} seconds at most. "
            "If not everything fits in that time, the report says so.",
        ),
        "overview_gaps_late": (
            "Binnen {seconds} seconden lukte het niet voor genoeg mensen. "
            "Probeer het opnieuw op een rustig moment.",
            "It did not work for enough people within {seconds} seconds. Try again at a quiet moment.",
        ),
        "overview_gaps_make": ("Maak het verslag", "Make the report"),
        # --- places
        "overview_places": ("Schaarse plaatsen verdelen", "Share out scarce places"),
        "overview_places_lead": (
            "Dit verdeelt de vrije plaatsen over iedereen die wacht. U vinkt aan wat u voorstelt.",
            "This shares out the free places among all who wait. You tick what you propose.",
        ),
        "overview_waiting": (
            "{n} lopende dossiers wachten: zonder activiteit, en zonder voorstel in de laatste {days} dagen.",
            "{n} open dossiers wait: no activity, and no proposal in the last {days} days.",
        ),
        "overview_waiting_one": (
            "1 lopend dossier wacht: zonder activiteit, en zonder voorstel in de laatste {days} dagen.",
            "1 open dossier waits: no activity, and no proposal in the last {days} days.",
        ),
        "overview_waiting_none": (
            "Niemand wacht: elk open dossier heeft een activiteit of een vers voorstel.",
            "Nobody waits: every open dossier has an activity or a fresh proposal.",
        ),
        "overview_waiting_most": (
            "Alleen de {n} die het langst wachten, zijn bekeken.",
            "Only the {n} that wait longest were looked at.",
        ),
        "overview_objective": ("Waar gaat het om?", "What matters most?"),
        "overview_objective_fit": ("alles samen zo goed mogelijk", "the whole as good as possible"),
        "overview_objective_worst-off": ("eerst wie het slechtst af is", "the worst off first"),
        "overview_per_group": ("Hoogstens zoveel mensen per groep", "At most so many people per group"),
        "overview_per_organiser": (
            "Hoogstens zoveel mensen per organisator",
            "At most so many people per organiser",
        ),
        "overview_cap_hint": ("Leeg is zonder grens.", "Empty is no limit."),
        "overview_share": ("Verdeel de plaatsen", "Share out the places"),
        "overview_error_cap": (
            "Vul een heel getal in van 1 tot {most}, of laat het leeg.",
            "Give a whole number from 1 to {most}, or leave it empty.",
        ),
        "overview_error_tick": ("Vink minstens één voorstel aan.", "Tick at least one proposal."),
        "overview_error_pick": (
            "Een vinkje was niet leesbaar. Verdeel de plaatsen opnieuw.",
            "A tick could not be read. Share out the places again.",
        ),
        "overview_places_people": ("Wie krijgt welke plaats?", "Who gets which place?"),
        "overview_places_placed": (
            "Voor {placed} van {people} mensen is er een plaats",
            "There is a place for {placed} of {people} people",
        ),
        "overview_code": ("Dossier", "Dossier"),
        "overview_place": ("Voorgestelde plaats", "Proposed place"),
        "overview_why": ("Waarom", "Why"),
        "overview_since": ("wacht sinds {day}", "waiting since {day}"),
        "overview_since_head": ("Wacht sinds", "Waiting since"),
        "overview_no_place": ("geen plaats", "no place"),
        "overview_tick": ("Stel {title} voor aan {code}", "Propose {title} to {code}"),
        "overview_propose_head": ("Voorstellen", "Propose"),
        "overview_propose": ("Stel deze voor", "Propose these"),
        "overview_propose_hint": (
            "Pas nu wordt iets genoteerd: ‘voorgesteld’, in elk dossier dat u aanvinkte.",
            "Only now is something noted: ‘proposed’, in each dossier that you ticked.",
        ),
        "overview_proposed": ("{n} voorstellen zijn genoteerd.", "{n} proposals were noted."),
        "overview_proposed_one": ("1 voorstel is genoteerd.", "1 proposal was noted."),
        "overview_envy": ("Wie had liever iets anders?", "Who would rather have something else?"),
        "overview_envy_none": (
            "Niemand had liever een plaats die naar iemand anders ging.",
            "Nobody would rather have a place that went to somebody else.",
        ),
        "overview_groups": ("Hoeveel mensen per activiteit?", "How many people per activity?"),
        "overview_group_taken": ("Krijgt er", "Gets"),
        "overview_group_places": ("Plaatsen", "Places"),
        "overview_group_guess": ("{n} (geschat)", "{n} (estimated)"),
        "overview_download_places": ("Download als CSV", "Download as CSV"),
        "overview_download_book": ("Download als Excel", "Download as Excel"),
        "overview_csv_part": ("onderdeel", "part"),
        "overview_csv_row": ("rij", "row"),
        "overview_csv_column": ("kolom", "column"),
        "overview_csv_value": ("waarde", "value"),
    }
)
"""Texts by name: Dutch, English."""
