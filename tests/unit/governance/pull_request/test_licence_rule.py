"""licence: new files say theirs, and the product's stays."""

import pytest

from os2kb.governance.facts import ChangedFile
from os2kb.governance.findings import Place
from tests.unit.governance.cases import finding, pull, strict, verdict, with_pull

HEADER = "// SPDX-License-Identifier: MPL-2.0"
MPL = strict("licence", ", spdx: MPL-2.0")


def added(*lines: str, path: str = "src/Ny.php") -> ChangedFile:
    patch = f"@@ -0,0 +1,{len(lines)} @@\n" + "\n".join(f"+{line}" for line in lines)
    return ChangedFile(path, "added", patch, len(lines))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        (added("<?php", HEADER, "class Ny {}"), "pass"),
        (added("<?php", "/* SPDX-License-Identifier: mpl-2.0 */"), "pass"),
        (added("<?php", "// SPDX-License-Identifier: MIT OR MPL-2.0"), "pass"),
        (added("<?php", HEADER + "\r"), "pass"),
        (added("<?php", "// SPDX-License-Identifier: MIT"), "fail"),
        (added("<?php", "// SPDX-License-Identifier:"), "fail"),
        (added("<?php", "class Ny {}"), "fail"),
        (added("<?php", *["// 🦄"] * 60, HEADER), "fail"),  # not at the top
        (added(path="src/__init__.py"), "n/a"),  # empty
        (added("# Læs mig", path="README.md"), "n/a"),
        (ChangedFile("src/Ny.php", "added", None), "unknown"),
        (ChangedFile("src/Gammel.php", "modified", "@@ -9 +9 @@\n-a\n+b"), "n/a"),
        (ChangedFile("src/A.php", "modified", f"@@ -1 +1 @@\n <?php\n-{HEADER}"), "fail"),
        (ChangedFile("src/A.php", "modified", f"@@ -1 +1 @@\n-{HEADER}\n+{HEADER} "), "n/a"),
        (ChangedFile("src/A.php", "removed", f"@@ -1 +0 @@\n-{HEADER}"), "n/a"),
    ],
)
def test_a_new_file_opens_with_its_licence(file: ChangedFile, expected: str) -> None:
    assert verdict("licence", pull(file), MPL) == expected


def test_a_policy_that_names_no_licence_takes_any() -> None:
    any_licence = strict("licence")
    other = added("<?php", "// SPDX-License-Identifier: EUPL-1.2")
    assert verdict("licence", pull(other), any_licence) == "pass"
    assert verdict("licence", pull(added("<?php")), any_licence) == "fail"


def test_words_may_stand_for_the_licence_over_several_lines() -> None:
    words = "This Source Code Form is subject to the terms of the Mozilla Public License"
    by = strict("licence", f", header: '{words}'")
    comment = (
        *("/*", " * This Source Code Form is subject", " * to the terms of the Mozilla"),
        *(" * Public License, v. 2.0.", " */"),
    )
    assert verdict("licence", pull(added(*comment)), by) == "pass"
    found = finding("licence", pull(added("<?php")), by)
    assert found.verdict == "fail"
    assert words in found.remedy.en


def test_a_licence_may_stand_beside_a_file() -> None:
    beside = added("SPDX-License-Identifier: MPL-2.0", path="src/Ny.php.license")
    assert verdict("licence", pull(added("<?php"), beside), MPL) == "n/a"


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ((ChangedFile("LICENSE", "removed"),), "fail"),
        ((ChangedFile("LICENSE", "removed"), ChangedFile("LICENSE.md", "added", "+x")), "n/a"),
        ((ChangedFile("vendor/x/LICENSE", "removed"),), "n/a"),
        ((ChangedFile("licens.md", "removed"),), "n/a"),
    ],
)
def test_the_products_licence_stays(files: tuple[ChangedFile, ...], expected: str) -> None:
    assert verdict("licence", pull(*files), MPL) == expected


def test_each_file_at_fault_is_pointed_out() -> None:
    files = [added("<?php", path=f"src/{name}.php") for name in "abcd"]
    found = finding("licence", pull(*files), MPL)
    assert found.places == tuple(Place(f"src/{name}.php", 1) for name in "abcd")
    assert "src/a.php, src/b.php, src/c.php, …" in found.evidence.da
    assert "MPL-2.0" in found.remedy.da


def test_files_out_of_sight_are_not_called_licensed() -> None:
    facts = with_pull(pull(added("<?php", HEADER)), files_cut=True)
    assert verdict("licence", facts, MPL) == "unknown"
