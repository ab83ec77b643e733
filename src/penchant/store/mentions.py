"""Rows that mention a user inside a value instead of a column: found and cleaned when the user is erased.

These are jobs that update many users, stored answers to requests about many, and lines of the audit log about
requests with a signed token. The user is removed from jobs and lines; answers that mention them are deleted.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, delete, func, or_, select, tuple_, type_coerce, update

from penchant.store.audit import signed_caller, unnamed
from penchant.store.column_types import encode_json
from penchant.store.idempotency import unpacked
from penchant.store.schema import audit_log, idempotency_keys, jobs

ANSWERS, JOBS, LINES = idempotency_keys.name, jobs.name, audit_log.name
_AT_ONCE = 200


def count_mentions(connection: Connection, user_id: str) -> dict[str, int]:
    """Return how many rows about several users mention this one, by table."""
    lines = select(func.count()).select_from(audit_log).where(_asked_by(user_id))
    return {
        JOBS: len(_jobs_naming(connection, user_id)),
        ANSWERS: len(_answers_naming(connection, user_id)),
        LINES: connection.execute(lines).scalar_one(),
    }


def remove_mentions(connection: Connection, user_id: str) -> dict[str, int]:
    """Remove the user from every job about several users, and delete the answers that mention them.

    Returns how many rows, by table.
    """
    found = _jobs_naming(connection, user_id)
    for job_id, arguments, result in found:
        _update_or_delete_job(connection, job_id, _users_left(arguments, user_id), without_receipts(result, {user_id}))
    answers = _remove_answers(connection, user_id)
    asked = update(audit_log).where(_asked_by(user_id)).values(caller=unnamed(signed_caller(user_id)))
    return {JOBS: len(found), ANSWERS: answers, LINES: connection.execute(asked).rowcount}


def rename_mentions(connection: Connection, user_id: str, target: str) -> None:
    """Have the jobs and audit lines that name the user beside others name `target`. Removes receipts and answers that name the user."""
    for job_id, arguments, result in _jobs_naming(connection, user_id):
        renamed = _users_left(arguments, user_id)
        if renamed != arguments:
            renamed["user_ids"] = list(dict.fromkeys([*renamed["user_ids"], target]))
        _update_or_delete_job(connection, job_id, renamed, without_receipts(result, {user_id}))
    _remove_answers(connection, user_id)
    lines = audit_log.c.caller == signed_caller(user_id)
    connection.execute(update(audit_log).where(lines).values(caller=signed_caller(target)))


def _asked_by(user_id: str) -> ColumnElement[bool]:
    """Return a condition for lines of the audit log that record a request by this user about others or about nobody."""
    others = or_(audit_log.c.user_id.is_(None), audit_log.c.user_id != user_id)
    return (audit_log.c.caller == signed_caller(user_id)) & others


def users_with_receipts(result: Mapping[str, Any] | None) -> set[str]:
    """Return the ids of the users that a job result contains a receipt for."""
    return {str(receipt["user_id"]) for receipt in (result or {}).get("users", ())}


def without_receipts(result: Mapping[str, Any] | None, gone: set[str]) -> dict[str, Any] | None:
    """Return the result of a job without the receipts of these users."""
    if result is None:
        return None
    if "users" not in result:
        return dict(result)
    return {**result, "users": [receipt for receipt in result["users"] if receipt["user_id"] not in gone]}


def _users_left(arguments: Mapping[str, Any], user_id: str) -> dict[str, Any]:
    """Return the arguments of a job without this user in `user_ids`."""
    if "user_ids" not in arguments:
        return dict(arguments)
    return {**arguments, "user_ids": [user for user in arguments["user_ids"] if user != user_id]}


def _update_or_delete_job(
    connection: Connection, job_id: str, arguments: dict[str, Any], result: dict[str, Any] | None
) -> None:
    """Store the remaining arguments and result of a job.

    A job for the erased user alone is deleted: with no ids it would be for everybody.
    """
    this = jobs.c.job_id == job_id
    if arguments.get("user_ids") == []:
        connection.execute(delete(jobs).where(this))
    else:
        connection.execute(update(jobs).where(this).values(arguments=arguments, result=result))


def _jobs_naming(connection: Connection, user_id: str) -> list[tuple[str, dict[str, Any], dict[str, Any] | None]]:
    query = select(jobs.c.job_id, jobs.c.arguments, jobs.c.result).where(
        jobs.c.user_id.is_(None), or_(_may_name(jobs.c.arguments, user_id), _may_name(jobs.c.result, user_id))
    )
    return [
        (row.job_id, row.arguments, row.result)
        for row in connection.execute(query)
        if user_id in row.arguments.get("user_ids", ()) or user_id in users_with_receipts(row.result)
    ]


def _may_name(column: ColumnElement[Any], user_id: str) -> ColumnElement[bool]:
    """Return a condition: the id occurs as a JSON string in the column. A match is examined further."""
    return type_coerce(column, Text).contains(encode_json(user_id), autoescape=True)


def _answers_naming(connection: Connection, user_id: str) -> list[tuple[str, str]]:
    """Return the keys of the answers about several users that contain the id as a value.

    They may be sealed, so every answer is read.
    """
    forms = {json.dumps(user_id, ensure_ascii=ascii).encode("utf-8", "surrogatepass") for ascii in (False, True)}
    return [(caller, key) for caller, key, body in _shared_answers(connection) if any(form in body for form in forms)]


def _remove_answers(connection: Connection, user_id: str) -> int:
    """Remove the answers about several users that name this one. Returns how many."""
    keys = _answers_naming(connection, user_id)
    which = tuple_(idempotency_keys.c.caller, idempotency_keys.c.key)
    for start in range(0, len(keys), _AT_ONCE):
        connection.execute(delete(idempotency_keys).where(which.in_(keys[start : start + _AT_ONCE])))
    return len(keys)


def _shared_answers(connection: Connection) -> Iterator[tuple[str, str, bytes]]:
    table = idempotency_keys.c
    query = select(table.caller, table.key, table.body).where(table.user_id.is_(None), table.body.is_not(None))
    for caller, key, body in connection.execute(query, execution_options={"yield_per": _AT_ONCE}):
        yield caller, key, unpacked(body)
