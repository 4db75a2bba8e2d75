"""What the danger study says: findings from the numbers, and its method, denominators and limits in words."""

from typing import Final

import pandas as pd

METHOD: Final = (
    (
        "UNESCO's exports are joined by property: the newest that holds a property speaks for it, one absent from a newer export is "
        "kept until the last that shows it. A property enters in its year of inscription."
    ),
    (
        "Violence is UCDP's best estimate of deaths in all organized violence in the year before, in the state "
        "party with most; deaths of the year itself may have followed the session. A state's years before independence take its predecessor's deaths (Croatia 1991: Yugoslavia)."
    ),
    (
        "Rates carry 95 % percentile intervals from 2,000 bootstrap draws of whole countries. Hazard ratios come from discrete-time "
        "models (complementary log-log), adjusted for region, five-year period and years since inscription (removals: "
        "unadjusted), with covariance clustered by country."
    ),
    (
        "Proportional hazards are tested by letting the ratio of war differ between eras (Wald). Harder inference: jackknife over countries "
        "(CV3), a level for each country, 999 seeded permutations of war histories (score test). Comparisons: natural properties; war "
        "two years later, given war last year; the five years before a war starts."
    ),
)

LIMITS: Final = (
    (
        "These are associations between deaths in a country and decisions of a committee of states. They are never causes: the "
        "Committee may list late, or not, for reasons that have nothing to do with the state of a place."
    ),
    (
        "A property in a large country may lie far from its wars. Natural properties rise with war too (there, parks are where "
        "armed groups live), so they are a comparison, not a null."
    ),
    (
        "A removal says that the Committee found the threat past, not that anything was rebuilt; a deletion from the World Heritage "
        "List (Liverpool 2021) is counted apart. Two properties deleted before the first export given are in none (Arabian Oryx "
        "Sanctuary 2007, Dresden Elbe Valley 2009)."
    ),
    (
        "Few events: intervals are wide, and one war (Syria 2013) lists six properties at once. Joins of Jerusalem and the "
        "Palestinian territories follow UCDP's coding of location and say nothing of sovereignty."
    ),
)

REFERENCES: Final = (
    "UNESCO World Heritage Centre, World Heritage List, whc.unesco.org/en/list.",
    "Davies, Engström, Pettersson, Öberg: Organized violence, UCDP (CC BY 4.0), ucdp.uu.se.",
    "Levin et al. 2019, Global Environmental Change, doi 10.1016/j.gloenvcha.2019.02.001.",
    "Prentice and Gloeckler 1978, Biometrics 34: 57-67.",
)


def DENOMINATORS(cultural: pd.DataFrame, rates: pd.DataFrame) -> tuple[str, ...]:  # noqa: N802 - reads as its neighbours do
    """Say what was counted."""
    return (
        (
            f"{cultural['id_no'].nunique():,} cultural properties in {cultural['country'].nunique()} countries; "
            f"{int(rates['at_risk'].sum()):,} property-years at risk of listing with {int(rates['listings'].sum())} listings."
        ),
        (
            f"{_at_inscription(cultural)} of these listings came in the year of inscription, when a property had not been at risk before. "
            f"{int(rates['listed'].sum()):,} listed property-years with {int(rates['removals'].sum())} removals and "
            f"{int(rates['deletions'].sum())} deletion(s)."
        ),
    )


def _at_inscription(cultural: pd.DataFrame) -> int:
    return int((cultural["listing"] & cultural["at_risk"] & (cultural["age"] == 0)).sum())


def findings(
    rates: pd.DataFrame,
    estimates: pd.DataFrame,
    around: pd.DataFrame,
    levin: pd.DataFrame,
    eras: pd.DataFrame,
    equal: float,
    culture: pd.DataFrame,
    harder: pd.DataFrame,
) -> tuple[str, ...]:
    """Say what came out, and what could not be told."""
    listing = ", ".join(f"{value:.2f}" for value in rates["listing_rate"])
    removal = ", ".join(f"{value:.2f}" for value in rates["removal_rate"])
    main = estimates.iloc[0]
    by_term = estimates.set_index("term")
    lead, before = by_term.loc["war_later"], by_term.loc["before_war"]
    natural = estimates[estimates["model"].str.startswith("comparison, natural")].iloc[0]
    leads = around[around["year_to_start"] < 0]
    return (
        (
            f"Listings per 1,000 cultural property-years after years of 0, 1-24, 25-999 and 1,000+ deaths: {listing}. Removals per 100 "
            f"listed property-years: {removal}. How far these are known stands in the table, with 95 % intervals over countries."
        ),
        f"{_of_war(main)} {_of_eras(eras, equal)}{_of_checks(harder)}",
        f"{_null(natural, 'The same model for natural properties')} {_of_culture(culture.iloc[0])}",
        (
            f"{_null(lead, 'War two years later, given war last year,')} In the five years before a war listings fell in "
            f"{int(leads['events'].sum())} of {int(leads['years'].sum())} property-years ({_ratio(before)}{_imprecise(before)})."
        ),
        _levin(levin),
    )


def _of_war(row: pd.Series) -> str:
    if pd.isna(row["hazard_ratio"]):
        return f"No hazard ratio of war (1,000+ deaths) can be given: {row['note']}."
    return f"War (1,000+ deaths) is associated with {_ratio(row)} times the hazard of a listing{_imprecise(row)}."


def _of_eras(eras: pd.DataFrame, equal: float) -> str:
    """Say the ratio by era, and whether one number can stand for all."""
    ratios = "; ".join(f"{row.term[4:].replace('_', '-')}: {_ratio(eras.loc[row.Index])}" for row in eras.itertuples())
    if pd.isna(equal):
        return f"By era {ratios}; whether they are equal cannot be tested."
    if equal < 0.05:
        return f"That is an average of eras that differ (test of equality p = {equal:.3f}): {ratios}."
    return f"By era {ratios}; whether they differ could not be told (test of equality p = {equal:.2f})."


def _of_checks(harder: pd.DataFrame) -> str:
    """Say how far few countries carry the ratio: its interval when they are left out in turn, and within countries."""
    if len(harder) < 5:
        return ""
    carried, jackknife, within, among, shifted = (row for _, row in harder.iterrows())
    return (
        f" It rests on {carried['note']}: with whole countries left out in turn {_ratio(jackknife)}, within countries {_ratio(within)}; "
        f"worlds with the wars of a region dealt out anew among its countries look as strong with p = {among['p_value']:.3f}, with wars "
        f"at other times p = {shifted['p_value']:.3f}."
    )


def _of_culture(row: pd.Series) -> str:
    if pd.isna(row["hazard_ratio"]):
        return f"Whether anything of this is specific to culture could not be estimated ({row['note']})."
    told = f"the ratio of cultural properties is {_ratio(row)} times that of natural ones"
    if row["low"] <= 1 <= row["high"]:
        return f"Whether anything of this is specific to culture could not be told: {told}."
    return f"Cultural and natural properties differ: {told}."


def _ratio(row: pd.Series) -> str:
    if pd.isna(row["hazard_ratio"]):
        return "no estimate: " + str(row["note"])
    return f"{row['hazard_ratio']:.1f} [{row['low']:.1f}, {row['high']:.1f}]"


def _null(row: pd.Series, what: str) -> str:
    if pd.isna(row["hazard_ratio"]):
        return f"{what} could not be estimated ({row['note']})."
    if row["low"] <= 1 <= row["high"]:
        return f"{what} gives {_ratio(row)}, too imprecise to exclude an effect."
    return f"{what} shows an association: {_ratio(row)}."


def _imprecise(row: pd.Series) -> str:
    return ", too imprecise to exclude an effect" if row["low"] <= 1 <= row["high"] else ""


def _levin(table: pd.DataFrame) -> str:
    counts = dict(zip(table["region"], table["properties"], strict=True))
    total, arab = int(counts["all"]), int(counts.get("Arab States", 0))
    share = f"{arab / total:.0%}" if total else "none"
    same = "as Levin et al. 2019 report" if (total, arab) == (54, 22) else "where Levin et al. 2019 report 54 and 22"
    return (
        f"At the end of 2018, {total} properties were in danger, {arab} of them ({share}) in the Arab States, {same}."
    )
