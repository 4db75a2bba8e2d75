"""From a catalogue of scenes to time lines of pixels around sites.

Find, plan, read, stack::

    found = find_scenes(catalogue, sites=sites, intervals=intervals, collection=collection)
    plan = plan_reads(found.scenes, sites, bands=("vv", "vh"), pixels=33, headers=reader_for(settings).headers)
    scenes = read_scenes(plan, settings)
    series = stack(scenes.chips, bands=plan.bands, pixels=3)

Nothing here tests for change, and nothing knows of records.
"""

from vestige.observing.scenes._bounds import Bounds, Searched
from vestige.observing.scenes._cache import Cache, default_cache
from vestige.observing.scenes._catalogs import Found, Interval, find_scenes
from vestige.observing.scenes._chips import Chip, Evidence, FileResult
from vestige.observing.scenes._evidence import (
    Dossier,
    Exhibit,
    Recheck,
    dossiers,
    pack_dossier,
    recheck,
    unpack_dossier,
)
from vestige.observing.scenes._executors import DaskExecutor, Executor, ProcessExecutor, ThreadExecutor, make_executor
from vestige.observing.scenes._faults import FaultKind, Finding, ReadFault
from vestige.observing.scenes._guard import shown
from vestige.observing.scenes._headers import Headers
from vestige.observing.scenes._plan import FileRead, Plan, plan_reads
from vestige.observing.scenes._ranges import HttpSource, LocalSource, Part, Retries, Source, is_local
from vestige.observing.scenes._read import Reader, ReaderSettings, Scenes, read_scenes, reader_for
from vestige.observing.scenes._scene import Acquisition, Asset, Scene, scene_from_item
from vestige.observing.scenes._signing import SIGNERS, Signer, make_signer, signer_name
from vestige.observing.scenes._sites import Site, read_sites
from vestige.observing.scenes._stack import geometry, is_optical, stack, surroundings
from vestige.observing.scenes._tiff import Header, Layout, parse_header
from vestige.observing.scenes._windows import ByteRange, Cut, Tile

__all__ = [
    "SIGNERS",
    "Acquisition",
    "Asset",
    "Bounds",
    "ByteRange",
    "Cache",
    "Chip",
    "Cut",
    "DaskExecutor",
    "Dossier",
    "Evidence",
    "Executor",
    "Exhibit",
    "FaultKind",
    "FileRead",
    "FileResult",
    "Finding",
    "Found",
    "Header",
    "Headers",
    "HttpSource",
    "Interval",
    "Layout",
    "LocalSource",
    "Part",
    "Plan",
    "ProcessExecutor",
    "ReadFault",
    "Reader",
    "ReaderSettings",
    "Recheck",
    "Retries",
    "Scene",
    "Scenes",
    "Searched",
    "Signer",
    "Site",
    "Source",
    "ThreadExecutor",
    "Tile",
    "default_cache",
    "dossiers",
    "find_scenes",
    "geometry",
    "is_local",
    "is_optical",
    "make_executor",
    "make_signer",
    "pack_dossier",
    "parse_header",
    "plan_reads",
    "read_scenes",
    "read_sites",
    "reader_for",
    "recheck",
    "scene_from_item",
    "shown",
    "signer_name",
    "stack",
    "surroundings",
    "unpack_dossier",
]
