"""How Markdown looks: character and block formats made from the theme that is on, at the text size that is on."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextFormat, QTextLength, QTextTableFormat

from studio.ui.theme import look
from studio.ui.theme.tokens import MONO_FONTS, TYPE, UI_FONTS

PROP_QUOTE = QTextFormat.Property.UserProperty.value + 1
"""Block property: depth of quotation; the view paints the bars."""
PROP_RULE = QTextFormat.Property.UserProperty.value + 2
"""Block property: a thematic break; the view paints the line."""
PROP_SECRET = QTextFormat.Property.UserProperty.value + 3
"""Block property: part of a `[!secret]` callout."""
PROP_MARK = QTextFormat.Property.UserProperty.value + 4
"""Block property: the bullet, number or tick box of a list item; the view paints it, so that its place is ours."""

HEADINGS = {1: ("h1", 20, 8), 2: ("h2", 20, 6), 3: ("h3", 16, 4)}
"""Level → type size, space above, space below, in pixels at 100 %."""
CODE_HEADER, CODE_PAD = 34, 12
QUOTE_STEP = 18


@dataclass(frozen=True)
class Style:
    """Sizes in pixels and the base formats. Make a new one when the theme or text size changes."""

    reading: int
    mono: int
    code_header: int
    code_pad: int
    indent: int
    quote: int
    tokens: dict[str, str]

    def colour(self, token: str) -> QColor:
        """A design token as a colour."""
        return QColor(self.tokens[token])

    def text(self, token: str = "text") -> QTextCharFormat:
        """Running text."""
        made = QTextCharFormat()
        made.setFontFamilies(list(UI_FONTS))
        made.setProperty(QTextFormat.Property.FontPixelSize, self.reading)
        made.setForeground(self.colour(token))
        return made

    def heading(self, level: int) -> QTextCharFormat:
        """A heading's text."""
        made = self.text()
        made.setFontWeight(QFont.Weight.DemiBold)
        size = TYPE[HEADINGS[level][0]] if level in HEADINGS else 0
        made.setProperty(QTextFormat.Property.FontPixelSize, look.px(size) if size else self.reading)
        return made

    def code(self, token: str = "text", *, inline: bool = False) -> QTextCharFormat:
        """Code; inline code gets its own ground."""
        made = self.text(token)
        made.setFontFamilies(list(MONO_FONTS))
        made.setProperty(QTextFormat.Property.FontPixelSize, self.reading - 2 if inline else self.mono)
        if inline:
            made.setBackground(self.colour("code_bg"))
        return made

    def block(self, *, above: float = 0, below: float = 10, line: float = 1.55) -> QTextBlockFormat:
        """A paragraph's shape; `line` is the least line height in ems of reading text."""
        made = QTextBlockFormat()
        made.setTopMargin(look.px(above))
        made.setBottomMargin(look.px(below))
        kind = QTextBlockFormat.LineHeightTypes.MinimumHeight.value
        made.setLineHeight(round(self.reading * line), kind)
        return made

    def table(self) -> QTextTableFormat:
        """Tables: full width, no grid; cells draw the lines between rows."""
        made = QTextTableFormat()
        made.setBorder(0)
        made.setCellPadding(0)
        made.setCellSpacing(0)
        made.setBorderCollapse(True)
        made.setTopMargin(look.px(6))
        made.setBottomMargin(look.px(12))
        made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        return made


def current() -> Style:
    """The style for how the application looks now."""
    return Style(
        reading=look.px(TYPE["reading"]) - (1 if look.scale() <= 1 else 0),
        mono=look.px(13),
        code_header=look.px(CODE_HEADER),
        code_pad=look.px(CODE_PAD),
        indent=look.px(24),
        quote=look.px(QUOTE_STEP),
        tokens=look.tokens(),
    )
