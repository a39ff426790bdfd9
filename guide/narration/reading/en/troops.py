"""English short names of troops: «1st Cav. Div.», «2nd Bn.»."""

from guide.narration.reading.scan import Rule, always, before, by_first, compiled

TROOPS = {
    "Cav": "Cavalry",
    "Div": "Division",
    "Bn": "Battalion",
    "Bns": "Battalions",
    "Regt": "Regiment",
    "Bde": "Brigade",
    "Inf": "Infantry",
    "Arty": "Artillery",
    "Abn": "Airborne",
    "Armd": "Armoured",
    "Sqn": "Squadron",
    "Coy": "Company",
}
AFTER_ORDINAL = before(r"\d(?:st|nd|rd|th)\s(?:[A-Z][a-z]+\.?,?\s){0,2}")
ABBREVIATIONS = by_first(
    (short, rule)
    for short, spoken in TROOPS.items()
    for rule in (
        Rule(compiled(rf"{short}\.(?=\s*,|\s+[A-Z\d])|{short}(?![^\W_])\.?"), always(spoken), AFTER_ORDINAL),
        Rule(compiled(rf"{short}\."), always(spoken)),
    )
)
