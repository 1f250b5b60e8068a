"""Texts of the offer: what is wrong or doubtful in a file to import, by code."""

from types import MappingProxyType

TEXTS = MappingProxyType(
    {
        "offer_problem_understood": ("Zo begrepen we deze cel.", "This is how the cell was understood."),
        "offer_problem_line": ("regel {n}", "line {n}"),
        "offer_problem_read_as": ("Begrepen als: {value}.", "Understood as: {value}."),
        "offer_problem_pauses": ("{n} periodes", "{n} periods"),
        "offer_problem_values": ("{n} waarden", "{n} values"),
        "offer_problem_made_id": (
            "De code is gemaakt uit titel en organisator.",
            "The id was made from title and organiser.",
        ),
        "offer_problem_schedule": (
            "Dag en uur zijn niet duidelijk. Schrijf begin en einde, zoals: di 19:00-21:00.",
            "Day and hour are not clear. Write start and end, such as: di 19:00-21:00.",
        ),
        "offer_problem_vocabulary": (
            "Dit woord kennen we hier niet. Kies uit de lijst.",
            "This word is not known here.",
        ),
        "offer_problem_missing": ("Dit ontbreekt en moet er staan.", "This is missing and must be there."),
        "offer_problem_duplicate_id": (
            "Dit staat er twee keer. De eerste telt.",
            "This stands twice; the first counts.",
        ),
        "offer_problem_unknown_column": (
            "Deze kolom kennen we niet. Ze is overgeslagen.",
            "This column is not known. It was left out.",
        ),
        "offer_problem_column_left_out": (
            "Deze kolom nemen we niet over: namen van personen en interne nota's.",
            "This column is not taken over.",
        ),
        "offer_problem_near_column": (
            "De titel van deze kolom is bijna juist geschreven.",
            "Almost a known column.",
        ),
        "offer_problem_date": ("Dit is geen leesbare datum.", "This is no readable date."),
        "offer_problem_excel_date": (
            "Excel maakte hier een datum van. Typ het opnieuw met een ' ervoor.",
            "Excel made a date of this.",
        ),
        "offer_problem_price": ("Deze prijs is niet leesbaar.", "This price cannot be read."),
        "offer_problem_number": ("Dit is geen leesbaar getal.", "This is no readable number."),
        "offer_problem_owned": (
            "Deze code is van een andere gemeente. Die gegevens bleven staan.",
            "This id is of another municipality, which was left alone.",
        ),
        "offer_problem_assumed": (
            "De bron zegt dit niet. We namen iets aan en merkten dat zo.",
            "The source does not tell. Something was assumed and marked.",
        ),
        "offer_problem_local": (
            "Een persoon vulde dit in. Dat blijft, ook al zegt de bron iets anders.",
            "A person filled this in; that stays.",
        ),
        "offer_problem_sources_differ": (
            "Twee bronnen zeggen iets anders. De eerste telt.",
            "Two sources differ; the first counts.",
        ),
        "offer_problem_format": (
            "Dit is een werkmap. Geef ze een naam die op .xlsx eindigt, of bewaar ze als CSV.",
            "This is a workbook. Give it a name that ends in .xlsx, or save it as CSV.",
        ),
        "offer_problem_renamed": (
            "Dit lijkt een bestand van vroeger met een andere naam. Noem het als vroeger en voer het opnieuw in.",
            "This seems to be an earlier file by another name. Give it the same name and import it again.",
        ),
        "offer_problem_changed_meanwhile": (
            "Iemand anders wijzigde het aanbod ondertussen. Er is niets gewijzigd. Probeer opnieuw.",
            "Somebody else changed the offer meanwhile. Nothing was written. Try again.",
        ),
        "offer_problem_not_gone": (
            "Dit bestand mist activiteiten van vroeger. Ze bleven staan.",
            "This file lacks earlier records. They stay.",
        ),
        "offer_problem_unknown_format": (
            "Dit soort bestand kunnen we niet lezen.",
            "This kind of file cannot be read.",
        ),
        "offer_problem_empty": ("Hier staat niets in.", "There is nothing in it."),
        "offer_problem_encoding": (
            "De letters zijn niet leesbaar. Bewaar als ‘CSV UTF-8’.",
            "The letters cannot be read. Save as ‘CSV UTF-8’.",
        ),
        "offer_problem_json": ("Dit is geen leesbare JSON.", "This is no readable JSON."),
        "offer_problem_no_header": (
            "Er is geen rij met titels van kolommen.",
            "There is no row of headings.",
        ),
        "offer_problem_title_row": ("Dit lazen we als titel boven de tabel.", "Read as a title above the table."),
        "offer_problem_section_title": ("Dit lazen we als tussentitel.", "Read as a heading between the rows."),
        "offer_problem_taalicoon": ("Dit zijn geen 1 tot 4 taaliconen.", "These are not 1 to 4 taaliconen."),
        "offer_problem_which_week": (
            "Om de twee weken, maar welke week? Vraag het na.",
            "Every other week, but which one? Ask.",
        ),
        "offer_problem_register_number": (
            "Hier stond misschien een rijksregisternummer. Dat nemen we nooit over.",
            "This may hold a register number, which is never taken over.",
        ),
        "offer_problem_contact": (
            "Geef een publiek telefoonnummer, e-mailadres of website.",
            "Give a public telephone number, e-mail or website.",
        ),
        "offer_problem_other": ("Kijk deze plaats na.", "Look at this place."),
        "offer_problem_adjusted_days": (
            "Te veel dagen met andere uren. Vraag na welke dagen anders zijn.",
            "Too many days with other hours. Ask which days differ.",
        ),
        "offer_problem_age": (
            "Deze leeftijd is niet leesbaar. Schrijf bijvoorbeeld: 18 of 6-12.",
            "This age cannot be read. Write for example: 18 or 6-12.",
        ),
        "offer_problem_ages": (
            "Deze leeftijden zijn niet leesbaar. Ze blijven onbekend.",
            "These ages cannot be read. They stay unknown.",
        ),
        "offer_problem_at_a_school": (
            "De plaats is een school in overleg. De plaats blijft onbekend.",
            "The place is a school that is agreed on. The place stays unknown.",
        ),
        "offer_problem_calendar_type": (
            "De soort kalender ontbreekt of klopt niet. We keken naar de datums.",
            "The kind of calendar is missing or wrong. The dates were looked at.",
        ),
        "offer_problem_cell_formula": (
            "Hier staat een formule zonder uitkomst. Plak de cel opnieuw als waarde.",
            "This is a formula without a result. Paste the cell again as a value.",
        ),
        "offer_problem_cell_error": (
            "Deze cel geeft een fout in Excel. Schrijf de waarde, of laat ze leeg.",
            "This cell gives an error in Excel. Write the value, or leave it empty.",
        ),
        "offer_problem_cell_date": (
            "Deze datum bestaat niet. Schrijf bijvoorbeeld: 1/12/2026.",
            "This date does not exist. Write for example: 1/12/2026.",
        ),
        "offer_problem_cell_long": (
            "Deze cel is te lang. Maak de tekst korter.",
            "This cell is too long. Shorten the text.",
        ),
        "offer_problem_cell_damaged": (
            "Deze cel kunnen we niet lezen. Typ ze opnieuw.",
            "This cell cannot be read. Type it anew.",
        ),
        "offer_problem_cells": (
            "Deze rij heeft meer of minder cellen dan de titels. Kijk de rij na.",
            "This row has more or fewer cells than the headings. Look at the row.",
        ),
        "offer_problem_children_only": (
            "Dit is alleen voor kinderen. Kijk na of het past.",
            "This is for children only. Look whether it fits.",
        ),
        "offer_problem_contradiction": (
            "Twee kolommen zeggen iets anders. Laat er één staan.",
            "Two columns say different things. Leave one.",
        ),
        "offer_problem_coordinates": (
            "Breedtegraad en lengtegraad horen samen. Vul beide in of geen van beide.",
            "Latitude and longitude belong together. Fill in both or neither.",
        ),
        "offer_problem_csv": (
            "Deze rij is geen goede CSV. Bewaar het bestand opnieuw als CSV.",
            "This row is no sound CSV. Save the file as CSV again.",
        ),
        "offer_problem_cut": (
            "Deze tekst was te lang en is ingekort.",
            "This text was too long and was cut.",
        ),
        "offer_problem_dates_left_out": (
            "Datums die afgelast, uitgesteld of volzet zijn, namen we niet over.",
            "Dates that are cancelled, postponed or full were left out.",
        ),
        "offer_problem_decimal_comma": (
            "Schrijf hier een punt in het getal, geen komma.",
            "Write a point in the number here, no comma.",
        ),
        "offer_problem_ditto": (
            "Hier staat een verwijzing naar de cel erboven. Schrijf het voluit.",
            "This refers to the cell above. Write it out.",
        ),
        "offer_problem_draft": (
            "Dit is nog een ontwerp bij de bron. Vraag na of het doorgaat.",
            "This is a draft at its source. Ask whether it takes place.",
        ),
        "offer_problem_duplicate_column": (
            "Deze kolom staat er twee keer. De eerste telt.",
            "This column stands twice; the first counts.",
        ),
        "offer_problem_end_before_start": (
            "Het einde komt voor het begin. Kijk de datums na.",
            "The end comes before the start. Look at the dates.",
        ),
        "offer_problem_example": (
            "Dit is het voorbeeld van het sjabloon. We namen het niet over.",
            "This is the example of the template. It was left out.",
        ),
        "offer_problem_expanded": (
            "Dit ritme schreven we uit als losse datums.",
            "This rhythm was written out as separate dates.",
        ),
        "offer_problem_file": (
            "Dit bestand kunnen we niet openen. Bewaar het opnieuw.",
            "This file cannot be opened. Save it again.",
        ),
        "offer_problem_group": (
            "De grootte van de groep is niet leesbaar. Schrijf bijvoorbeeld: 8 of 5-10.",
            "The size of the group cannot be read. Write for example: 8 or 5-10.",
        ),
        "offer_problem_hidden_sheet": (
            "Dit werkblad is verborgen. We lazen het niet.",
            "This sheet is hidden. It was not read.",
        ),
        "offer_problem_hours_unknown": (
            "De uren ontbreken. Vraag na van wanneer tot wanneer.",
            "The hours are missing. Ask from when until when.",
        ),
        "offer_problem_html": (
            "Dit is een webpagina of ander bestand, geen lijst. Haal het opnieuw op.",
            "This is a web page or another file, no list. Fetch it again.",
        ),
        "offer_problem_ical": (
            "Dit is geen goede agenda (.ics). Maak het bestand opnieuw.",
            "This is no sound calendar (.ics). Make the file again.",
        ),
        "offer_problem_language": (
            "Deze taal kennen we niet. Schrijf bijvoorbeeld: Nederlands.",
            "This language is not known. Write for example: Dutch.",
        ),
        "offer_problem_ledger": (
            "De lijst van vorige keer is gewijzigd. Zet de oude lijst terug.",
            "The list of last time was changed. Put it back.",
        ),
        "offer_problem_left_out": (
            "Dit namen we niet over. De bron zegt dat het niet doorgaat of niet open is.",
            "This was left out. Its source says that it does not take place or is not open.",
        ),
        "offer_problem_length": (
            "Deze tekst is te lang. Zet een lange tekst in de beschrijving.",
            "This text is too long. Put a long text in the description.",
        ),
        "offer_problem_many_sessions": (
            "Er zijn te veel datums. We namen alleen wat nog komt.",
            "There are too many dates. Only those to come were taken.",
        ),
        "offer_problem_members_only": (
            "Dit is alleen voor leden. Vraag na of nieuwe mensen welkom zijn.",
            "This is for members only. Ask whether new people are welcome.",
        ),
        "offer_problem_missing_column": (
            "Deze kolom ontbreekt. Neem de titels van het sjabloon.",
            "This column is missing. Take the headings of the template.",
        ),
        "offer_problem_missing_date": (
            "De datum ontbreekt of is niet leesbaar. Vraag na wanneer het is.",
            "The date is missing or cannot be read. Ask when it is.",
        ),
        "offer_problem_missing_id": (
            "De bron geeft geen code. We namen dit niet over.",
            "The source gives no id. This was left out.",
        ),
        "offer_problem_missing_name": (
            "De naam ontbreekt bij de bron. Vraag na hoe het heet.",
            "The name is missing at the source. Ask what it is called.",
        ),
        "offer_problem_no_json_ld": (
            "Op deze webpagina staat geen activiteit die we kunnen lezen.",
            "This web page holds no activity that can be read.",
        ),
        "offer_problem_not_an_event": (
            "Dit is geen activiteit. We namen het niet over.",
            "This is no activity. It was left out.",
        ),
        "offer_problem_not_an_object": (
            "Dit is geen activiteit die we kunnen lezen.",
            "This is no activity that can be read.",
        ),
        "offer_problem_not_embedded": (
            "Hier staat alleen een adres. Haal het hele aanbod op.",
            "This holds an address only. Fetch the whole offer.",
        ),
        "offer_problem_nothing_known": (
            "In deze rij staat niets in een kolom die we kennen.",
            "This row has nothing in a column that is known.",
        ),
        "offer_problem_opening_hours": (
            "De openingsuren zijn niet leesbaar. Vraag ze na.",
            "The opening hours cannot be read. Ask for them.",
        ),
        "offer_problem_organiser_assumed": (
            "De organisator staat er niet bij. We namen de naam van de agenda of de pagina. Vraag het na.",
            "The organiser is not given. The name of the calendar or page was taken. Ask.",
        ),
        "offer_problem_over": (
            "Wat al voorbij is, namen we niet over.",
            "What is over already was left out.",
        ),
        "offer_problem_overlap": (
            "Deze keren vallen samen. Vraag na welke uren kloppen.",
            "These sessions overlap. Ask which hours are right.",
        ),
        "offer_problem_places": (
            "Er zijn meer vrije plaatsen dan plaatsen in totaal. Kijk het na.",
            "There are more free places than places in all. Look at it.",
        ),
        "offer_problem_postponed": (
            "Dit is uitgesteld. Vraag de nieuwe datum.",
            "This is postponed. Ask for the new date.",
        ),
        "offer_problem_price_for": (
            "Het is niet duidelijk of deze prijs per keer is. Vraag het na.",
            "It is not clear whether this price is for each time. Ask.",
        ),
        "offer_problem_private": (
            "Dit staat in de agenda als privé. We namen het niet over.",
            "The calendar marks this as private. It was left out.",
        ),
        "offer_problem_recurrence": (
            "De herhaling is niet duidelijk. Vraag na welke dagen het is.",
            "How it repeats is not clear. Ask on which days it is.",
        ),
        "offer_problem_repeated_header": (
            "Dit is nog eens de rij met titels. We sloegen ze over.",
            "This repeats the row of headings. It was left out.",
        ),
        "offer_problem_shape": (
            "Dit gegeven heeft niet de juiste vorm. Het blijft onbekend.",
            "This fact does not have the right form. It stays unknown.",
        ),
        "offer_problem_size": (
            "Dit bestand is te groot. Deel het op.",
            "This file is too large. Split it.",
        ),
        "offer_problem_sort": (
            "Deze cel past niet in deze kolom. Schrijf ze voluit in woorden.",
            "This cell does not suit its column. Write it out in words.",
        ),
        "offer_problem_title_mark": (
            "Een woord als ‘afgelast’ of ‘volzet’ haalden we uit de titel.",
            "A word such as ‘cancelled’ or ‘full’ was taken out of the title.",
        ),
        "offer_problem_too_large": (
            "Dit is te groot. Wat te veel was, lazen we niet. Deel het op.",
            "This is too large. What was too much was not read. Split it.",
        ),
        "offer_problem_too_many": (
            "Er staat te veel in. Deel het op.",
            "There is too much in it. Split it.",
        ),
        "offer_problem_truncated": (
            "Dit bestand is afgebroken. Maak of haal het opnieuw.",
            "This file is cut off. Make or fetch it again.",
        ),
        "offer_problem_unknown_key": (
            "Dit gegeven kennen we niet. Kijk de naam na.",
            "This fact is not known. Look at its name.",
        ),
        "offer_problem_unknown_term": (
            "Deze term van de bron kennen we niet.",
            "This term of the source is not known.",
        ),
        "offer_problem_unread_cells": (
            "Er zijn nog meer cellen die we niet konden lezen.",
            "There are more cells that could not be read.",
        ),
        "offer_problem_zone": (
            "Deze tijdzone kennen we niet. Vraag de uren na.",
            "This time zone is not known. Ask for the hours.",
        ),
    }
)
"""Texts by name: Dutch, English."""
