"""``python -m vestige.keeping.typed FOLDER``: write the JSON Schema of every kind there."""

import sys
from pathlib import Path

from vestige.keeping.typed import schema_files

for name, content in schema_files().items():
    Path(sys.argv[1], name).write_bytes(content)
