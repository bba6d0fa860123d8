"""From a card's row to its PDF. Its frozen content and moment are all that is printed: the same bytes each time."""

from decimal import Decimal

from django.conf import settings

from zhiping.continuing_education.models import HourCard
from zhiping.documents import hour_card as document
from zhiping.documents.printing import render
from zhiping.documents.qr import Qr
from zhiping.privacy.masks import mask_id_number

HEADING = "专业技术人员继续教育年度学时卡"


def printed_card(card: HourCard) -> bytes:
    """The PDF of a card."""
    return render(document.HourCard.template, card_sheet(card), created=card.made_at)


def card_sheet(card: HourCard) -> document.HourCard:
    """What the card prints; the identity number only masked."""
    sums = {name: Decimal(str(hours)) for name, hours in card.content["sums"].items()}
    return document.HourCard(
        heading=HEADING,
        card_number=card.card_number,
        year=f"{card.year} 年",
        name=card.person.name,
        masked_id=mask_id_number(card.person.document_number),
        professional=sums["professional"],
        public_industry=sums["public_industry"],
        public_general=sums["public_general"],
        undivided=sums["total"],
        whole=Decimal(str(card.content["whole"])),
        version=f"第 {card.number} 版",
        made_at=card.made_at,
        qr=Qr(f"{settings.PUBLIC_URL}/hours/card/{card.code}/"),
        verification_address=f"{settings.PUBLIC_URL}/hours/card/{card.code}/",
        lines=tuple(
            document.HourLine(**{**line, "hours": Decimal(str(line["hours"]))})
            for line in card.content["lines"]
        ),
    )
