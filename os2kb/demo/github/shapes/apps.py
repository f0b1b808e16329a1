"""The app, its installations and its deliveries."""

import json

from os2kb.demo.github.shapes.accounts import user
from os2kb.demo.github.shapes.text import Json, node_id, stamp
from os2kb.demo.github.world.app import App, Installation
from os2kb.demo.github.world.hooks import Delivery
from os2kb.demo.github.world.world import GitHub


def integration(github: GitHub, app: App) -> Json:
    """An `integration`: what others may know of the app."""
    return {
        "id": app.id,
        "slug": app.slug,
        "node_id": node_id("Integration", app.id),
        "client_id": app.client_id,
        "owner": user(github, app.owner),
        "name": app.name,
        "description": "Keeps the rules and explains them",
        "external_url": "https://www.os2.eu",
        "html_url": f"{github.web}/apps/{app.slug}",
        "created_at": stamp(app.created_at),
        "updated_at": stamp(app.created_at),
        "permissions": app.permissions,
        "events": list(app.events),
    }


def installation(github: GitHub, app: App, installation: Installation) -> Json:
    """An `installation`."""
    url = f"{github.api}/app/installations/{installation.id}"
    account = installation.account
    return {
        "id": installation.id,
        "account": user(github, account),
        "repository_selection": "all" if installation.repositories is None else "selected",
        "access_tokens_url": f"{url}/access_tokens",
        "repositories_url": f"{github.api}/installation/repositories",
        "html_url": f"{github.web}/organizations/{account.login}/settings/installations/"
        f"{installation.id}",
        "app_id": app.id,
        "client_id": app.client_id,
        "app_slug": app.slug,
        "target_id": account.id,
        "target_type": account.kind,
        "permissions": installation.permissions,
        "events": list(app.events),
        "created_at": stamp(installation.created_at),
        "updated_at": stamp(installation.created_at),
        "single_file_name": None,
        "has_multiple_single_files": False,
        "single_file_paths": [],
        "suspended_by": None,
        "suspended_at": None,
    }


def delivery_item(delivery: Delivery) -> Json:
    """A `hook-delivery-item`."""
    return {
        "id": delivery.id,
        "guid": delivery.guid,
        "delivered_at": stamp(delivery.delivered_at) or "1970-01-01T00:00:00Z",
        "redelivery": delivery.redelivery,
        "duration": delivery.duration,
        "status": delivery.status,
        "status_code": delivery.status_code,
        "event": delivery.event,
        "action": delivery.action,
        "installation_id": delivery.installation,
        "repository_id": delivery.repository,
        "throttled_at": None,
    }


def delivery(delivery: Delivery) -> Json:
    """A `hook-delivery`, with what was sent and answered."""
    return {
        **delivery_item(delivery),
        "url": delivery.url,
        "request": {"headers": delivery.headers, "payload": json.loads(delivery.body)},
        "response": {"headers": {}, "payload": delivery.answer},
    }
