"""Print the structure of the source: sizes of modules, imports inside functions, package circles, and names that confuse
newcomers.

python scripts/structure.py            the figures

python scripts/structure.py --names    and the places of banned names
"""

import ast
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "penchant"
NAMED = ("src", "tests", "benchmarks", "scripts", "examples")
"""The folders in which names are checked."""
SIZED = ("src", "benchmarks", "scripts", "examples")
"""The folders in which the length of modules is checked."""
MAX_LINES = 400
BANNED_VARIABLES = frozenset({"told", "said", "one", "made", "held", "kept"})
BANNED_CLASSES = frozenset({"Deed", "Parts", "Kept", "Stamp", "Moment", "Story", "Held", "Opened", "Told", "Views"})
BANNED_MODULES = frozenset(
    {"opened", "tuned", "reading", "told", "telling", "counted", "replied", "joining", "deeds", "stamps"}
)


class Place(NamedTuple):
    """The place of a finding: module, line and name."""

    module: str
    line: int
    name: str


def modules(folder: Path = SOURCE, root: Path = SOURCE) -> Iterator[tuple[str, ast.Module, int]]:
    """Yield every module below a folder: dotted name from `root`, syntax tree, number of lines."""
    for path in sorted(folder.rglob("*.py")):
        yield ".".join(path.relative_to(root).with_suffix("").parts), *_parsed(path)


@cache
def _parsed(path: Path) -> tuple[ast.Module, int]:
    """Return the syntax tree and the number of lines of a module; cached, because a test asks for several figures."""
    text = path.read_text("utf-8")
    return ast.parse(text), len(text.splitlines())


def long_modules() -> dict[str, int]:
    """Return the number of lines of each module longer than `MAX_LINES`, in the folders of `SIZED`."""
    every = chain.from_iterable(modules(ROOT / folder, ROOT) for folder in SIZED)
    return {module: lines for module, _, lines in every if lines > MAX_LINES}


def imports_inside_functions() -> list[Place]:
    """Return the imports of our own modules inside functions."""
    found = []
    for module, tree, _ in modules():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                found += [
                    Place(module, node.lineno, str(node.module))
                    for node in ast.walk(function)
                    if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("penchant")
                ]
    return sorted(set(found))


def banned_names() -> list[Place]:
    """Return variables, parameters, classes and modules with banned names, in the folders of `NAMED`."""
    found = []
    for module, tree, _ in chain.from_iterable(modules(ROOT / folder, ROOT) for folder in NAMED):
        found += [Place(module, 1, part) for part in module.split(".") if part in BANNED_MODULES]
        for node in ast.walk(tree):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in BANNED_VARIABLES:
                found.append(Place(module, node.lineno, node.id))
            elif isinstance(node, ast.arg) and node.arg in BANNED_VARIABLES:
                found.append(Place(module, node.lineno, node.arg))
            elif isinstance(node, ast.ClassDef) and node.name in BANNED_CLASSES:
                found.append(Place(module, node.lineno, node.name))
    return found


def classes_with_one_name() -> dict[str, list[str]]:
    """Return public class names that are used more than once, with their modules."""
    homes: dict[str, list[str]] = defaultdict(list)
    for module, tree, _ in modules():
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                homes[node.name].append(module)
    return {name: where for name, where in homes.items() if len(where) > 1}


def package_of(module: str) -> str:
    """Return the package of a module."""
    return module.rpartition(".")[0] or module


def package_imports() -> dict[str, set[str]]:
    """Return the packages that each package imports at import time, without itself."""
    arrows: dict[str, set[str]] = defaultdict(set)
    packages = {".".join(path.parent.relative_to(SOURCE).parts) for path in SOURCE.rglob("__init__.py")}
    for module, tree, _ in modules():
        for node in tree.body:
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("penchant."):
                target = str(node.module).removeprefix("penchant.")
                home = target if target in packages else package_of(target)
                arrows[package_of(module)].add(home)
    return {name: {home for home in homes if home != name} for name, homes in arrows.items()}


def circles() -> list[tuple[str, str]]:
    """Return pairs of packages that import each other; a package and its own subpackage do not count."""
    arrows = package_imports()
    return sorted(
        {
            (a, b)
            for a, homes in arrows.items()
            for b in homes
            if a < b and a in arrows.get(b, set()) and not b.startswith(f"{a}.")
        }
    )


def module_circles() -> list[list[str]]:
    """Return the groups of modules that import each other, imports inside functions included, those for types alone not."""
    arrows = {module.removesuffix(".__init__"): tree for module, tree, _ in modules()}
    below = {module: set(_imported(tree, arrows.keys())) - {module} for module, tree in arrows.items()}
    while grounded := [module for module, targets in below.items() if not targets & below.keys()]:
        for module in grounded:
            del below[module]
    reached = {module: _reached(module, below) for module in below}
    tied = {module: sorted(other for other in reached[module] if module in reached[other]) for module in below}
    return sorted({tuple(group): group for group in tied.values() if group}.values())


def _imported(tree: ast.Module, known: Collection[str]) -> Iterator[str]:
    """Yield the modules of ours that a module imports anywhere when it runs."""
    blocks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and _is_for_types(node.test)]
    for_types = {id(node) for block in blocks for node in ast.walk(block)}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and id(node) not in for_types and str(node.module).startswith("penchant."):
            home = str(node.module).removeprefix("penchant.")
            targets = [f"{home}.{each.name}" if f"{home}.{each.name}" in known else home for each in node.names]
            yield from (target for target in targets if target in known)


def _is_for_types(test: ast.expr) -> bool:
    return isinstance(test, ast.Name) and test.id == "TYPE_CHECKING"


def _reached(module: str, below: Mapping[str, set[str]]) -> set[str]:
    """Return every module that one imports, directly or through others."""
    found, ahead = set[str](), [module]
    while ahead:
        new = (below[ahead.pop()] & below.keys()) - found
        found |= new
        ahead += new
    return found


def main() -> None:
    """Print the figures."""
    sizes = {module: lines for module, _, lines in modules() if module.startswith("agent.") and lines > 1}
    print(
        f"agent: {len(sizes)} modules, median {statistics.median(sizes.values()):.0f} lines, largest {max(sizes.values())}"
    )
    print(f"modules over {MAX_LINES} lines: {long_modules()}")
    print(f"imports of our own modules inside functions: {len(imports_inside_functions())}")
    print(f"package circles: {circles()}, module circles: {module_circles()}")
    print(f"class names used twice: {classes_with_one_name()}")
    names = banned_names()
    print(f"banned names: {len(names)} {dict(Counter(place.name for place in names).most_common())}")
    if "--names" in sys.argv:
        for place in names:
            print(f"  {place.module}:{place.line} {place.name}")


if __name__ == "__main__":
    main()
