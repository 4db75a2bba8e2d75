"""The forms of register that are known by their headings, each a line here and a file beside."""

from vestige.capture.registers.forms._eamena import EAMENA
from vestige.capture.registers.forms._form import Form
from vestige.capture.registers.forms._linked4resilience import LINKED4RESILIENCE
from vestige.capture.registers.forms._monuments import MONUMENTS
from vestige.capture.registers.forms._openstreetmap import OPENSTREETMAP
from vestige.capture.registers.forms._unesco import UNESCO
from vestige.capture.registers.forms._wikidata import WIKIDATA

FORMS: tuple[Form, ...] = (
    UNESCO,
    LINKED4RESILIENCE,
    EAMENA,
    MONUMENTS,
    WIKIDATA,
    OPENSTREETMAP,
)
