"""A bewijs van deelname as PDF."""

from __future__ import annotations

from datetime import datetime

from fpdf import FPDF
from fpdf.enums import TableBordersLayout, XPos, YPos
from fpdf.fonts import FontFace
from fpdf.prefs import ViewerPreferences

from ..vocabulary import data_folder
from .sheet import ProofSheet

MARGIN_MM, FONT = 17.0, "DejaVu"
TITLE_PT, TEXT_PT, TABLE_PT, SMALL_PT = 20.0, 11.0, 10.0, 9.0
LINE_MM, ROW_MM = 6.0, 4.9
BOX_MM, WRITING_MM, AFTER_LABEL_MM = 22.0, 8.0, 5.0
GREY, LINE_GREY = 235, 150


def proof_pdf(sheet: ProofSheet, *, now: datetime) -> bytes:
    """Write a bewijs van deelname as PDF, A4; the same sheet at the same moment gives the same bytes.

    Parameters
    ----------
    sheet : ProofSheet
    now : datetime
        Written as the moment at which the file was made.

    Notes
    -----
    Title and language stand in the file, and a reader shows the title instead of the name of the file. The font is
    embedded, with no more of it than the words need. What does not fit flows on to a next page, under the same
    head; the place to sign stays in one piece.
    """
    pdf = _Pages(sheet)
    pdf.set_creation_date(now)
    pdf.add_page()
    pdf.write_head()
    pdf.write_days()
    pdf.write_signing()
    return bytes(pdf.output())


class _Pages(FPDF):
    """The pages of one sheet."""

    def __init__(self, sheet: ProofSheet) -> None:
        super().__init__(format="A4")
        self._sheet = sheet
        self.set_title(f"{sheet.title} {sheet.facts[0][1]}".strip())
        self.set_lang(sheet.language)
        self.set_creator("participatie-matcher")
        self.set_producer("participatie-matcher")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        fonts = data_folder() / "fonts"
        self.add_font(FONT, fname=fonts / "DejaVuSans.ttf")
        self.add_font(FONT, "B", fname=fonts / "DejaVuSans-Bold.ttf")
        self.set_margins(MARGIN_MM, MARGIN_MM)
        self.set_auto_page_break(True, margin=MARGIN_MM)
        self.set_font(FONT, size=TEXT_PT)
        labels = [label for label, _ in (*sheet.facts, *sheet.by_hand)]
        self._label_mm = max(map(self.get_string_width, labels)) + AFTER_LABEL_MM

    def header(self) -> None:
        """Say on each page but the first what it belongs to."""
        if self.page_no() > 1:
            self._line(self._sheet.again, size=TEXT_PT, bold=True)
            self.ln(2)

    def footer(self) -> None:
        """Write the number of the page."""
        self.set_y(-MARGIN_MM + 4)
        text = self._sheet.page_of.format(page=self.page_no(), pages=self.str_alias_nb_pages)
        self._line(text, size=SMALL_PT, align="R")

    def write_head(self) -> None:
        """Write what it is, and of what."""
        self._line(self._sheet.title, size=TITLE_PT, bold=True, height=10)
        self._line(self._sheet.subtitle, size=TEXT_PT)
        self.ln(4)
        for label, value in self._sheet.facts:
            self._fact(label, value)
        self.ln(3)

    def write_days(self) -> None:
        """Write the table of days, with its head again on each page, and the total."""
        self.set_font(FONT, size=TABLE_PT)
        self.set_draw_color(LINE_GREY)
        width = self.epw
        with self.table(
            borders_layout=TableBordersLayout.HORIZONTAL_LINES,
            col_widths=(14, width - 14 - 30, 30),
            text_align=("LEFT", "LEFT", "RIGHT"),
            headings_style=FontFace(emphasis="BOLD", fill_color=GREY),
            line_height=ROW_MM,
        ) as table:
            for cells in (self._sheet.head, *self._sheet.rows):
                row = table.row()
                for cell in cells:
                    row.cell(cell)
        self.set_draw_color(0)
        label, value = self._sheet.total
        self.ln(1)
        self._line(f"{label}: {value}", size=TEXT_PT, bold=True, align="R")

    def write_signing(self) -> None:
        """Write the place to sign, in one piece."""
        height = LINE_MM * (1 + len(self._sheet.notes)) + WRITING_MM * len(self._sheet.by_hand) + BOX_MM + 10
        if self.will_page_break(height):
            self.add_page()
        self.ln(3)
        self._line(self._sheet.statement, size=TEXT_PT)
        for label, value in self._sheet.by_hand:
            self._by_hand(label, value)
        self.ln(4)
        top, half = self.get_y(), (self.epw - 8) / 2
        for number, label in enumerate(self._sheet.boxes):
            left = self.l_margin + number * (half + 8)
            self.rect(left, top, half, BOX_MM)
            self.set_xy(left + 2, top + 1)
            self.set_font(FONT, size=SMALL_PT)
            self.cell(half - 4, 5, label)
        self.set_xy(self.l_margin, top + BOX_MM + 3)
        for note in self._sheet.notes:
            self._line(note, size=TEXT_PT, bold=True)

    def _line(
        self, text: str, *, size: float, bold: bool = False, align: str = "L", height: float = LINE_MM
    ) -> None:
        self.set_font(FONT, "B" if bold else "", size)
        self.multi_cell(self.epw, height, text, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _fact(self, label: str, value: str) -> None:
        top = self.get_y()
        self.set_font(FONT, size=TEXT_PT)
        self.cell(self._label_mm, LINE_MM, label)
        if value:
            self.set_font(FONT, "B", TEXT_PT)
            self.multi_cell(
                self.epw - self._label_mm, LINE_MM, value, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT
            )
        else:
            self._rule(top + LINE_MM - 1)
            self.set_xy(self.l_margin, top + LINE_MM)

    def _by_hand(self, label: str, value: str) -> None:
        top = self.get_y() + WRITING_MM - LINE_MM
        self.set_xy(self.l_margin, top)
        self.set_font(FONT, size=TEXT_PT)
        self.cell(self._label_mm, LINE_MM, label)
        self.cell(self.epw - self._label_mm, LINE_MM, value)
        self._rule(top + LINE_MM)
        self.set_xy(self.l_margin, top + LINE_MM)

    def _rule(self, y: float) -> None:
        self.line(self.l_margin + self._label_mm, y, self.w - self.r_margin, y)
