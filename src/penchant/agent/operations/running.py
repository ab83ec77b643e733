"""Operations for whoever runs an installation: models, self-test, consent, erasure, keys, webhooks and tenants."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Self

from penchant.agent.operations.operations import Operations, Progress, converts_arguments, unit_of_work
from penchant.store.identifiers import normalises_ids
from penchant.store.receipt import EraseReceipt

if TYPE_CHECKING:
    from penchant.agent.app.model_check import ModelCheck
    from penchant.agent.app.model_choice import ModelFile, ModelList
    from penchant.agent.app.self_test import Check
    from penchant.agent.privacy.consent import ConsentRecord
    from penchant.store.key_rotation import KeyRotation
    from penchant.store.tenants import Tenant, TenantExport, TenantRemoval
    from penchant.store.webhooks import NewWebhook


@converts_arguments
@normalises_ids
class RunningOperations(Operations):
    """The methods of an agent for whoever runs the installation."""

    def models(self) -> "ModelList":
        """Return the known language models, and which one is in force."""
        from penchant.agent.app.model_choice import list_models

        return list_models(self.services.settings)

    def model_file(self, name: str | None = None) -> "ModelFile":
        """Return the file of a local model, by default of the one in force. Raises `ModelError` if there is none."""
        from penchant.agent.app.model_choice import model_file

        return model_file(self.services.settings, name)

    def pull_model(self, name: str, sha256: str | None = None, on_progress: Progress | None = None) -> "ModelFile":
        """Download a model's file from a hub; continue an earlier download that stopped. Raises `UsageError`, `ModelError`."""
        from penchant.agent.app.model_choice import pull_model

        return pull_model(self.services.settings, name, sha256, on_progress)

    def check_model(
        self, name: str | None = None, groups: int | None = None, on_progress: Progress | None = None
    ) -> "ModelCheck":
        """Ask a model questions with known answers, by default the one in force. Raises `UsageError` if there is no model."""
        from penchant.agent.app.model_choice import check_model

        services = self.services
        return check_model(
            services.settings,
            services.documents,
            services.usage,
            services.clock,
            vocabulary=services.vocabulary,
            embedder=services.embedder,
            name=name,
            groups=groups,
            on_progress=on_progress,
        )

    def self_test(self, on_start: Callable[[str], None]) -> "list[Check]":
        """Use every part of the installation once. `on_start` gets the name of each check; a failed check says how to fix it."""
        from penchant.agent.app.self_test import run_checks

        return run_checks(self.services, on_start)

    def consent(self, user_id: str) -> "ConsentRecord":
        """Return what the user allows (`profile`, `recommend`, `llm`), since when, and the whole history of grants and revocations."""
        return self.services.permissions.show(user_id)

    @unit_of_work
    def grant(self, user_id: str, *purposes: str) -> "ConsentRecord":
        """Record that the user allows these purposes (none named: all). Raises `UsageError`."""
        return self.services.permissions.grant(user_id, *purposes)

    @unit_of_work
    def revoke(self, user_id: str, *purposes: str) -> "ConsentRecord":
        """Record that the user no longer allows these purposes (none named: all), from the next call on. Raises `UsageError`."""
        return self.services.permissions.revoke(user_id, *purposes)

    def erase(self, user_id: str) -> EraseReceipt:
        """Remove all data of the user in every place, then check what is left (`residue`). Cannot be undone; erasing twice is no error."""
        return self.services.eraser.erase(user_id)

    def add_webhook(self, url: str, *events: str) -> "NewWebhook":
        """Register an address to receive these events (none named: all), signed. Raises `UsageError` for an address that is not allowed."""
        from penchant.agent.app.webhook_sender import checked_addresses

        checked_addresses(url, private=self.services.settings.serve.private_webhooks)
        return self.services.webhooks.add(url, events)

    def rotate_keys(self, on_progress: Progress | None = None) -> "KeyRotation":
        """Encrypt what users said, and what was derived from it, with a new key; the first key turns encryption on. Raises `StoreError`."""
        from penchant.store.key_rotation import rotate_keys

        return rotate_keys(self.services.database, self.services.keyring, self.services.clock.now(), on_progress)

    def tenant(self, name: str) -> Self:
        """Return an agent for one tenant, with separate data; close it after use. Raises `NotFoundError`, `UsageError`."""
        from penchant.agent.app.tenants import tenant_services

        return type(self)(tenant_services(self.services, name))

    def tenants(self) -> "list[Tenant]":
        """Return every tenant, by name."""
        return self.services.tenants.list()

    def create_tenant(self, name: str) -> "Tenant":
        """Create a tenant and its database. Raises `UsageError`, `ConflictError`, `StoreError`."""
        from penchant.agent.app.tenants import create_tenant

        return create_tenant(self.services, name)

    def export_tenant(self, name: str, path: Path) -> "TenantExport":
        """Write a tenant's catalogue and the whole record of each of its users into a zip archive. Raises `NotFoundError`, `StoreError`."""
        from penchant.agent.app.tenants import export_tenant

        with self.tenant(name) as agent:
            return export_tenant(agent.services, name, path)

    def remove_tenant(self, name: str) -> "TenantRemoval":
        """Remove a tenant, its tokens and all its data, then check what is left (`residue`). Cannot be undone. Raises `NotFoundError`."""
        from penchant.agent.app.tenants import remove_tenant

        return remove_tenant(self.services, name)
