"""New files as a patch that `git apply` takes."""

from collections.abc import Mapping


def patch_of(files: Mapping[str, str]) -> str:
    """A patch that makes these files.

    Args:
        files: path to text, which ends with a line feed.
    """
    return "".join(_new_file(path, text) for path, text in files.items())


def _new_file(path: str, text: str) -> str:
    lines = text.split("\n")[:-1]
    added = "".join(f"+{line}\n" for line in lines)
    head = f"diff --git a/{path} b/{path}\nnew file mode 100644\n--- /dev/null\n+++ b/{path}\n"
    return f"{head}@@ -0,0 +1,{len(lines)} @@\n{added}"
