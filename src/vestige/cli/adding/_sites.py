"""``vestige add sites``: the sites of a register."""

from pathlib import Path

from vestige.capture import plan_import, read_register
from vestige.cli._console import print_json, progress
from vestige.cli._options import WRITE, ToRecord
from vestige.cli.adding._sites_report import as_json, print_assessments, print_import
from vestige.cli.adding._table import errors_of, order, read_mapping, table_bytes
from vestige.keeping.adding import enter_assessments, enter_sites, site_finder, without_telling


def sites(
    file: Path,
    *,
    map: str | None = None,  # noqa: A002 - the option's name
    register: str | None = None,
    encoding: str | None = None,
    sensitive: bool = False,
    trust_coordinates: bool = False,
    only_new: bool = False,
    assessments: bool = False,
    crs: str | None = None,
    layer: str | None = None,
    dates: str | None = None,
    dry_run: bool = False,
    at: ToRecord = WRITE,
) -> int:
    """Add the sites of a register: CSV, GeoJSON, JSON, KML, GPX, GeoPackage, zipped shapefile, spreadsheet.

    UNESCO World Heritage, Linked4Resilience, EAMENA and Wiki Loves Monuments are known by their columns; --map says it for any other.
    Rows of one site are merged. Rows that cannot be read are listed with their line; the others come in. A register that is added
    again adds nothing; where it changed, the sites are corrected.

    Example: vestige add sites parish.csv --map name=Title,name:fr=Titre,lat=Y,lon=X,id=Nr

    Parameters
    ----------
    file
        The register.
    map
        Which column is what, by its heading or number: name, name:LANGUAGE, lat, lon, coordinates, id, type, country, address,
        description, wkt.
    register
        What to call a register of unknown form; without it the file's name.
    encoding
        The encoding of the file, where it is not UTF-8 or Windows-1252, such as cp1251.
    sensitive
        Mark every site as sensitive: its exact place is never published.
    trust_coordinates
        Take also places whose latitude and longitude look swapped.
    only_new
        Add sites that are not in the record and leave the others as they are: for an older edition of a register.
    assessments
        Enter the assessments of the register too, where its form has any (EAMENA).
    crs
        The reference system of places that are not in degrees, such as EPSG:32637.
    layer
        The layer, sheet or folder to read, where the file has several.
    dates
        How 01/02/2021 is meant in assessments: dmy or mdy.
    dry_run
        Say what would be done, and do nothing.
    """
    with errors_of(file):
        read = read_register(
            table_bytes(file),
            mapping=read_mapping(map) if map is not None else None,
            encoding=encoding,
            sensitive=sensitive,
            trust_coordinates=trust_coordinates,
            register=register or file.stem,
            crs=crs,
            layer=layer,
            dates=order(dates),
        )
    with at.open() as opened:
        read = without_telling(opened, read)
        plan = plan_import(read.sites, site_finder(opened), only_new=only_new)
        if not dry_run:
            opened.signing_key()
            with progress() as bar:
                task = bar.add_task("adding sites", total=None)
                enter_sites(opened, plan, lambda done, whole: bar.update(task, completed=done, total=whole))
        entered = enter_assessments(opened, read) if assessments and not dry_run else 0
    if at.json:
        print_json(as_json(read, plan, dry_run=dry_run) | {"assessments_added": entered})
    else:
        print_import(read, plan, dry_run=dry_run)
        print_assessments(read, entered, asked=assessments)
    return 2 if read.rows and not read.sites else 0
