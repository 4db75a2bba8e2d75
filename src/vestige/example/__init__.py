"""The example record: well-known places whose damage and recovery are public fact, each fact with its source.

The content is data (``places/*.toml``, ``actors.toml``, ``policy.toml``); `build_example` makes a record of it with new keys.
"""

from vestige.example._build import NAME, build_example

__all__ = ["NAME", "build_example"]
