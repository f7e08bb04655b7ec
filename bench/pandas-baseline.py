"""What a data scientist would write by hand: chi-square over segments x values with Benjamini-Hochberg and lift, in pandas."""

import resource
import sys
import time

import pandas as pd
from math import erfc, sqrt

start = time.time()
assignments = pd.read_csv(sys.argv[1], dtype=str).drop_duplicates()
traits = pd.read_csv(sys.argv[2], dtype=str)
joined = assignments.merge(traits, on="user_id")
rows = []
for trait in traits.columns[1:]:
    totals = traits[trait].value_counts()
    n = totals.sum()
    table = pd.crosstab(joined["segment_id"], joined[trait])
    inside = table.sum(axis=1)
    for value in table.columns:
        a = table[value]
        expected = inside * totals[value] / n
        variance = expected * (1 - totals[value] / n) * (1 - inside / n)
        z = (a - expected) / variance.pow(0.5)
        for segment, score, lift in zip(table.index, z, a / expected):
            rows.append((segment, trait, value, erfc(abs(score) / sqrt(2)), lift))
result = pd.DataFrame(rows, columns=["segment", "trait", "value", "p", "lift"]).sort_values("p")
result["q"] = (result["p"] * len(result) / range(1, len(result) + 1))[::-1].cummin()[::-1]
flagged = ((result["q"] < 0.05) & (result["lift"] > 1.25)).sum()
print(f"{flagged} flagged, {time.time() - start:.2f} s, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
