"""The documents of UiTdatabank as somebody would write them for pydantic: every field, checked by its type.

Addresses of the web are texts and unknown fields are let through, which is the quicker way.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = dict[str, str]
"""A text in several languages."""
Id = Annotated[str | None, Field(alias="@id")]
State = Literal["Available", "TemporarilyUnavailable", "Unavailable"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]


class Document(BaseModel):
    """What every part has."""

    model_config = ConfigDict(extra="ignore", populate_by_name=True)


class Term(Document):
    """A term of the taxonomy."""

    id: str
    label: str
    domain: Literal["eventtype", "theme", "facility"]


class Status(Document):
    """Whether it goes on."""

    type: State
    reason: Text | None = None


class Booking(Document):
    """Whether there are places."""

    type: Literal["Available", "Unavailable"]
    capacity: int | None = None
    remainingCapacity: int | None = None  # noqa: N815


class Hours(Document):
    """Hours of care for children."""

    start: str
    end: str


class SubEvent(Document):
    """One dated part."""

    id: int | None = None
    startDate: datetime  # noqa: N815
    endDate: datetime  # noqa: N815
    status: Status | None = None
    bookingAvailability: Booking | None = None  # noqa: N815
    childcare: Hours | None = None
    overnight: bool = False


class OpeningHours(Document):
    """Hours of some days of the week."""

    opens: Annotated[str, Field(pattern=r"^\d?\d:\d\d$")]
    closes: Annotated[str, Field(pattern=r"^\d?\d:\d\d$")]
    dayOfWeek: list[Weekday]  # noqa: N815
    childcare: Hours | None = None


class ClosedDays(Document):
    """Days on which it is closed."""

    startDate: date  # noqa: N815
    endDate: date  # noqa: N815
    description: Text | None = None


class AdjustedDays(ClosedDays):
    """Days with other hours."""

    openingHours: list[OpeningHours]  # noqa: N815


class Address(Document):
    """An address in one language."""

    addressCountry: str  # noqa: N815
    addressLocality: str  # noqa: N815
    postalCode: str  # noqa: N815
    streetAddress: str  # noqa: N815


class Geo(Document):
    """A point."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class ContactPoint(Document):
    """How to reach somebody."""

    phone: list[str] = []
    email: list[str] = []
    url: list[str] = []


class Price(Document):
    """A tariff."""

    category: Literal["base", "tariff", "uitpas"]
    name: Text
    price: Annotated[float, Field(ge=0)]
    priceCurrency: Literal["EUR"]  # noqa: N815
    groupPrice: bool = False  # noqa: N815


class BookingInfo(Document):
    """How to book."""

    phone: str | None = None
    email: str | None = None
    url: str | None = None
    urlLabel: Text | None = None  # noqa: N815
    availabilityStarts: datetime | None = None  # noqa: N815
    availabilityEnds: datetime | None = None  # noqa: N815


class Image(Document):
    """An image."""

    id: Id = None
    contentUrl: str  # noqa: N815
    thumbnailUrl: str  # noqa: N815
    description: str
    copyrightHolder: str  # noqa: N815
    inLanguage: str | None = None  # noqa: N815


class Video(Document):
    """A film."""

    id: str
    url: str
    embedUrl: str  # noqa: N815
    language: str
    copyrightHolder: str  # noqa: N815


class Record(Document):
    """What events, places and organisers share."""

    id: Id = None
    mainLanguage: Literal["nl", "fr", "de", "en"]  # noqa: N815
    name: Text
    labels: list[str] = []
    hiddenLabels: list[str] = []  # noqa: N815
    languages: list[str] = []
    completedLanguages: list[str] = []  # noqa: N815
    workflowStatus: str | None = None  # noqa: N815
    created: datetime | None = None
    modified: datetime | None = None
    creator: str | None = None
    contactPoint: ContactPoint | None = None  # noqa: N815
    geo: Geo | None = None


class Organizer(Record):
    """Who organises it."""

    url: str | None = None
    description: Text | None = None
    address: dict[str, Address] | None = None
    images: list[Image] = []


class Calendar(Record):
    """What events and places share."""

    terms: list[Term]
    calendarType: Literal["single", "multiple", "periodic", "permanent"]  # noqa: N815
    description: Text | None = None
    startDate: datetime | None = None  # noqa: N815
    endDate: datetime | None = None  # noqa: N815
    openingHours: list[OpeningHours] = []  # noqa: N815
    openingHoursClosedDays: list[ClosedDays] = []  # noqa: N815
    openingHoursAdjustedDays: list[AdjustedDays] = []  # noqa: N815
    status: Status | None = None
    bookingAvailability: Booking | None = None  # noqa: N815
    typicalAgeRange: Annotated[str, Field(pattern=r"^\d*-\d*$")] | None = None  # noqa: N815
    priceInfo: list[Price] = []  # noqa: N815
    bookingInfo: BookingInfo | None = None  # noqa: N815
    availableFrom: datetime | None = None  # noqa: N815
    availableTo: datetime | None = None  # noqa: N815
    image: str | None = None
    mediaObject: list[Image] = []  # noqa: N815
    videos: list[Video] = []
    sameAs: list[str] = []  # noqa: N815
    organizer: Organizer | None = None


class Place(Calendar):
    """Where it is."""

    address: dict[str, Address]


class Production(Document):
    """The same show at other places."""

    id: str
    title: str
    otherEvents: list[str] = []  # noqa: N815


class Audience(Document):
    """For whom it is."""

    audienceType: Literal["everyone", "members", "education"]  # noqa: N815


class Event(Calendar):
    """An event, as the Search API gives it with ``embed=true``."""

    location: Place
    subEvent: list[SubEvent] = []  # noqa: N815
    attendanceMode: Literal["offline", "online", "mixed"] = "offline"  # noqa: N815
    onlineUrl: str | None = None  # noqa: N815
    audience: Audience | None = None
    production: Production | None = None
    regions: list[str] = []
    calendarSummary: dict[str, dict[str, Text]] = {}  # noqa: N815
