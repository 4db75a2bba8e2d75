"""The danger study: war, and the List of World Heritage in Danger."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from vestige.studying._errors import EditionError, EmptyStudyError
from vestige.studying._study import Figure, Study, Table
from vestige.studying.danger._eras import against_natural, by_era
from vestige.studying.danger._inference import harder_inference, with_inference
from vestige.studying.danger._robustness import danger_robustness
from vestige.studying.danger._words import DENOMINATORS, LIMITS, METHOD, REFERENCES, findings
from vestige.studying.data._editions import in_danger, load_editions
from vestige.studying.data._tables import Loaded
from vestige.studying.data._violence import check_years, deaths_by_country_year, load_country_years
from vestige.studying.report._figures import interval_figure, rate_figure
from vestige.studying.statistics._event_study import leads_and_lags, rates_around_start, war_starts
from vestige.studying.statistics._hazard import hazard_ratios, with_covariates
from vestige.studying.statistics._panel import PanelOptions, build_panel, year_before
from vestige.studying.statistics._rates import rates_by_class

LEAD_YEARS: Final = 2


def danger_study(sites: Sequence[Path], violence: Path, *, first: int = 1989, last: int = 2022) -> Study:
    """Study listings in danger and removals against deaths in organized violence.

    ``sites`` are UNESCO exports of one or more years, ``violence`` is UCDP's country-year file. Raises a `StudyInputError`
    when a file is not what it should be or does not cover the years.
    """
    editions, country_years = load_editions(sites), load_country_years(violence)
    _check(editions, country_years, first, last, violence)
    first = max(first, int(country_years.table["year"].min()) + 1)  # the year before must be known
    deaths = deaths_by_country_year(country_years.table)
    panel, dropped = build_panel(editions.table, deaths, year_before(first, last))
    cultural = panel[panel["category"] == "Cultural"]
    if not cultural["listing"].any():
        raise EmptyStudyError(f"no cultural property was listed in danger in {first} to {last}", where=sites[0].name)
    rates, natural = rates_by_class(cultural), rates_by_class(panel[panel["category"] == "Natural"])
    estimates = _estimates(editions.table, country_years.table, first, last)
    covered = with_covariates(panel)
    at_risk = covered[(covered["category"] == "Cultural") & covered["at_risk"]].reset_index(drop=True)
    eras, equal = by_era(at_risk, first, last)
    harder = harder_inference(at_risk, deaths)
    culture = against_natural(covered)
    around, reproduced = _around(editions.table, country_years.table, first, last), reproduce_levin(editions.table)
    return Study(
        name="danger",
        title="War and the List of World Heritage in Danger",
        question=f"How often were properties listed in danger, and taken off that list, by deaths around them, {first}-{last}?",
        findings=findings(rates, estimates, around, reproduced, eras, equal, culture, harder),
        method=METHOD,
        denominators=DENOMINATORS(cultural, rates),
        limits=LIMITS,
        references=REFERENCES,
        tables=(
            Table(name="hazard", title="Hazard ratios, clustered by country", data=_shown(estimates), on_page=True),
            Table(name="eras", title="Hazard ratio of war by era, one model", data=_shown(eras), on_page=True),
            Table(name="rates-cultural", title="Cultural properties by class of violence", data=rates),
            Table(name="rates-natural", title="Natural properties by class of violence (comparison)", data=natural),
            Table(name="event-study", title="Listings around the start of a war", data=around),
            Table(
                name="robustness",
                title="The same figures under other choices",
                data=with_inference(danger_robustness(editions.table, country_years.table, first, last), harder),
            ),
            Table(name="reproduction", title="Levin et al. 2019 reproduced", data=reproduced),
            Table(name="panel", title="The panel, one row a property and year", data=panel),
        ),
        figures=(_figure(rates), *([_around_figure(around)] if around["years"].any() else [])),
        sources=(*editions.sources, *country_years.sources),
        dropped=(*editions.dropped, *dropped),
        options={"first": first, "last": last},
    )


def _check(editions: Loaded, country_years: Loaded, first: int, last: int, violence: Path) -> None:
    edition = editions.table.attrs["edition"]
    if last >= edition:
        raise EditionError(
            f"the newest edition is of {edition}, which is not complete for {last}",
            where=editions.sources[-1].name,
            hint=f"give a newer export, or study years up to {edition - 1}",
        )
    if first > last:
        raise EditionError(f"the first year {first} is after the last {last}")
    check_years(country_years.table, first, last, violence.name)


def reproduce_levin(properties: pd.DataFrame) -> pd.DataFrame:
    """Count the List in Danger at the end of 2018 by region, as Levin et al. 2019 did: 54, of them 22 in the Arab States."""
    listed = properties[in_danger(properties, 2018)]
    counts = listed["region"].value_counts().sort_index()
    table = pd.DataFrame({"region": counts.index, "properties": counts.to_numpy()})
    table["share"] = table["properties"] / len(listed)
    return pd.concat(
        [table, pd.DataFrame([{"region": "all", "properties": len(listed), "share": 1.0}])], ignore_index=True
    )


def _estimates(properties: pd.DataFrame, country_years: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    deaths = deaths_by_country_year(country_years)
    options = year_before(first, last)
    main = with_covariates(build_panel(properties, deaths, options)[0])
    cultural, natural = main[main["category"] == "Cultural"], main[main["category"] == "Natural"]
    at_risk = cultural[cultural["at_risk"]]
    coverage = int(country_years["year"].max()) - LEAD_YEARS
    future = PanelOptions(first=first, last=min(last, coverage), lags=0, shift=LEAD_YEARS)
    return pd.concat(
        [
            _labelled("listing, cultural: 1,000+ against fewer", hazard_ratios(at_risk, "listing", ["war"])),
            _labelled(
                "listing, cultural: against none", hazard_ratios(at_risk, "listing", ["minor", "conflict", "war"])
            ),
            _labelled("listing, cultural: state-based deaths only", _state_based(properties, country_years, options)),
            _labelled(
                "comparison, natural: 1,000+ against fewer",
                hazard_ratios(natural[natural["at_risk"]], "listing", ["war"]),
            ),
            _labelled(
                f"placebo, cultural: war {LEAD_YEARS} years later, given war last year",
                _lead(at_risk, build_panel(properties, deaths, future)[0]),
            ),
            _labelled(
                "removal, cultural: 1,000+ against fewer",
                hazard_ratios(cultural[cultural["listed"]], "removal", ["war"], ""),
            ),
            _labelled("event study, cultural", leads_and_lags(cultural, _starts(properties, deaths, options))),
        ],
        ignore_index=True,
    )


def _labelled(model: str, table: pd.DataFrame) -> pd.DataFrame:
    return table.assign(model=model)[["model", *table.columns]]


def _state_based(properties: pd.DataFrame, country_years: pd.DataFrame, options: PanelOptions) -> pd.DataFrame:
    panel = with_covariates(build_panel(properties, deaths_by_country_year(country_years, "state_based"), options)[0])
    return hazard_ratios(panel[(panel["category"] == "Cultural") & panel["at_risk"]], "listing", ["war"])


def _lead(at_risk: pd.DataFrame, future: pd.DataFrame) -> pd.DataFrame:
    later = future[["id_no", "year"]].assign(war_later=(future["deaths"] >= 1000).astype(int))
    return hazard_ratios(at_risk.merge(later, on=["id_no", "year"]), "listing", ["war", "war_later"]).tail(1)


def _starts(properties: pd.DataFrame, deaths: dict[tuple[int, int], float], options: PanelOptions) -> pd.Series:
    cultural = properties[properties["category"] == "Cultural"]
    alone = PanelOptions(first=options.first - 1, last=options.last, lags=0)
    return war_starts(build_panel(cultural, deaths, alone)[0])


def _around(properties: pd.DataFrame, country_years: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    deaths, options = deaths_by_country_year(country_years), year_before(first, last)
    cultural = properties[properties["category"] == "Cultural"]
    return rates_around_start(build_panel(cultural, deaths, options)[0], _starts(properties, deaths, options))


def _shown(estimates: pd.DataFrame) -> pd.DataFrame:
    return estimates.drop(columns="note") if not estimates["note"].any() else estimates


def _figure(rates: pd.DataFrame) -> Figure:
    listing = rates.rename(columns={"listings": "events", "at_risk": "years"}).rename(
        columns=lambda n: n.replace("listing_", "")
    )
    removal = rates.rename(columns={"removals": "events", "listed": "years"}).rename(
        columns=lambda n: n.replace("removal_", "")
    )
    columns = ["class", "events", "years", "rate", "low", "high"]
    said = "; ".join(
        f"{row['class']} deaths: {row['listing_rate']:.2f} listings per 1,000 and {row['removal_rate']:.2f} removals per 100"
        for row in rates.to_dict("records")
    )
    return rate_figure(
        "rates",
        "Cultural properties: rate (dot), 95 % interval over countries (bar), events / property-years",
        f"Two panels of rates by deaths in a year. {said}.",
        [
            ("listings per 1,000 property-years at risk", listing[columns]),
            ("removals per 100 listed property-years", removal[columns]),
        ],
    )


def _around_figure(around: pd.DataFrame) -> Figure:
    labelled = around.rename(columns={"rate": "estimate"}).assign(
        label=[
            f"{step:+d}: {n} of {years}" for step, n, years in around[["year_to_start", "events", "years"]].to_numpy()
        ]
    )
    before = around[around["year_to_start"] < 0]
    alt = (
        f"Listings per 1,000 property-years by year to the start of a war. In the five years before, {before['events'].sum()} "
        f"listing(s) in {before['years'].sum()} property-years; from the start to year five, "
        f"{around[around['year_to_start'] >= 0]['events'].sum()} in {around[around['year_to_start'] >= 0]['years'].sum()}."
    )
    title = "Listings around the start of a war: year, listings of property-years, exact 95 % interval"
    return interval_figure(
        "event-study", title, alt, labelled, "listings per 1,000 property-years at risk", log=False, null=0.0
    )
