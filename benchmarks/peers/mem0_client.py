"""Add chat messages to mem0 through a given server; `llm_cost.py` runs this with the Python of mem0's own environment.

`python mem0_client.py http://127.0.0.1:PORT/v1 messages.json FOLDER TURNS_PER_ADD`
"""

import json
import os
import sys

os.environ["MEM0_TELEMETRY"] = "False"
from mem0 import Memory


def main(server: str, file: str, folder: str, per_add: int) -> None:
    os.environ["OPENAI_API_KEY"] = "none"
    memory = Memory.from_config(
        {
            "llm": {"provider": "openai", "config": {"model": "gpt-4o-mini", "openai_base_url": server}},
            "embedder": {"provider": "openai", "config": {"openai_base_url": server, "embedding_dims": 64}},
            "vector_store": {"provider": "qdrant", "config": {"path": f"{folder}/qdrant", "embedding_model_dims": 64}},
            "history_db_path": f"{folder}/history.db",
        }
    )
    with open(file, encoding="utf-8") as lines:  # noqa: PTH123 - the same in every Python
        messages = json.load(lines)
    for user in dict.fromkeys(message["user_id"] for message in messages):
        turns = [{"role": "user", "content": message["text"]} for message in messages if message["user_id"] == user]
        for start in range(0, len(turns), per_add):
            memory.add(turns[start : start + per_add], user_id=user)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
