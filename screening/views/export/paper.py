"""Paper: runs of text on numbered pages that say what they are and who made them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from screening.views.export import letters

FONTS = Path(__file__).resolve().parents[2] / "fonts"
FAMILY = "DejaVu"
FACES = {"": "DejaVuSans.ttf", "B": "DejaVuSans-Bold.ttf"}
SMALL, PLAIN, HEAD, TITLE = 7.5, 9.0, 11.0, 14.0
# Millimetres.
MARGIN, INDENT, LINE = 16.0, 5.0, 1.45 * 9 * 0.3528
GREY, BLACK = 90, 0

# A text, and whether it is bold or small.
Run = tuple[str, str]


def plain(text: object) -> Run:
    return (str(text), "")


def bold(text: object) -> Run:
    return (str(text), "B")


def small(text: object) -> Run:
    return (str(text), "S")


class Paper(FPDF):
    """A4, so that it fits on Letter too once it is scaled; every page is signed."""

    def __init__(self, title: str, signed: str, at: datetime) -> None:
        super().__init__(format="A4")
        for style, name in FACES.items():
            self.add_font(FAMILY, style, FONTS / name)
        faces = (frozenset(face.cmap) for face in self.fonts.values())  # type: ignore[union-attr]
        self.letters = frozenset.intersection(*faces) | {ord("\n")}
        self.left_out: Counter[str] = Counter()
        self.signed = signed
        self.set_margins(MARGIN, MARGIN)
        self.set_auto_page_break(True, margin=MARGIN)
        self.set_title(title)
        self.set_creation_date(at)
        self.set_lang("en")
        self.add_page()

    def close_fonts(self) -> None:
        """Let go of the files that the letters come from, once all is drawn."""
        for face in self.fonts.values():
            face.ttfont.close()  # type: ignore[union-attr]

    def shown(self, text: str) -> str:
        """Say in brackets what cannot be drawn; leave nothing out unsaid."""
        lines = text.replace("\r\n", "\n").replace("\t", " ")
        return letters.spelled(lines, self.letters, self.left_out)

    def header(self) -> None:
        self._write([small(self.signed)])
        self.ln(LINE * 1.5)

    def footer(self) -> None:
        self.set_y(-MARGIN + 4)
        self.set_font(FAMILY, "", SMALL)
        self.set_text_color(GREY)
        self.cell(0, LINE, f"Page {self.page_no()} of {{nb}}", align="R")

    def title_line(self, text: str) -> None:
        self.set_font(FAMILY, "B", TITLE)
        self._line(text, LINE * 1.7)

    def section(self, text: str) -> None:
        """Begin a part; its heading never stands alone at the foot of a page."""
        self._keep_together(LINE * 5)
        self.ln(LINE * 0.6)
        self.set_font(FAMILY, "B", HEAD)
        self._line(text, LINE * 1.3)
        self.line(self.l_margin, self.y, self.w - self.r_margin, self.y)
        self.ln(LINE * 0.4)

    def part(self, text: str) -> None:
        self._keep_together(LINE * 3)
        self.ln(LINE * 0.3)
        self.set_font(FAMILY, "B", PLAIN)
        self._line(text, LINE)

    def say(self, *runs: Run) -> None:
        self._write(runs)
        self.ln(LINE * 1.15)

    def point(self, *runs: Run) -> None:
        """Write an entry of a list, indented, with its own mark."""
        self._keep_together(LINE * 2)
        self.set_x(self.l_margin + 1)
        self._write([plain("•")])
        self.beneath(*runs)

    def beneath(self, *runs: Run) -> None:
        """Write under the entry before, as far to the right as its words."""
        left = self.l_margin
        self.set_left_margin(left + INDENT)
        self.set_x(left + INDENT)
        self.say(*runs)
        self.set_left_margin(left)
        self.set_x(left)

    def _line(self, text: str, high: float) -> None:
        self.set_text_color(BLACK)
        self.multi_cell(0, high, self.shown(text), new_x=XPos.LMARGIN, new_y=YPos.NEXT)

    def _write(self, runs: Iterable[Run]) -> None:
        for text, style in runs:
            is_small = style == "S"
            self.set_text_color(GREY if is_small else BLACK)
            size = SMALL if is_small else PLAIN
            self.set_font(FAMILY, "" if is_small else style, size)
            self.write(LINE, self.shown(text))

    def _keep_together(self, high: float) -> None:
        if self.will_page_break(high):
            self.add_page()
