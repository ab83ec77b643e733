"""Imports whatever the other processes of tests may use: preloaded by the server that they are forks of (`other_process`)."""

import importlib
import pkgutil

import penchant.agent
import penchant.store

for package in (penchant.store, penchant.agent):
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if ".migrations." not in found.name:  # those are run by Alembic alone
            importlib.import_module(found.name)
importlib.import_module("chromadb.api.rust")
