"""Headings of plain tables, in the languages that registers are written in, and what they hold.

A table in English with these headings needs no word; in any other language a line says what was taken for what.
"""

import re
from collections.abc import Sequence

from vestige.capture.registers._rows import LATITUDE, LONGITUDE

_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")
FIELDS = ("name", "lat", "lon", "coordinates", "id", "type", "country", "address", "description", "wkt", "sensitive")
PLAIN = {
    "name": ("name", "title", "site name", "site_name", "sitename"),
    "lat": ("latitude", "lat", "y", LATITUDE),
    "lon": ("longitude", "lon", "lng", "long", "x", LONGITUDE),
    "coordinates": ("coordinates", "coordinate", "coords", "coord", "location", "lat lon", "lat, lon", "latlng", "geo_point_2d", "mgrs", "utm"),
    "wkt": ("wkt", "geometry", "geom", "the_geom", "wkb", "wkb_geometry", "wkt_geom", "geom_wkt", "wkt_lng_lat"),
    "id": ("id", "identifier", "@id", "site_id", "site id", "id_no", "site"),
    "type": ("type", "category"),
    "country": ("country", "country_code", "iso_code", "country code"),
    "address": ("address",),
    "description": ("description", "desc"),
    "sensitive": ("sensitive", "sensitivity"),
}  # fmt: skip
GUESSED = {
    "name": (
        "nom", "nom du site", "nom du monument", "dénomination", "désignation", "appellation",
        "название", "наименование", "имя", "название объекта", "наименование объекта",
        "назва", "найменування", "назва об'єкта", "անուն", "անվանում", "անվանումը", "հուշարձան", "ad", "adı", "abidənin adı",
        "اسم", "الاسم", "اسم الموقع", "اسم الموقع الأثري", "نام", "isim", "ismi", "yapı adı", "eser adı",
        "nombre", "denominación", "bezeichnung", "objekt", "nazwa", "název", "naziv", "nome", "denominazione", "naam", "site",
        "monument", "place", "resource name", "site_name_en", "name_en", "name (en)", "name en", "full name", "label",
    ),
    "lat": (
        "широта", "широта, °", "географическая широта", "լայնություն", "լայն", "enlik", "enlem", "en dairəsi", "خط العرض", "عرض",
        "دائرة العرض", "عرض جغرافیایی", "latitud", "latitudine", "breitengrad", "geographische breite", "szerokość", "szerokość geograficzna",
        "zeměpisná šířka", "geografska širina", "latitude (dd)", "latitude dd", "lat_dd", "latitude_wgs84", "lat (wgs84)",
        "wgs84_lat", "decimallatitude", "latitude n", "latitude (n)", "y_wgs84", "northing", "point_y", "y_coord", "lat.", "coord_y", "ycoord",
    ),
    "lon": (
        "долгота", "долгота, °", "географическая долгота", "довгота", "երկայնություն", "երկ", "uzunluq", "boylam", "خط الطول", "طول",
        "طول جغرافیایی", "longitud", "longitudine", "längengrad", "geographische länge", "długość", "długość geograficzna",
        "zeměpisná délka", "geografska dužina", "longitude (dd)", "longitude dd", "lon_dd", "longitude_wgs84", "lon (wgs84)",
        "wgs84_lon", "decimallongitude", "longitude e", "longitude (e)", "x_wgs84", "easting", "point_x", "x_coord", "lon.", "coord_x", "xcoord",
    ),
    "coordinates": (
        "coordonnées", "coordonnées gps", "coordonnees", "gps", "координаты", "координати", "կոորդինատներ", "koordinatlar", "koordinat",
        "إحداثيات", "الإحداثيات", "مختصات", "coordenadas", "coordinate gps", "koordinaten", "współrzędne", "souřadnice", "koordinate", "point",
        "gps coordinates", "lat/lon", "lat/long", "latitude/longitude", "latitude, longitude", "lat long", "latlon", "geolocation",
    ),
    "wkt": ("geometrie", "géométrie", "geometria", "shape", "outline", "geometric place expression", "wkt_lat_lng"),
    "id": ("№", "номер", "nr", "no", "numéro", "identifiant", "код", "ref", "reference", "objectnummer", "n°", "ідентифікатор", "համար", "nömrə", "رقم", "الرقم", "code"),
    "type": ("тип", "вид", "տեսակ", "növ", "tür", "النوع", "نوع", "tipo", "catégorie", "категория", "категорія"),
    "country": ("pays", "страна", "країна", "երկիր", "ölkə", "ülke", "البلد", "الدولة", "país", "land", "iso", "iso2", "country_iso", "country iso"),
    "address": ("adresse", "адрес", "адреса", "հասցե", "ünvan", "adres", "العنوان", "dirección"),
    "sensitive": (
        "sensible", "confidentiel", "чувствительный", "чувствительно", "секретно", "чутливий", "чутливо", "вразливий", "həssas", "məxfi", "զգայուն", "գաղտնի",
        "حساس", "سري", "restricted", "confidential", "looting risk", "sensitive site",
    ),
    "description": ("описание", "опис", "նկարագրություն", "təsvir", "açıklama", "الوصف", "descripción", "beschreibung"),
}  # fmt: skip


def guess(columns: Sequence[str]) -> tuple[dict[str, str], bool]:
    """Map fields to columns by their headings, and tell whether any was guessed; nothing where name or place is not among them."""
    have = set(columns)
    bare = {_ASIDE.sub("", column).strip(" ,°"): column for column in reversed(columns)}
    mapping, guessed = {}, False
    for field, known in PLAIN.items():
        column = next((name for name in known if name in have), "")
        if not column:
            column = next((name for name in GUESSED[field] if name in have), "") if field in GUESSED else ""
            alike = (*known, *GUESSED.get(field, ())) if field in {"name", "lat", "lon"} else ()
            column = column or next((bare[name] for name in alike if name in bare), "")
            guessed = guessed or bool(column)
        if column:
            mapping[field] = column
    if mapping.get("id") == mapping.get("name"):
        mapping.pop("id", None)
    if {"lat", "lon"} <= mapping.keys():
        mapping.pop("coordinates", None)
    placed = {"lat", "lon"} <= mapping.keys() or {"coordinates", "wkt"} & mapping.keys()
    return (mapping, guessed) if "name" in mapping and placed else ({}, False)
