"""What whoever runs an installation does: models, tests, consent, erasure and tenants."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Self

from penchant.agent.operations.operations import Operations, Progress, one_work, reads_arguments
from penchant.store.identifiers import takes_normal_ids
from penchant.store.receipt import EraseReceipt

if TYPE_CHECKING:
    from penchant.agent.app.model_check import ModelCheck
    from penchant.agent.app.model_choice import ModelFile, ModelList
    from penchant.agent.app.self_test import Check
    from penchant.agent.privacy.consent import ConsentRecord
    from penchant.store.key_rotation import KeyRotation
    from penchant.store.tenants import Tenant, TenantExport, TenantRemoval
    from penchant.store.webhooks import NewWebhook


@reads_arguments
@takes_normal_ids
class RunningOperations(Operations):
    """What an agent does for whoever runs it."""

    def models(self) -> "ModelList":
        """What is known of language models, and which is in force."""
        from penchant.agent.app.model_choice import list_models

        return list_models(self.services.settings)

    def model_file(self, name: str | None = None) -> "ModelFile":
        """The file of a local model, by default of the one in force. Raises `ModelError` when it is not there."""
        from penchant.agent.app.model_choice import model_file

        return model_file(self.services.settings, name)

    def pull_model(self, name: str, sha256: str | None = None, on_progress: Progress | None = None) -> "ModelFile":
        """Fetch a model's file from a hub, going on where an earlier attempt stopped. Raises `UsageError`, `ModelError`."""
        from penchant.agent.app.model_choice import pull_model

        return pull_model(self.services.settings, name, sha256, on_progress)

    def check_model(
        self, name: str | None = None, groups: int | None = None, on_progress: Progress | None = None
    ) -> "ModelCheck":
        """Ask a model questions with known answers, by default the one in force. Raises `UsageError` when there is none."""
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
        """Use every part of the installation once. `on_start` is told which is tried next; a part that fails says how to mend it."""
        from penchant.agent.app.self_test import run_checks

        return run_checks(self.services, on_start)

    def consent(self, user_id: str) -> "ConsentRecord":
        """What the user allows (`profile`, `recommend`, `llm`), since when, and everything that was said about it."""
        return self.services.permissions.show(user_id)

    @one_work
    def grant(self, user_id: str, *purposes: str) -> "ConsentRecord":
        """Write down that the user allows these purposes (none named: all). Raises `UsageError`."""
        return self.services.permissions.grant(user_id, *purposes)

    @one_work
    def revoke(self, user_id: str, *purposes: str) -> "ConsentRecord":
        """Write down that the user no longer allows these purposes (none named: all), from the next call on. Raises `UsageError`."""
        return self.services.permissions.revoke(user_id, *purposes)

    def erase(self, user_id: str) -> EraseReceipt:
        """Remove everything held of the user, in every place, and look again (`residue`). Cannot be undone; asking twice is no error."""
        return self.services.eraser.erase(user_id)

    def add_webhook(self, url: str, *events: str) -> "NewWebhook":
        """Have this address told of these events (none named: of all), signed. Raises `UsageError` for one that may not be told."""
        from penchant.agent.app.webhook_sender import checked_addresses

        checked_addresses(url, private=self.services.settings.serve.private_webhooks)
        return self.services.webhooks.add(url, events)

    def rotate_keys(self, on_progress: Progress | None = None) -> "KeyRotation":
        """Seal what people said, and what was made of it, with a new key; the first one turns encryption on. Raises `StoreError`."""
        from penchant.store.key_rotation import rotate_keys

        return rotate_keys(self.services.database, self.services.keyring, self.services.clock.now(), on_progress)

    def tenant(self, name: str) -> Self:
        """The agent of one tenant, with everything of its own; close it after use. Raises `NotFoundError`, `UsageError`."""
        from penchant.agent.app.tenants import tenant_services

        return type(self)(tenant_services(self.services, name))

    def tenants(self) -> "list[Tenant]":
        """Every tenant, by name."""
        return self.services.tenants.list()

    def create_tenant(self, name: str) -> "Tenant":
        """Enter a tenant and make its database. Raises `UsageError`, `ConflictError`, `StoreError`."""
        from penchant.agent.app.tenants import create_tenant

        return create_tenant(self.services, name)

    def export_tenant(self, name: str, path: Path) -> "TenantExport":
        """Write a tenant's catalogue and the whole record of each of its users into a zip archive. Raises `NotFoundError`, `StoreError`."""
        from penchant.agent.app.tenants import export_tenant

        with self.tenant(name) as agent:
            return export_tenant(agent.services, name, path)

    def remove_tenant(self, name: str) -> "TenantRemoval":
        """Remove a tenant, its tokens and everything of its own, and look again (`residue`). Cannot be undone. Raises `NotFoundError`."""
        from penchant.agent.app.tenants import remove_tenant

        return remove_tenant(self.services, name)
