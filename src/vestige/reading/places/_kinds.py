"""The kinds of place that the gazetteer holds, and the form in which it is packed."""

from typing import Any

from numpy.typing import NDArray

CITY, COUNTRY, DIVISION, COUNTY, REGION = range(5)
KINDS = ("city", "country", "division", "county", "region")
"""What each of the five numbers is called."""

Arrays = dict[str, NDArray[Any]]
"""A packed gazetteer: flat arrays by name."""
