"""Studies: what was found by a reproducible method, with its files."""

from collections.abc import Iterable

from vestige.entries import Study, StudyFile
from vestige.publishing.kinds._data_file import nested_file
from vestige.publishing.kinds._kind import Facts, Listing, PageKind
from vestige.publishing.kinds._rows import entered
from vestige.publishing.views._collect import Collector
from vestige.publishing.views._views import StudyView


def study_view(collector: Collector, about: str) -> StudyView | None:
    """Build the page of a study."""
    entry = collector.current(about)
    if entry is None or not isinstance(entry.body, Study):
        return None
    ref = collector.ref(entry)
    figures = (file.file for file in entry.body.files if file.media_type.startswith("image/"))
    return StudyView(
        id=about,
        body=entry.body,
        entry=ref,
        entries=(ref,),
        files=_files(collector, entry.body.files),
        inputs=_files(collector, entry.body.inputs),
        sizes=collector.sizes(collector.files(figures)),
    )


def _files(collector: Collector, files: Iterable[StudyFile]) -> tuple[tuple[str, str | None, str | None, str], ...]:
    return tuple((file.name, collector.file(file.file), file.description, file.media_type) for file in files)


def _facts(_collector: Collector, view: StudyView, _origin: str) -> Facts:
    files = [file.file for file in (*view.body.files, *view.body.inputs)]
    return Facts(pieces={"studies.json": entered(view)}, files=files)


STUDY = PageKind(
    body=Study,
    heading="Studies",
    view=study_view,
    title=lambda view, _words: str(view.body.title),
    template="study.html",
    facts=_facts,
    files=(nested_file("studies.json", "Studies"),),
    counts=lambda tallied: {"studies": tallied.things},
    card_of=study_view,
    listing=Listing(folder="studies", title="Studies", template="studies.html"),
)
