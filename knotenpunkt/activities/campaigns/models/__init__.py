"""Tables of campaigns: the campaign, its materials and orders, and the join-ins of partners."""

from knotenpunkt.activities.campaigns.models.campaigns import (
    Campaign,
    CampaignContact,
    CampaignFile,
    CampaignLink,
    CampaignState,
    CampaignText,
    FileUse,
    FormerSlug,
    Host,
    Lesson,
    News,
    PersonToAsk,
)
from knotenpunkt.activities.campaigns.models.join_ins import AimedAt, JoinIn, JoinInState
from knotenpunkt.activities.campaigns.models.materials import (
    FundingArea,
    Giving,
    Material,
    Station,
)
from knotenpunkt.activities.campaigns.models.orders import Came, Line, Order, OrderState

__all__ = [
    "AimedAt",
    "Came",
    "Campaign",
    "CampaignContact",
    "CampaignFile",
    "CampaignLink",
    "CampaignState",
    "CampaignText",
    "FileUse",
    "FormerSlug",
    "FundingArea",
    "Giving",
    "Host",
    "JoinIn",
    "JoinInState",
    "Lesson",
    "Line",
    "Material",
    "News",
    "Order",
    "OrderState",
    "PersonToAsk",
    "Station",
]
