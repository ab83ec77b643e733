"""Tenants: separate installations behind this service. Only its operator may use these routes; tokens of a tenant are
refused.
"""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import BaseModel

from penchant.store.tenants import Tenant, TenantRemoval
from penchant.tools.http.access import caller_with
from penchant.tools.http.bodies import NewTenant
from penchant.tools.http.context import Agent

router = APIRouter(
    prefix="/v1/tenants", tags=["trust"], dependencies=[caller_with("admin", everybody=True, tenants=True)]
)
Name = Annotated[str, Path(max_length=48, description="The name of the tenant")]


class TenantList(BaseModel):
    """All tenants."""

    data: list[Tenant]


@router.get("")
def list_tenants(agent: Agent) -> TenantList:
    """List all tenants, by name."""
    return TenantList(data=agent.tenants())


@router.post("", status_code=201)
def create_tenant(body: NewTenant, agent: Agent) -> Tenant:
    """Create a tenant with its own database, index, settings and tokens."""
    return agent.create_tenant(body.name)


@router.delete("/{tenant}")
def remove_tenant(tenant: Name, agent: Agent) -> TenantRemoval:
    """Remove a tenant with everything it owns; its tokens stop working at once."""
    return agent.remove_tenant(tenant)
