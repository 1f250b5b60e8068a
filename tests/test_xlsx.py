import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.errors import Problem
from matcher.model import Proposal
from matcher.readers import archive, workbook, xlsx
from matcher.readers.workbook import Unread, Workbook
from matcher.readers.xlsx import read_xlsx

TODAY = date(2026, 11, 23)
HEADER = ["Titel", "Organisatie", "Soort", "Dag en uur"]
ROW = ["Praatgroep", "Avansa", "praatgroep", "di 19:00-21:00"]

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def book(*sheets, epoch=None, **states):
    """Make a workbook of sheets as ``(name, rows)``; a keyword gives the state of a sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    if epoch:
        made.epoch = epoch
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        sheet.sheet_state = states.get(name, "visible")
    return made


def saved(made, folder, name="aanbod.xlsx"):
    made.save(folder / name)
    return folder / name


def cell_xml(column, text):
    return f'<c r="{column}" t="inlineStr"><is><t>{text}</t></is></c>'


def rows_xml(*rows):
    """Write rows of texts as the XML of a sheet."""
    return "".join(row_xml(number, row) for number, row in enumerate(rows, start=1))


def row_xml(number, texts, more=""):
    cells = "".join(cell_xml(f"{chr(65 + at)}{number}", text) for at, text in enumerate(texts))
    return f'<row r="{number}">{cells}{more}</row>'


def packed(folder, data=None, *, main=MAIN, head="", name="aanbod.xlsx", **members):
    """Make a workbook by hand: the XML of the rows of its one sheet, and members in the place of others."""
    data = rows_xml(HEADER, ROW) if data is None else data
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Blad1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">'
        f'<Relationship Id="r1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
        f'<Relationship Id="r3" Type="{OFFICE}/styles" Target="styles.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}">{head}<sheetData>{data}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"/>',
        "xl/styles.xml": f'<styleSheet xmlns="{main}"/>',
        **members,
    }
    with zipfile.ZipFile(folder / name, "w", zipfile.ZIP_DEFLATED) as made:
        for member, content in parts.items():
            made.writestr(member, content)
    return folder / name


def found(file):
    """Return the records, and the problems that are no note."""
    everything = list(read_xlsx(file, today=TODAY))
    records = [one for one in everything if isinstance(one, Proposal)]
    return records, [one for one in everything if isinstance(one, Problem) and one.severity != "note"]


def notes(file):
    return [one for one in read_xlsx(file, today=TODAY) if isinstance(one, Problem) and one.severity == "note"]


def titles(records):
    return [record.title for record in records]


def only(problems) -> Problem:
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def refusal(file) -> Problem:
    """Return the one error of a file that gives nothing else."""
    (problem,) = read_xlsx(file, today=TODAY)
    assert isinstance(problem, Problem)
    assert (problem.severity, problem.source) == ("error", str(file))
    return problem


def cells(file):
    """Return the cells of the first sheet, row by row."""
    opened = Workbook(file)
    return [[value for _, value in row] for _, row in opened.rows(opened.sheets[0])]


# What is read


def test_a_title_above_the_table_and_blank_rows_do_not_matter(tmp_path):
    made = book(("Blad1", [["Aanbod van de gemeente 2026"], [], HEADER, ROW, [], ROW[:1] + ["Ander", *ROW[2:]]]))
    made["Blad1"].merge_cells("A1:D1")
    records, problems = found(saved(made, tmp_path))
    assert problems == []
    assert [(record.title, record.organiser, record.kind, str(record.schedule)) for record in records] == [
        ("Praatgroep", "Avansa", "conversation_group", "di 19:00-21:00"),
        ("Praatgroep", "Ander", "conversation_group", "di 19:00-21:00"),
    ]


def test_every_sheet_with_a_known_header_is_read(tmp_path):
    made = book(("Blad1", [HEADER, ROW]), ("Sport", [HEADER, ["Voetbal", *ROW[1:]]]), ("Leeg", []))
    records, problems = found(saved(made, tmp_path))
    assert (titles(records), problems) == (["Praatgroep", "Voetbal"], [])


def test_a_sheet_without_a_header_beside_one_that_has_it_is_a_note(tmp_path):
    file = saved(book(("Opmerkingen", [["Nog te bellen", "x"]]), ("Blad1", [HEADER, ROW])), tmp_path)
    assert titles(found(file)[0]) == ["Praatgroep"]
    assert [(note.place, note.code) for note in notes(file) if note.code == "no_header"] == [
        ("Opmerkingen!1", "no_header")
    ]


def test_a_workbook_without_any_header_is_an_error(tmp_path):
    records, problems = found(saved(book(("Blad1", [["a", "b"], ["c", "d"]]), ("Blad2", [])), tmp_path))
    assert records == []
    assert [(problem.severity, problem.code) for problem in problems] == [
        ("error", "no_header"),
        ("error", "empty"),
    ]


def test_a_hidden_sheet_and_those_of_the_template_are_left_out(tmp_path):
    names = ["Oud", "Weg", "Uitleg", "Keuzelijsten", "Blad1"]
    made = book(*((name, [HEADER, ROW]) for name in names), Oud="hidden")
    made["Weg"].sheet_state = "veryHidden"
    file = saved(made, tmp_path)
    assert len(found(file)[0]) == 1
    assert [note.place for note in notes(file) if note.code == "hidden_sheet"] == ["Oud", "Weg"]


def test_the_example_of_the_template_is_left_out_with_a_note(tmp_path):
    file = saved(book(("Blad1", [HEADER, ["Voorbeeld (haal deze rij weg): koor", *ROW[1:]], ROW])), tmp_path)
    assert titles(found(file)[0]) == ["Praatgroep"]
    assert [note.place for note in notes(file) if note.code == "example"] == ["Blad1!2"]
    assert not [note for note in notes(file) if note.place.endswith("2") and note.code != "example"]


def test_the_place_of_a_problem_is_sheet_and_cell(tmp_path):
    file = saved(
        book(("Mijn blad", [["Titel"], [], HEADER, ["Praatgroep", "Avansa", "varia", "di 19:00-21:00"]])), tmp_path
    )
    problem = only(found(file)[1])
    assert (problem.place, problem.key, problem.source) == ("Mijn blad!C4", "kind", str(file))


def test_dates_and_times_are_real_cells_or_text(tmp_path):
    header = [*HEADER[:3], "Dag", "Beginuur", "Einduur", "Startdatum", "Einddatum"]
    rows = [
        ["A", "vzw", "sport", "dinsdag", time(19), time(21), date(2026, 9, 1), datetime(2027, 6, 30)],
        ["B", "vzw", "sport", "dinsdag", "19u", "21u", "1/9/2026", "30 juni 2027"],
    ]
    records, problems = found(saved(book(("Blad1", [header, *rows])), tmp_path))
    assert problems == []
    one, other = ({**record.to_json(), "title": "", "id": ""} for record in records)
    assert one == other
    assert (one["schedule"], one["start_date"], one["end_date"]) == ("di 19:00-21:00", "2026-09-01", "2027-06-30")


@pytest.mark.parametrize("epoch", [openpyxl.utils.datetime.WINDOWS_EPOCH, openpyxl.utils.datetime.MAC_EPOCH])
def test_both_ways_to_count_days_are_read(epoch, tmp_path):
    values = [date(2026, 12, 1), datetime(2026, 12, 1, 19, 30), time(19, 30), timedelta(hours=26)]
    assert cells(saved(book(("Blad1", [values]), epoch=epoch), tmp_path)) == [values]


@pytest.mark.parametrize("day", [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1), date(9999, 12, 31)])
def test_days_at_the_ends_of_the_calendar_are_read_as_they_stand(day, tmp_path):
    assert cells(saved(book(("Blad1", [[day]])), tmp_path)) == [[day]]


def test_a_year_that_cannot_be_meant_is_named_and_the_rest_of_the_row_is_kept(tmp_path):
    made = book(
        ("Blad1", [[*HEADER, "Einddatum"], [*ROW, date(9999, 12, 31)], ["Koor", *ROW[1:], date(2027, 6, 30)]])
    )
    records, problems = found(saved(made, tmp_path))
    assert titles(records) == ["Praatgroep", "Koor"]
    assert (only(problems).place, only(problems).severity) == ("Blad1!E2", "warning")
    assert records[0].end_date is None


def test_a_number_that_is_no_day_is_named(tmp_path):
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf/><xf numFmtId="14"/></cellXfs></styleSheet>'
    data = '<row><c s="1"><v>99999999999</v></c><c s="1"><v>46357</v></c><c s="7"><v>1</v></c></row>'
    assert cells(packed(tmp_path, data, **{"xl/styles.xml": styles})) == [[Unread.DATE, date(2026, 12, 1), 1]]


def test_a_whole_number_is_whole_and_a_percentage_is_no_price(tmp_path):
    made = book(("Blad1", [[5.0, 2.5, 0.2, True, 3020, 1e300, -4.0]]))
    made["Blad1"]["C1"].number_format = "0%"
    (row,) = cells(saved(made, tmp_path))
    assert row == [5, 2.5, "20%", True, 3020, 1e300, -4]
    assert [type(value) for value in row] == [int, float, str, bool, int, float, int]


def test_a_text_keeps_its_runs_and_escaped_letters(tmp_path):
    strings = (
        f'<sst xmlns="{MAIN}"><si><r><rPr><b/></rPr><t>vet </t></r><r><t>dun</t></r><rPh><t>weg</t></rPh></si>'
        "<si><t>een_x000D_\ntwee _x005F_x0041_ _xD800_</t></si><si/></sst>"
    )
    data = '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c><c t="str"><v>a</v></c></row>'
    assert cells(packed(tmp_path, data, **{"xl/sharedStrings.xml": strings})) == [
        ["vet dun", "een\r\ntwee _x0041_ _xD800_", "a"]
    ]


def test_the_strict_form_of_the_standard_is_read(tmp_path):
    assert titles(found(packed(tmp_path, main=STRICT))[0]) == ["Praatgroep"]


# Nothing in it is trusted


def test_the_value_that_a_formula_had_is_not_taken(tmp_path):
    formula = '<c r="D2" t="str"><f>A1&amp;"x"</f><v>di 19:00-21:00</v></c>'
    data = rows_xml(HEADER) + row_xml(2, ROW[:3], formula)
    records, problems = found(packed(tmp_path, data))
    assert only(records).schedule is None
    assert str(only(problems)).endswith(
        "Blad1!D2: must be a value, not a formula. Copy the cell and paste it as a value ('Plakken speciaal: "
        "waarden'); it is taken as unknown."
    )
    assert (problems[0].severity, problems[0].code) == ("warning", "cell_formula")


def test_an_error_of_the_spreadsheet_is_unknown(tmp_path):
    data = rows_xml([*HEADER, "Prijs"]) + row_xml(2, ROW[:3], '<c r="E2" t="e"><v>#N/B</v></c>')
    records, problems = found(packed(tmp_path, data))
    assert only(records).price_eur is None
    assert (only(problems).place, only(problems).code) == ("Blad1!E2", "cell_error")


def test_a_text_that_looks_like_a_formula_is_text(tmp_path):
    data = rows_xml(HEADER, ["=1+1", "'=2", *ROW[2:]])
    record = only(found(packed(tmp_path, data))[0])
    assert (record.title, record.organiser) == ("=1+1", "=2")


def test_many_formulas_are_counted_not_listed(tmp_path):
    rows = [[*ROW[:3], "=A1"]] * 50
    problems = found(saved(book(("Blad1", [HEADER, *rows])), tmp_path))[1]
    of_formulas = [problem for problem in problems if problem.code in ("cell_formula", "unread_cells")]
    assert len(of_formulas) == xlsx.MOST_UNREAD + 1
    assert of_formulas[-1].rule == "has 30 more cells that were taken as unknown"


def test_a_bad_cell_is_named_and_the_rest_is_read(tmp_path):
    bad = [
        '<c r="E2"><v>veel</v></c>',
        '<c r="E2" t="s"><v>7</v></c>',
        '<c r="E2" t="s"><v>-1</v></c>',
        '<c r="E2"><v>1e999</v></c>',
        '<c r="E2"><v>nan</v></c>',
        '<c r="E2" t="d"><v>gisteren</v></c>',
        '<c r="E2" s="x"><v>1</v></c>',
        '<c r="E2" t="?"><v>1</v></c>',
        f'<c r="E2"><v>{"9" * 5000}</v></c>',
    ]
    for number, cell in enumerate(bad):
        data = rows_xml([*HEADER, "Prijs"]) + row_xml(2, ROW, cell)
        records, problems = found(packed(tmp_path, data, name=f"{number}.xlsx"))
        assert titles(records) == ["Praatgroep"], cell
        assert only(problems).place == "Blad1!E2", cell


def test_the_size_that_a_sheet_says_it_has_is_not_believed(tmp_path):
    for size in ("A1:XFD1048576", "A1", "onzin", "A1:ZZZ99999999999"):
        records, problems = found(packed(tmp_path, head=f'<dimension ref="{size}"/>'))
        assert (titles(records), problems) == (["Praatgroep"], [])


def test_a_row_far_below_is_read_without_counting_those_between(tmp_path):
    for number in (1_048_576, "9" * 40):
        records, problems = found(packed(tmp_path, rows_xml(HEADER) + row_xml(number, ROW)))
        assert (titles(records), problems) == (["Praatgroep"], [])


@pytest.mark.slow
def test_columns_beyond_the_last_one_are_named_once(tmp_path):
    rows = [[*HEADER, *[None] * 195, *["x"] * 16_185], [*ROW, *[None] * 195, *["y"] * 16_185]]
    records, problems = found(saved(book(("Blad1", rows)), tmp_path))
    assert titles(records) == ["Praatgroep"]
    too_wide = [problem for problem in problems if problem.code == "too_large"]
    assert (only(too_wide).place, only(too_wide).severity) == ("Blad1!GS1", "warning")
    assert len(problems) < 5


def test_too_many_rows_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    rows = [HEADER, *([f"{number}", *ROW[1:]] for number in range(5))]
    records, problems = found(saved(book(("Blad1", rows)), tmp_path))
    assert titles(records) == ["0", "1"]
    assert only(problems).rule == "must have at most 3 rows that are filled in: what follows was left out"
    assert (problems[0].place, problems[0].severity) == ("Blad1!4", "error")


def test_cells_of_blanks_alone_are_not_filled_in(tmp_path, monkeypatch):
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    rows = [HEADER, *[[" ", "\xa0"]] * 5, ROW + [" "] * 300]
    records, problems = found(saved(book(("Blad1", rows)), tmp_path))
    assert (titles(records), [one for one in problems if one.severity != "note"]) == ([ROW[0]], [])


def test_blank_rows_without_end_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_SHEET_ROWS", 10)
    assert refusal(packed(tmp_path, "<row/>" * 20)).code == "too_large"


def test_a_row_of_cells_without_end_is_named(tmp_path):
    assert refusal(packed(tmp_path, f"<row>{'<c/>' * workbook.MOST_ROW_ELEMENTS}</row>")).code == "too_large"


def test_texts_and_other_parts_without_end_are_named(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_TEXTS", 10)
    monkeypatch.setattr(workbook, "MOST_PART_ELEMENTS", 100)
    assert refusal(packed(tmp_path, **{"xl/sharedStrings.xml": f"<sst>{'<si/>' * 20}</sst>"})).code == "too_large"
    assert refusal(packed(tmp_path, **{"xl/styles.xml": f"<s>{'<numFmts/>' * 200}</s>"})).code == "too_large"


def test_elements_that_go_too_deep_or_have_no_end_are_named(tmp_path, monkeypatch):
    deep = "<row>" * 1_000_000
    assert refusal(packed(tmp_path, deep)).rule == "must have elements at most 100 deep"
    for text in (f'<row x="{"x" * 2**24}"/>', f"<!--{'x' * 2**24}-->"):
        assert refusal(packed(tmp_path, text)).rule == "must have tags and remarks of at most 4 MiB"
    monkeypatch.setattr(archive, "MOST_ELEMENTS", 1_000)
    assert refusal(packed(tmp_path, "<x/>" * 1_000)).rule == "must have at most 1000 cells and other elements"


def test_a_long_cell_is_named(tmp_path):
    data = rows_xml(HEADER, [*ROW[:3], "x" * 200_001])
    records, problems = found(packed(tmp_path, data))
    assert titles(records) == ["Praatgroep"]
    assert only(problems).code == "cell_long"


# Files that are no workbook


@pytest.mark.slow
def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    file = tmp_path / "bom.xlsx"
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as made,
        made.open("xl/worksheets/sheet1.xml", "w") as member,
    ):
        for _ in range(1024):
            member.write(bytes(2**20))
    assert file.stat().st_size < 8 * 2**20
    assert refusal(file).rule == "must unpack to at most 512 MiB"


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path):
    file = packed(tmp_path, rows_xml(HEADER, *[ROW] * 5_000))
    content = bytearray(file.read_bytes())
    with zipfile.ZipFile(file) as made:
        size = made.getinfo("xl/worksheets/sheet1.xml").file_size.to_bytes(4, "little")
    assert content.count(size) == 2
    file.write_bytes(content.replace(size, (50).to_bytes(4, "little")))
    assert refusal(file).code == "damaged"


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "MOST_PACKED_BYTES", 2**20)
    (tmp_path / "groot.xlsx").write_bytes(b"PK" + bytes(2**20))
    assert refusal(tmp_path / "groot.xlsx").rule == "must be a file of at most 1 MiB"


def test_too_many_parts_are_named(tmp_path):
    file = packed(tmp_path, **{f"xl/media/{number}.bin": "" for number in range(2_001)})
    assert refusal(file).rule == "must have at most 2000 parts"


LAUGHS = (
    '<!DOCTYPE lolz [<!ENTITY lol "lol">'
    + "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1 if n > 1 else str()};" * 10}">' for n in range(1, 10))
    + "]>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "latin-1"])
@pytest.mark.parametrize(
    ("member", "text"),
    [
        ("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}"><si><t>&lol9;</t></si></sst>'),
        (
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{MAIN}"><sheetData><row><c><v>&lol9;</v></c></row></sheetData></worksheet>',
        ),
        ("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets/></workbook>'),
        ("xl/iets.png", "<x>&lol9;</x>"),
    ],
)
def test_entities_are_refused_wherever_they_stand(member, text, encoding, tmp_path):
    content = f'<?xml version="1.0" encoding="{encoding}"?>{LAUGHS}{text}'.encode(encoding)
    assert refusal(packed(tmp_path, **{member: content})).code == "doctype"


def test_an_external_entity_is_refused(tmp_path):
    sheet = f'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet xmlns="{MAIN}">&e;</worksheet>'
    assert refusal(packed(tmp_path, **{"xl/worksheets/sheet1.xml": sheet})).code == "doctype"


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        (b"", "must be an .xlsx workbook"),
        (b"titel,organisatie\n", "must be an .xlsx workbook"),
        (b"<html><body>Niet gevonden</body></html>", "must be an .xlsx workbook"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "must be an .xlsx workbook, not an older .xls"),
        (
            bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + "EncryptedPackage".encode("utf-16-le"),
            "must be a workbook without a password",
        ),
        (b"PK\x03\x04", "must be a whole .xlsx workbook"),
    ],
)
def test_what_is_no_workbook_is_named_with_a_remedy(content, rule, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(content)
    problem = refusal(tmp_path / "a.xlsx")
    assert problem.rule == rule
    assert "save" in problem.remedy


def test_an_open_document_and_a_binary_workbook_are_named(tmp_path):
    for members in ({"mimetype": "", "content.xml": "<x/>"}, {"xl/workbook.bin": ""}):
        assert refusal(packed(tmp_path, **members)).rule == "must be an .xlsx workbook, not .ods or .xlsb"


def test_a_zip_that_holds_something_else_is_named(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as made:
        made.writestr("word/document.xml", "<x/>")
    assert refusal(tmp_path / "a.xlsx").code == "damaged"


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_a_file_that_is_cut_off_is_named(part, tmp_path):
    file = saved(book(("Blad1", [HEADER, ROW])), tmp_path)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * part)])
    assert refusal(file).rule == "must be a whole .xlsx workbook"


def test_xml_that_breaks_off_is_named(tmp_path):
    assert refusal(packed(tmp_path, **{"xl/worksheets/sheet1.xml": "<worksheet><sheetData>"})).code == "damaged"


def test_a_file_that_is_not_there_is_an_error_of_the_system(tmp_path):
    with pytest.raises(OSError, match="weg.xlsx"):
        list(read_xlsx(tmp_path / "weg.xlsx", today=TODAY))


# Whatever comes


_SMALL = io.BytesIO()
book(("Blad1", [HEADER, ROW, ["Koor", "vzw", "cultuur", 2.5, date(2026, 12, 1)]])).save(_SMALL)


@settings(max_examples=150, deadline=None)
@given(changes=st.lists(st.tuples(st.integers(0, len(_SMALL.getvalue()) - 1), st.integers(0, 255)), max_size=8))
def test_changed_bytes_give_problems_and_nothing_else(changes, tmp_path_factory):
    content = bytearray(_SMALL.getvalue())
    for at, byte in changes:
        content[at] = byte
    file = tmp_path_factory.mktemp("fuzz") / "a.xlsx"
    file.write_bytes(content)
    for one in read_xlsx(file, today=TODAY):
        assert isinstance(one, (Proposal, Problem))


_TAGS = [
    "sheetData",
    "row",
    "c",
    "v",
    "f",
    "is",
    "t",
    "r",
    "rPh",
    "si",
    "sst",
    "cellXfs",
    "xf",
    "numFmts",
    "numFmt",
    "sheets",
    "sheet",
    "workbookPr",
    "cols",
    "x",
]
_VALUES = [
    "",
    "1",
    "0",
    "-4",
    "A1",
    "ZZZZ9",
    *["s", "d", "b", "e", "n", "str", "inlineStr", "Titel", "14", "1e400"],
]
_ATTRIBUTES = st.dictionaries(st.sampled_from(["r", "t", "s", "numFmtId", "formatCode"]), st.sampled_from(_VALUES))


@st.composite
def elements(draw, depth=0):
    """An element with whatever inside it, of the tags that a workbook has."""
    tag, attributes = draw(st.sampled_from(_TAGS)), draw(_ATTRIBUTES)
    inside = draw(st.lists(elements(depth=depth + 1), max_size=3)) if depth < 3 else []
    said = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f"<{tag}{said}>{draw(st.sampled_from(_VALUES))}{''.join(inside)}</{tag}>"


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(content=st.lists(elements(), max_size=4), part=st.sampled_from(["", "sharedStrings", "styles", "workbook"]))
def test_changed_xml_gives_problems_and_nothing_else(content, part, tmp_path_factory):
    folder, text = tmp_path_factory.mktemp("fuzz"), "".join(content)
    members = {f"xl/{part}.xml": f"<x>{text}</x>"} if part else {}
    for one in read_xlsx(packed(folder, rows_xml(HEADER) + text, **members), today=TODAY):
        assert isinstance(one, (Proposal, Problem))


_ANY_CELL = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**16), 10**16),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 30)),
    st.times(),
    st.timedeltas(timedelta(), timedelta(days=400)),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40),
)
_HEADINGS = [
    *HEADER,
    "Prijs",
    "Leeftijd",
    "Startdatum",
    "Beginuur",
    "Einduur",
    "Telefoon",
    "Capaciteit",
    "Postcode",
]


@pytest.mark.slow
@settings(max_examples=100, deadline=None)
@given(rows=st.lists(st.lists(_ANY_CELL, min_size=1, max_size=len(_HEADINGS)), max_size=4))
def test_any_cells_give_problems_and_nothing_else(rows, tmp_path_factory):
    for one in read_xlsx(saved(book(("Blad1", [_HEADINGS, *rows])), tmp_path_factory.mktemp("fuzz")), today=TODAY):
        assert isinstance(one, (Proposal, Problem))
