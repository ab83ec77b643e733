"""Requests that wait for a job to end."""

from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice

import httpx

from penchant import Event, InterestAgent


def test_those_who_wait_for_jobs_leave_room_for_other_requests(agent: InterestAgent, address: str) -> None:
    """Somebody else is at everybody's update, so that nothing ends; those for whom no seat is left are answered at once."""
    jobs, slots = agent.services.jobs, agent.settings.serve.max_requests // 2
    everybody = jobs.add("update")
    jobs.take("elsewhere", ["update"])
    asked, timeout = slots + 20, httpx.Timeout(90)
    visits = [Event(user_id=f"visitor-{n}", type="view", item_id="tea-1", at=agent.clock.now()) for n in range(asked)]
    agent.observe(visits)
    with ThreadPoolExecutor(asked) as pool:
        waiting = [
            pool.submit(httpx.post, f"{address}/v1/users/visitor-{n}/update?wait=60", timeout=timeout)
            for n in range(asked)
        ]
        at_once = [each.result() for each in islice(as_completed(waiting), asked - slots)]
        profile = httpx.get(f"{address}/v1/users/ada/profile", timeout=timeout)
        jobs.finish(everybody.id, "elsewhere", result={})
        ended = [each.result() for each in waiting if each.result() not in at_once]

    assert profile.status_code == 200
    assert {(answer.status_code, answer.json()["status"]) for answer in at_once} == {(202, "queued")}
    assert {(answer.status_code, answer.json()["status"]) for answer in ended} == {(200, "done")}
