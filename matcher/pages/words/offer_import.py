"""Texts of the offer: importing files, versions."""

from types import MappingProxyType

TEXTS = MappingProxyType(
    {
        "offer_import_heading": ("Aanbod invoeren uit bestanden", "Import the offer from files"),
        "offer_import_lead": (
            "U ziet eerst wat er verandert. Er verandert niets voor u ‘neem over’ kiest.",
            "You see first what changes. Nothing changes until you choose ‘take over’.",
        ),
        "offer_import_files": ("Bestanden", "Files"),
        "offer_import_files_hint": (
            "CSV, Excel (.xlsx), kalender (.ics), JSON-LD of UiTdatabank. Meer tegelijk mag, samen tot 50 MB.",
            "CSV, Excel (.xlsx), calendar (.ics), JSON-LD or UiTdatabank. Several at once, 50 MB together.",
        ),
        "offer_import_submit": ("Bekijk wat er verandert", "See what changes"),
        "offer_import_how_heading": ("Zo gaat het", "How it goes"),
        "offer_import_how_1": (
            "Dezelfde activiteit wordt herkend. Wat u zelf aanvulde, blijft.",
            "The same activity is recognised. What you filled in stays.",
        ),
        "offer_import_how_2": (
            "Wat bij de bron verdween, blijft staan als ‘verdwenen’.",
            "What disappeared at its source stays as ‘disappeared’.",
        ),
        "offer_import_how_3": (
            "Gegevens van een andere gemeente worden nooit overschreven.",
            "Records of another municipality are never overwritten.",
        ),
        "offer_import_how_4": (
            "De bestanden worden twee dagen bewaard, daarna gewist.",
            "The files are kept for two days, then deleted.",
        ),
        "offer_import_error_missing": ("Kies een of meer bestanden.", "Choose one or more files."),
        "offer_import_error_too_large": (
            "Samen mogen de bestanden 50 MB groot zijn. Stuur ze in delen.",
            "The files may be 50 MB together. Send them in parts.",
        ),
        "offer_import_error_too_many": (
            "Stuur hoogstens 50 bestanden tegelijk.",
            "Send 50 files at most at once.",
        ),
        "offer_import_error_unreadable": (
            "De bestanden kwamen niet goed aan. Stuur ze opnieuw.",
            "The files did not arrive well. Send them again.",
        ),
        "offer_preview_heading": ("Dit verandert er", "This is what changes"),
        "offer_preview_changes": ("Wijzigingen", "Changes"),
        "offer_preview_from": ("Uit: {files}", "From: {files}"),
        "offer_preview_none": (
            "Er verandert niets: het aanbod zegt al wat in de bestanden staat.",
            "Nothing changes: the offer says what is in the files already.",
        ),
        "offer_preview_failed": (
            "Uit deze bestanden konden we niets halen. Kijk de problemen na en stuur ze opnieuw.",
            "Nothing could be taken from these files. Look at the problems and send them again.",
        ),
        "offer_preview_after": (
            "Daarna telt het aanbod van uw gemeente {n} activiteiten.",
            "After that the offer of your municipality has {n} activities.",
        ),
        "offer_preview_late": (
            "Iemand wijzigde het aanbod nadat u deze bestanden stuurde. Vergelijk opnieuw.",
            "Somebody changed the offer after you sent these files. Compare again.",
        ),
        "offer_preview_compare": ("Vergelijk opnieuw", "Compare again"),
        "offer_preview_take": ("Neem over", "Take over"),
        "offer_preview_drop": ("Neem niet over", "Do not take over"),
        "offer_preview_taken": (
            "Overgenomen als versie {n}. Via ‘versies’ zet u het terug.",
            "Taken over as version {n}. Through ‘versions’ you can put it back.",
        ),
        "offer_preview_same": ("Er was niets te wijzigen.", "There was nothing to change."),
        "offer_preview_dropped": (
            "De bestanden zijn gewist. Er is niets gewijzigd.",
            "The files were deleted. Nothing was changed.",
        ),
        "offer_kind_new": ("{n} nieuw", "{n} new"),
        "offer_kind_changed": ("{n} gewijzigd", "{n} changed"),
        "offer_kind_gone": ("{n} verdwenen bij de bron", "{n} disappeared at the source"),
        "offer_kind_back": ("{n} terug", "{n} back"),
        "offer_kind_removed": ("{n} uit het aanbod", "{n} out of the offer"),
        "offer_change_key": ("Gegeven", "Fact"),
        "offer_change_old": ("Was", "Was"),
        "offer_change_new": ("Wordt", "Becomes"),
        "offer_change_more": ("… en nog {n} andere", "… and {n} more"),
        "offer_pairs_heading": ("{n} twijfelgevallen", "{n} doubtful cases"),
        "offer_pairs_one": ("1 twijfelgeval", "1 doubtful case"),
        "offer_pairs_lead": (
            "Dit kan telkens één activiteit zijn. Zolang u niet kiest, blijven het er twee.",
            "Each of these may be one activity. As long as you do not choose, they stay two.",
        ),
        "offer_pair_legend": ("{a} en {b}", "{a} and {b}"),
        "offer_pair_same": ("zelfde", "same"),
        "offer_pair_different": ("verschillend", "different"),
        "offer_pair_open": ("nog niet zeker", "not sure yet"),
        "offer_pairs_submit": ("Bewaar de keuzes en vergelijk opnieuw", "Save the choices and compare again"),
        "offer_pairs_saved": ("De keuzes zijn verwerkt.", "The choices were taken in."),
        # --- why two records may be one
        "offer_why_the_same_id": ("dezelfde code", "the same id"),
        "offer_why_the_same_web_page": ("dezelfde webpagina", "the same web page"),
        "offer_why_the_same_contact": ("hetzelfde contact", "the same contact"),
        "offer_why_another_kind": ("een andere soort", "another kind"),
        "offer_why_another_price": ("een andere prijs", "another price"),
        "offer_why_times_not_known_in_one": ("bij één zijn de uren niet bekend", "times not known in one"),
        "offer_why_same_times": ("dezelfde uren", "same times"),
        "offer_why_part_of_the_times_agrees": ("een deel van de uren klopt", "part of the times agrees"),
        "offer_why_most_of_the_times_agree": ("de meeste uren kloppen", "most of the times agree"),
        "offer_why_times_differ_a_little": ("de uren verschillen een beetje", "times differ a little"),
        "offer_why_both_by_agreement": ("allebei in overleg", "both by agreement"),
        "offer_why_by_agreement_in_one": ("één van beide in overleg", "by agreement in one"),
        "offer_why_same_title": ("dezelfde titel", "same title"),
        "offer_why_title_almost_the_same": ("bijna dezelfde titel", "title almost the same"),
        "offer_why_other_titles": ("andere titels", "other titles"),
        "offer_why_organiser_not_known_in_one": (
            "bij één is de organisator niet bekend",
            "organiser not known in one",
        ),
        "offer_why_the_municipality_itself_as_organiser": (
            "de gemeente organiseert",
            "the municipality organises",
        ),
        "offer_why_same_organiser": ("dezelfde organisator", "same organiser"),
        "offer_why_organiser_alike": ("bijna dezelfde organisator", "organiser alike"),
        "offer_why_other_organisers": ("andere organisatoren", "other organisers"),
        "offer_why_both_online": ("allebei online", "both online"),
        "offer_why_same_place": ("dezelfde plaats", "same place"),
        "offer_why_another_place": ("een andere plaats", "another place"),
        "offer_why_another_place_in_the_same_town": (
            "een andere plaats, zelfde gemeente",
            "another place, same town",
        ),
        "offer_why_same_town": ("dezelfde gemeente", "same town"),
        "offer_problems_heading": ("{n} meldingen", "{n} messages"),
        "offer_problems_one": ("1 melding", "1 message"),
        "offer_problems_counts": (
            "fouten: {errors} · waarschuwingen: {warnings} · opmerkingen: {notes}",
            "errors: {errors} · warnings: {warnings} · notes: {notes}",
        ),
        "offer_problems_lead": (
            "Bij een fout komt de rij niet in het aanbod. Bij een waarschuwing blijft er iets onbekend.",
            "With an error the row stays out of the offer. With a warning something stays unknown.",
        ),
        "offer_problems_shown": ("De eerste {n} staan hier.", "The first {n} are shown here."),
        "offer_problems_download": ("Download het hele verslag (CSV)", "Download the whole report (CSV)"),
        "offer_problem_severity": ("Ernst", "Severity"),
        "offer_problem_place": ("Plaats", "Place"),
        "offer_problem_value": ("Er staat", "It says"),
        "offer_problem_what": ("Wat is er", "What is it"),
        "offer_severity_error": ("fout", "error"),
        "offer_severity_warning": ("waarschuwing", "warning"),
        "offer_severity_note": ("opmerking", "note"),
        # --- what is wrong, by code
        "offer_problem_understood": ("Zo begrepen we deze cel.", "This is how the cell was understood."),
        "offer_problem_line": ("regel {n}", "line {n}"),
        "offer_problem_read_as": ("Begrepen als: {value}.", "Understood as: {value}."),
        "offer_problem_made_id": (
            "De code is gemaakt uit titel en organisator.",
            "The id was made from title and organiser.",
        ),
        "offer_problem_schedule": (
            "Dag en uur zijn niet leesbaar. Schrijf ze zoals: di 19:00-21:00.",
            "Day and hour cannot be read.",
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
        # --- versions
        "offer_versions_heading": ("Versies van het aanbod", "Versions of the offer"),
        "offer_versions_lead": (
            "Elke wijziging maakt een nieuwe versie. Niets gaat verloren.",
            "Each change makes a new version. Nothing is lost.",
        ),
        "offer_versions_records": ("Aanbod", "Offer"),
        "offer_versions_facts": ("Eigen gegevens", "Own facts"),
        "offer_versions_which": ("Welke versies", "Which versions"),
        "offer_version_shared": ("alle gemeenten", "all municipalities"),
        "offer_versions_none": ("Er zijn nog geen versies.", "There are no versions yet."),
        "offer_change_import": ("ingevoerd: {note}", "imported: {note}"),
        "offer_change_first": ("eerste aanbod", "first offer"),
        "offer_change_record": ("gewijzigd: {note}", "changed: {note}"),
        "offer_change_restored": ("versie {note} teruggezet", "version {note} put back"),
        "offer_change_facts": ("nagevraagd: {note}", "asked after: {note}"),
        "offer_version_heading": ("Versie {n}", "Version {n}"),
        "offer_version_changed": ("Wat veranderde in deze versie", "What changed in this version"),
        "offer_version_nothing": ("Er is geen verschil.", "There is no difference."),
        "offer_restore_heading": ("Deze versie terugzetten", "Put this version back"),
        "offer_restore_lead": (
            "Dit verandert er als u versie {n} terugzet. Het gaat alleen om gegevens van uw gemeente.",
            "This changes when you put version {n} back. It touches only records of your municipality.",
        ),
        "offer_restore_submit": ("Zet versie {n} terug", "Put version {n} back"),
        "offer_restored": (
            "Versie {n} is teruggezet, als nieuwe versie {new}.",
            "Version {n} was put back, as new version {new}.",
        ),
        "offer_restore_same": (
            "De gegevens van uw gemeente zijn zoals in deze versie.",
            "The records of your municipality are as in this version.",
        ),
    }
)
"""Texts by name: Dutch, English."""
