"""Writes tables-and-strata.json: reference values for k x m tables, strata, rankings, power and weighted panels.

Everything is computed from definitions, at 50 digits (mpmath 1.3) or in exact fractions, by enumeration or member by
member; nothing is shared with the code under test. Run: python3 tables-and-strata.py > tables-and-strata.json

Published tables: Berkeley admissions by department (Bickel, Hammel & O'Connell, Science 187, 1975, as tabulated since);
a cream against infection in eight centres (Agresti, Categorical Data Analysis, 2nd ed., Table 6.9).
"""
import itertools
import json
import sys
from fractions import Fraction
from math import comb

from mpmath import betainc, erfinv, exp, findroot, gammainc, inf, log, mp, mpf, ncdf, sqrt

mp.dps = 50


class Random:
    """A fixed linear congruential generator, so that the file can be made again anywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) % 2**64
        return (self.state >> 33) % n


def out(x):
    if x is None:
        return None
    if x == inf:
        return "Infinity"
    return float(x)


def chi_square_ln_tail(x, df):
    return log(gammainc(mpf(df) / 2, mpf(x) / 2, inf, regularized=True))


def normal_quantile(p):
    return sqrt(mpf(2)) * erfinv(2 * mpf(p) - 1)


Z = normal_quantile(mpf("0.975"))


# ---------------------------------------------------------------- k x m tables

def table_measures(table):
    rows = [sum(r) for r in table]
    cols = [sum(c) for c in zip(*table)]
    n = mpf(sum(rows))
    k, m = len(rows), len(cols)
    cells = [(mpf(table[i][j]), mpf(rows[i]) * cols[j] / n) for i in range(k) for j in range(m)]
    chi2 = sum((o - e) ** 2 / e for o, e in cells)
    g = 2 * sum(o * log(o / e) for o, e in cells if o > 0)
    df = (k - 1) * (m - 1)
    phi2 = chi2 / n
    excess = max(mpf(0), phi2 - df / (n - 1))
    kc, mc = k - (k - 1) ** 2 / (n - 1), m - (m - 1) ** 2 / (n - 1)

    def kl(p, q):
        return sum(x * log(x / y) for x, y in zip(p, q) if x > 0) / log(2)

    shares = [[mpf(x) / r for x in row] for row, r in zip(table, rows)]
    population = [c / n for c in cols]
    js = []
    for p in shares:
        middle = [(x + y) / 2 for x, y in zip(p, population)]
        js.append((kl(p, middle) + kl(population, middle)) / 2)
    return {
        "table": table,
        "chiSquare": out(chi2),
        "chiSquareLnP": out(chi_square_ln_tail(chi2, df)),
        "g": out(g),
        "gLnP": out(chi_square_ln_tail(g, df)),
        "mutualInformation": out(g / (2 * n)),
        "cramersV": out(sqrt(phi2 / (min(k, m) - 1))),
        "biasCorrectedCramersV": out(sqrt(excess / (min(kc, mc) - 1))),
        "kullbackLeiblerBits": [out(kl(p, population)) for p in shares],
        "jensenShannonBits": [out(x) for x in js],
    }


def all_tables(rows, cols):
    """Every table of non-negative integers with the given margins."""
    if len(rows) == 1:
        yield [list(cols)]
        return

    def fill(left, caps):
        if len(caps) == 1:
            if left <= caps[0]:
                yield [left]
            return
        for x in range(min(left, caps[0]) + 1):
            for rest in fill(left - x, caps[1:]):
                yield [x] + rest

    for first in fill(rows[0], cols):
        for rest in all_tables(rows[1:], [c - x for c, x in zip(cols, first)]):
            yield [first] + rest


def table_probability(table, rows, cols):
    remaining = list(cols)
    p = Fraction(1)
    left = sum(cols)
    for row, total in zip(table, rows):
        ways = 1
        for x, c in zip(row, remaining):
            ways *= comb(c, x)
        p *= Fraction(ways, comb(left, total))
        remaining = [c - x for c, x in zip(remaining, row)]
        left -= total
    return p


def freeman_halton(table):
    rows, cols = [sum(r) for r in table], [sum(c) for c in zip(*table)]
    observed = table_probability(table, rows, cols)
    p = sum(q for q in (table_probability(t, rows, cols) for t in all_tables(rows, cols)) if q <= observed)
    return {"table": table, "pValue": out(mpf(p.numerator) / p.denominator)}


def chance_levels(rows, cols):
    """Exact means over all tables with the margins, weighted by their probability under independence."""
    n = sum(rows)
    mi = v = total = mpf(0)
    for t in all_tables(rows, cols):
        q = table_probability(t, rows, cols)
        q = mpf(q.numerator) / q.denominator
        measures = 0
        chi = mpf(0)
        for i, r in enumerate(rows):
            for j, c in enumerate(cols):
                e = mpf(r) * c / n
                o = mpf(t[i][j])
                chi += (o - e) ** 2 / e
                if o > 0:
                    measures += o / n * log(o / e)
        mi += q * measures
        v += q * sqrt(chi / n / (min(len(rows), len(cols)) - 1))
        total += q
    assert abs(total - 1) < mpf(10) ** -40
    return {"rows": rows, "cols": cols, "mutualInformation": out(mi), "cramersV": out(v)}


def segment_chance(population, size):
    """Exact means of distances of a random sample without replacement from its population."""
    n = sum(population)
    q = [mpf(c) / n for c in population]
    tv = kl = js = mpf(0)
    for t in all_tables([size, n - size], population):
        w = table_probability(t, [size, n - size], population)
        w = mpf(w.numerator) / w.denominator
        p = [mpf(x) / size for x in t[0]]
        tv += w * sum(abs(x - y) for x, y in zip(p, q)) / 2
        middle = [(x + y) / 2 for x, y in zip(p, q)]
        kl += w * sum(x * log(x / y) for x, y in zip(p, q) if x > 0) / log(2)
        js += w * (
            sum(x * log(x / y) for x, y in zip(p, middle) if x > 0)
            + sum(x * log(x / y) for x, y in zip(q, middle) if x > 0)
        ) / 2 / log(2)
    return {
        "population": population,
        "size": size,
        "totalVariation": out(tv),
        "kullbackLeiblerBits": out(kl),
        "jensenShannonBits": out(js),
    }


# ---------------------------------------------------------------- strata

def stratified(name, strata):
    r = s = pr = mixed = qs = deviation = variance = mpf(0)
    rr_top = rr_bottom = rr_spread = rd_top = rd_weight = rd_spread = mpf(0)
    for a, b, c, d in strata:
        n = mpf(a + b + c + d)
        n1, n0, m1, m0 = a + b, c + d, a + c, b + d
        deviation += a - mpf(n1) * m1 / n
        variance += mpf(n1) * n0 * m1 * m0 / (n * n * (n - 1))
        R, S, P, Q = a * d / n, b * c / n, (a + d) / n, (b + c) / n
        r, s, pr, mixed, qs = r + R, s + S, pr + P * R, mixed + P * S + Q * R, qs + Q * S
        rr_top += a * n0 / n
        rr_bottom += c * n1 / n
        rr_spread += (mpf(m1) * n1 * n0 - mpf(a) * c * n) / n**2
        rd_top += (a * n0 - c * n1) / n
        rd_weight += n1 * n0 / n
        rd_spread += (a * b * mpf(n0) ** 3 + c * d * mpf(n1) ** 3) / (n1 * n0 * n * n)
    odds = r / s
    se = sqrt(pr / (2 * r * r) + mixed / (2 * r * s) + qs / (2 * s * s))
    rr = rr_top / rr_bottom
    rr_se = sqrt(rr_spread / (rr_top * rr_bottom))
    rd = rd_top / rd_weight
    rd_se = sqrt(rd_spread) / rd_weight
    bd = off = spread = mpf(0)
    for a, b, c, d in strata:
        n1, n0, m1 = mpf(a + b), mpf(c + d), mpf(a + c)
        low, high = max(mpf(0), m1 - n0), min(n1, m1)
        for _ in range(200):
            x = (low + high) / 2
            if x * (n0 - m1 + x) < odds * (n1 - x) * (m1 - x):
                low = x
            else:
                high = x
        x = (low + high) / 2
        v = 1 / (1 / x + 1 / (m1 - x) + 1 / (n1 - x) + 1 / (n0 - m1 + x))
        bd, off, spread = bd + (a - x) ** 2 / v, off + a - x, spread + v
    cmh = deviation**2 / variance
    return {
        "name": name,
        "strata": [dict(zip("abcd", x)) for x in strata],
        "cmh": out(cmh),
        "cmhLnP": out(chi_square_ln_tail(cmh, 1)),
        "oddsRatio": [out(odds), out(odds * exp(-Z * se)), out(odds * exp(Z * se))],
        "riskRatio": [out(rr), out(rr * exp(-Z * rr_se)), out(rr * exp(Z * rr_se))],
        "riskDifference": [out(rd), out(rd - Z * rd_se), out(rd + Z * rd_se)],
        "breslowDay": out(bd),
        "breslowDayTarone": out(bd - off**2 / spread),
    }


def exact_strata(strata):
    weights = {0: 1}
    for a, b, c, d in strata:
        n1, n0, m1 = a + b, c + d, a + c
        nxt = {}
        for total, w in weights.items():
            for x in range(max(0, m1 - n0), min(n1, m1) + 1):
                nxt[total + x] = nxt.get(total + x, 0) + w * comb(n1, x) * comb(n0, m1 - x)
        weights = nxt
    s = sum(x[0] for x in strata)
    whole = sum(weights.values())
    tail = sum(w for w in weights.values() if w <= weights[s])
    same = sum(w for w in weights.values() if w == weights[s])
    lowest = min(weights)

    def share(test, ln_odds, half):
        odds = exp(ln_odds)
        tilted = {k: mpf(w) * odds ** (k - lowest) for k, w in weights.items()}
        total = sum(tilted.values())
        part = sum(w for k, w in tilted.items() if test(k)) - (tilted[s] / 2 if half else 0)
        return part / total

    def solve(f):
        low, high = mpf(-40), mpf(40)
        for _ in range(170):
            x = (low + high) / 2
            if f(x) < 0:
                low = x
            else:
                high = x
        return exp((low + high) / 2)

    def limits(half):
        lo = None if s == lowest else solve(lambda x: share(lambda k: k >= s, x, half) - mpf("0.025"))
        hi = None if s == max(weights) else solve(lambda x: mpf("0.025") - share(lambda k: k <= s, x, half))
        return [0 if lo is None else out(lo), "Infinity" if hi is None else out(hi)]

    def mean(ln_odds):
        odds = exp(ln_odds)
        tilted = {k: mpf(w) * odds ** (k - lowest) for k, w in weights.items()}
        return sum(k * w for k, w in tilted.items()) / sum(tilted.values())

    if s == lowest:
        estimate = 0
    elif s == max(weights):
        estimate = "Infinity"
    else:
        estimate = out(solve(lambda x: mean(x) - s))
    return {
        "strata": [dict(zip("abcd", x)) for x in strata],
        "lnP": out(log(mpf(tail) / whole)),
        "lnMidP": out(log((mpf(tail) - mpf(same) / 2) / whole)),
        "estimate": estimate,
        "exact": limits(False),
        "midP": limits(True),
    }


# ---------------------------------------------------------------- rankings and power

def ranking(labels, scores):
    pos = [s for s, l in zip(scores, labels) if l]
    neg = [s for s, l in zip(scores, labels) if not l]

    def above(x, y):
        return mpf(1) if x > y else mpf("0.5") if x == y else mpf(0)

    placements = [sum(above(x, y) for y in neg) / len(neg) for x in pos]
    others = [sum(above(x, y) for x in pos) / len(pos) for y in neg]
    area = sum(placements) / len(pos)
    var = sum((v - area) ** 2 for v in placements) / (len(pos) - 1) / len(pos)
    var += sum((v - area) ** 2 for v in others) / (len(neg) - 1) / len(neg)
    ranks = sorted(scores)
    ties = [ranks.count(x) for x in set(ranks)]
    n = len(scores)
    sigma = sqrt(mpf(len(pos) * len(neg)) / 12 * (n + 1 - mpf(sum(t**3 - t for t in ties)) / (n * (n - 1))))
    z = (area - mpf("0.5")) * len(pos) * len(neg) / sigma
    return {
        "labels": labels,
        "scores": scores,
        "auc": out(area),
        "deLongVariance": out(var),
        "mannWhitneyP": out(2 * ncdf(-abs(z))),
    }


def power(p_out, diff, n_in, n_out, alpha):
    p_in = mpf(p_out) + mpf(diff)
    p_out = mpf(p_out)
    pooled = (n_in * p_in + n_out * p_out) / (n_in + n_out)
    null = sqrt(pooled * (1 - pooled) * (mpf(1) / n_in + mpf(1) / n_out))
    alt = sqrt(p_in * (1 - p_in) / n_in + p_out * (1 - p_out) / n_out)
    c = normal_quantile(1 - mpf(alpha) / 2)
    d = mpf(diff)
    value = ncdf((d - c * null) / alt) + ncdf((-d - c * null) / alt)
    return {"shareOutside": float(p_out), "difference": float(diff), "inside": n_in, "outside": n_out,
            "alpha": alpha, "power": out(value)}


# ---------------------------------------------------------------- weighted panels

def rao_scott(weights, rows, cols):
    """Second-order Rao-Scott test from member-level linearised values, with explicit matrices."""
    n = len(weights)
    total = sum(weights)
    k, m = max(rows) + 1, max(cols) + 1
    cells = [(i, j) for i in range(k) for j in range(m)]
    share = {c: sum(w for w, r, t in zip(weights, rows, cols) if (r, t) == c) / total for c in cells}
    z = [[w * ((1 if (r, t) == c else 0) - share[c]) / total for c in cells] for w, r, t in zip(weights, rows, cols)]
    V = mp.matrix(len(cells))
    for i in range(len(cells)):
        for j in range(len(cells)):
            V[i, j] = mpf(n) / (n - 1) * sum(row[i] * row[j] for row in z)
    C = mp.matrix(len(cells), (k - 1) * (m - 1))
    at = 0
    for a in range(k - 1):
        for b in range(m - 1):
            for x, (i, j) in enumerate(cells):
                C[x, at] = ((i == a) - mpf(1) / k) * ((j == b) - mpf(1) / m)
            at += 1
    D = mp.diag([1 / share[c] if share[c] > 0 else mpf(0) for c in cells])
    delta = mp.inverse(C.T * (D / n) * C) * (C.T * D * V * D * C)
    trace = sum(delta[i, i] for i in range(at))
    square = delta * delta
    df = trace**2 / sum(square[i, i] for i in range(at))
    row_share = [sum(share[(i, j)] for j in range(m)) for i in range(k)]
    col_share = [sum(share[(i, j)] for i in range(k)) for j in range(m)]
    x2 = n * sum((share[(i, j)] - row_share[i] * col_share[j]) ** 2 / (row_share[i] * col_share[j]) for i, j in cells)
    f = x2 / trace
    d2 = df * (n - 1)
    ln_p = log(betainc(d2 / 2, df / 2, 0, d2 / (d2 + df * f), regularized=True))
    return {"f": out(f), "df": out(df), "lnP": out(ln_p)}


def weighted_panel(seed, n, k, m):
    random = Random(seed)
    weights, rows, cols, ps = [], [], [], []
    for i in range(n):
        row = i % k
        weights.append(mpf(1 + random.below(400)) / 100)
        rows.append(row)
        cols.append((row if random.below(3) == 0 else random.below(m)) % m)
        ps.append(mpf(random.below(1001)) / 1000)
    total = sum(w for w, r in zip(weights, rows) if r == 0)
    p = sum(w for w, r, c in zip(weights, rows, cols) if r == 0 and c == 0) / total
    var = mpf(n) / (n - 1) * sum(((w * ((c == 0) - p)) / total) ** 2 for w, r, c in zip(weights, rows, cols) if r == 0)
    mass = sum(w * q for w, q in zip(weights, ps))
    other = sum(w * (1 - q) for w, q in zip(weights, ps))
    rate = sum(w * q for w, q, r in zip(weights, ps, rows) if r == 0) / mass
    rest = sum(w * (1 - q) for w, q, r in zip(weights, ps, rows) if r == 0) / other
    zs = [(w * q * ((r == 0) - rate) / mass, w * (1 - q) * ((r == 0) - rest) / other)
          for w, q, r in zip(weights, ps, rows)]
    fc = mpf(n) / (n - 1)
    size = sum(r == 0 for r in rows)
    effective = p * (1 - p) / var
    return {
        "weights": [float(w) for w in weights],
        "rows": rows,
        "cols": cols,
        "probabilities": [float(q) for q in ps],
        "share": out(p),
        "standardError": out(sqrt(var)),
        "kornGraubard": [out(x) for x in clopper_pearson(min(mpf(size), effective), p)],
        "softRate": out(rate),
        "softRateError": out(sqrt(fc * sum(x * x for x, _ in zs))),
        "softOther": out(rest),
        "softOtherError": out(sqrt(fc * sum(y * y for _, y in zs))),
        "softDisparityError": out(sqrt(fc * sum((x - y) ** 2 for x, y in zs))),
        "raoScott": rao_scott(weights, rows, cols),
    }


def clopper_pearson(size, p):
    x = size * p

    def solve(a, b, target):
        low, high = mpf(0), mpf(1)
        for _ in range(120):
            y = (low + high) / 2
            if betainc(a, b, 0, y, regularized=True) < target:
                low = y
            else:
                high = y
        return (low + high) / 2

    return solve(x, size - x + 1, mpf("0.025")), solve(x + 1, size - x, mpf("0.975"))


random = Random(20)
labels = [1 if random.below(3) == 0 else 0 for _ in range(60)]
scores = [random.below(12) + 3 * l for l in labels]

BERKELEY = [(512, 313, 89, 19), (353, 207, 17, 8), (120, 205, 202, 391), (138, 279, 131, 244), (53, 138, 94, 299),
            (22, 351, 24, 317)]
CREAM = [(11, 25, 10, 27), (16, 4, 22, 10), (14, 5, 7, 12), (2, 14, 1, 16), (6, 11, 0, 12), (1, 10, 0, 10),
         (1, 4, 1, 8), (4, 2, 6, 1)]

golden = {
    "tables": [table_measures(t) for t in [
        [[12, 7, 3], [4, 9, 15]],
        [[120, 90, 40], [110, 95, 45], [30, 22, 13]],
        [[1000003, 2000001, 999990], [3000009, 6000003, 2999970]],
        [[1000000000, 400000000], [2500000100, 999999900]],
        [[4000000000, 3, 20], [1, 4000000000, 7]],
        [[900, 20], [100, 880]],
    ]],
    "freemanHalton": [freeman_halton(t) for t in [
        [[3, 1, 0], [1, 4, 2], [0, 1, 5]],
        [[7, 2], [1, 8]],
        [[2, 2, 2, 2], [5, 0, 1, 3]],
        [[9, 0, 0], [0, 9, 0], [0, 0, 9]],
    ]],
    "chanceLevels": [chance_levels([6, 8], [5, 4, 5]), chance_levels([20, 20], [20, 20]), chance_levels([9, 9, 9], [9, 9, 9])],
    "segmentChance": [segment_chance([30, 50, 20], 10), segment_chance([5, 95], 8), segment_chance([400, 600], 100)],
    "strata": [stratified("admissions", BERKELEY), stratified("cream", CREAM),
               stratified("large", [(40000000, 960000000, 80000000, 1920000000), (3000, 7000, 300000, 690000)])],
    "exactStrata": [exact_strata(s) for s in [
        CREAM,
        [(3, 1, 2, 6), (4, 2, 1, 5), (0, 3, 2, 4)],
        [(0, 6, 3, 5), (0, 2, 1, 9)],
        [(5, 0, 2, 7), (3, 0, 0, 4)],
        [(60, 5, 4, 70), (55, 4, 6, 66)],
    ]],
    "ranking": ranking(labels, scores),
    "power": [power("0.05", "0.03", 400, 20000, 0.05), power("0.3", "-0.1", 90, 900, 0.01)],
    "weighted": [weighted_panel(5, 60, 2, 2), weighted_panel(6, 90, 3, 4)],
}
json.dump(golden, sys.stdout, indent=1)
print()
