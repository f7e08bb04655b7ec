"""Computes distributions.json and two-by-two.json with arithmetic of 50 digits and more, from definitions and by other ways than the code under test:
sums over all terms, restricted likelihoods by bisection of the score equation, quantiles by root finding. See README.md."""

import json
import os
import sys

import mpmath as mp

mp.mp.dps = 50
HERE = os.path.dirname(os.path.abspath(__file__))
ALPHA = mp.mpf(1) / 20
Z = mp.findroot(lambda x: mp.erfc(x / mp.sqrt(2)) / 2 - ALPHA / 2, 1.96)

# Own choice: corners, ties, published examples, rare values, and counts to 4e9.
TABLES = [
    (3, 1, 1, 3), (1, 1, 1, 1), (0, 5, 5, 10), (5, 0, 5, 10), (5, 10, 0, 5), (5, 10, 5, 0), (0, 5, 10, 0), (5, 0, 0, 10),
    (0, 5, 0, 10), (5, 0, 10, 0), (1, 0, 0, 1), (0, 1, 1, 0), (2, 0, 0, 3), (56, 14, 48, 32), (9, 1, 3, 7), (6, 1, 2, 5),
    (5, 51, 0, 29), (0, 10, 0, 20), (10, 0, 0, 20), (10, 0, 0, 10), (2, 11, 0, 1), (9, 2, 1, 13), (2, 1, 1, 18), (1, 9, 11, 3),
    (7, 12, 0, 5), (10, 2, 3, 15), (3, 7, 3, 7), (4, 16, 40, 160), (0, 25, 30, 2000), (25, 0, 300, 2000), (12, 88, 150, 9850),
    (40, 60, 1000, 9000), (1, 799, 15, 39000), (0, 2500, 36, 64000), (300, 700, 2000, 18000), (180, 1820, 2000, 18000),
    (2950, 50, 15000, 2000), (5000, 15000, 20000, 160000), (31, 1000, 3000, 400000), (60, 40, 200000, 3800000),
    (12, 0, 1000000000, 1000000000), (0, 40, 500000000, 500000000), (211, 36225, 4025946, 659793504),
    (1003, 26003, 1177419, 30556634), (1000000000, 999000000, 998000000, 1000000000), (5, 999999995, 3, 2999999997),
    (1000000000, 1000000000, 1000000000, 1000000000),
]
FISHER_LIMIT = 6000  # longest support that is summed term by term


def text(x):
    if x is None:
        return None
    if x == mp.inf:
        return "Infinity"
    return float(x)


def bisect(f, low, high):
    """Root of a decreasing function."""
    low, high = mp.mpf(low), mp.mpf(high)
    for _ in range(170):
        middle = (low + high) / 2
        if f(middle) > 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def ln_choose(n, k):
    return mp.loggamma(n + 1) - mp.loggamma(k + 1) - mp.loggamma(n - k + 1)


def support(a, b, c, d):
    drawn, marked, total = a + b, a + c, a + b + c + d
    return max(0, drawn + marked - total), min(drawn, marked)


def ln_hypergeometric(k, drawn, marked, total):
    return ln_choose(marked, k) + ln_choose(total - marked, drawn - k) - ln_choose(total, drawn)


def weights(a, b, c, d):
    low, high = support(a, b, c, d)
    first = mp.exp(ln_hypergeometric(low, a + b, a + c, a + b + c + d))
    drawn, marked, rest = a + b, a + c, d - a
    result = [first]
    for k in range(low, high):
        result.append(result[-1] * (marked - k) * (drawn - k) / ((k + 1) * (rest + k + 1)))
    return low, result


def exact_tests(a, b, c, d):
    low, high = support(a, b, c, d)
    if high - low > FISHER_LIMIT:
        return {}
    low, p = weights(a, b, c, d)
    observed = p[a - low]
    tolerance = mp.mpf(10) ** -7
    two = sum(x for x in p if x <= observed * (1 + tolerance))
    tied = sum(x for x in p if abs(x / observed - 1) <= tolerance)
    greater, less = sum(p[a - low:]), sum(p[: a - low + 1])
    answer = {
        "fisherLnP": text(mp.log(two)),
        "fisherLnPGreater": text(mp.log(greater)),
        "fisherLnPLess": text(mp.log(less)),
        "midPLnP": text(mp.log(two - tied / 2)),
        "doubledMidPLnP": text(mp.log(min(mp.mpf(1), 2 * min(greater - observed / 2, less - observed / 2)))),
    }
    if high > low and high - low <= 200:
        answer.update(conditional(a, low, p))
    return answer


def conditional(a, low, p):
    def at(t):
        w = [x * mp.exp(t * (low + i - a)) for i, x in enumerate(p)]
        return [x / mp.fsum(w) for x in w]

    i, last = a - low, len(p) - 1
    def limit(own, tail, upper):
        def f(t):
            w = at(t)
            mass = mp.fsum(w[:i] if upper else w[i + 1:]) + own * w[i]
            return mass - tail if upper else tail - mass
        return mp.exp(bisect(f, -60, 60))

    inner = 0 < i < last
    edge = 0 if i == 0 else mp.inf
    mean = lambda t: i - mp.fsum(j * x for j, x in enumerate(at(t)))
    return {
        "conditionalOddsRatio": text(mp.exp(bisect(mean, -60, 60)) if inner else edge),
        "medianUnbiasedOddsRatio": text(limit(mp.mpf(1) / 2, mp.mpf(1) / 2, True) if inner else edge),
        "exactOddsRatio": [text(0 if i == 0 else limit(1, ALPHA / 2, False)), text(mp.inf if i == last else limit(1, ALPHA / 2, True))],
        "midPOddsRatio": [
            text(0 if i == 0 else limit(mp.mpf(1) / 2, ALPHA / 2, False)),
            text(mp.inf if i == last else limit(mp.mpf(1) / 2, ALPHA / 2, True)),
        ],
    }


def ln_chi_square_tail(x):
    return mp.log(mp.erfc(mp.sqrt(x / 2))) if x > 0 else mp.mpf(0)


def large_tests(a, b, c, d):
    n1, n0, k, l, n = a + b, c + d, a + c, b + d, a + b + c + d
    if 0 in (n1, n0, k, l):
        return {}
    x = mp.mpf(n) * (a * d - b * c) ** 2 / (mp.mpf(n1) * n0 * k * l)
    g = mp.mpf(0)
    for o, e in ((a, mp.mpf(n1) * k / n), (b, mp.mpf(n1) * l / n), (c, mp.mpf(n0) * k / n), (d, mp.mpf(n0) * l / n)):
        g += 2 * o * mp.log(o / e) if o else 0
    if a * d == b * c:
        g = mp.mpf(0)
    entropy = lambda u, v: -sum(mp.mpf(t) / n * mp.log(mp.mpf(t) / n) for t in (u, v))
    return {
        "chiSquare": text(x), "chiSquareLnP": text(ln_chi_square_tail(x)), "g": text(g), "gLnP": text(ln_chi_square_tail(g)),
        "mutualInformation": text(g / (2 * n)), "normalizedMutualInformation": text(g / n / (entropy(n1, n0) + entropy(k, l))),
    }


def wilson(x, n):
    p = mp.mpf(x) / n
    centre, spread = (p + Z**2 / (2 * n)), Z * mp.sqrt(p * (1 - p) / n + Z**2 / (4 * mp.mpf(n) ** 2))
    return [(centre - spread) / (1 + Z**2 / n) if x else mp.mpf(0), (centre + spread) / (1 + Z**2 / n) if x < n else mp.mpf(1)]


def beta_tail(x, a, n):
    """P(Beta(a, n - a + 1) <= x) for whole numbers: the probability of at least a successes in n trials."""
    term = (1 - x) ** n
    below = mp.mpf(0)
    for j in range(a):
        below += term
        term *= mp.mpf(n - j) / (j + 1) * x / (1 - x)
    return 1 - below


def clopper_pearson(x, n):
    if x > 6000:
        return None
    search = lambda a, tail: mp.exp(bisect(lambda t: tail - beta_tail(mp.exp(t), a, n), -60, -mp.mpf(10) ** -40))
    return [search(x, ALPHA / 2) if x else mp.mpf(0), search(x + 1, 1 - ALPHA / 2) if x < n else mp.mpf(1)]


def jeffreys(x, n):
    if n > 200:
        return None
    h = mp.mpf(1) / 2
    search = lambda tail: mp.exp(bisect(lambda t: tail - mp.betainc(x + h, n - x + h, 0, mp.exp(t), regularized=True), -60, 0))
    return [search(ALPHA / 2) if x else mp.mpf(0), search(1 - ALPHA / 2) if x < n else mp.mpf(1)]


def score(a, b, c, d, inside_of, low, high):
    """Signed score statistic with the restricted likelihood maximised by bisection over the outside share in (low, high)."""
    n1, n0 = mp.mpf(a + b), mp.mpf(c + d)
    n = n1 + n0

    def z(effect):
        p1_of, slope = inside_of(effect)
        lo, hi = low(effect), high(effect)

        def gradient(p0):
            p1 = p1_of(p0)
            value = mp.mpf(0)
            value += slope(p0) * (a / p1 if a else 0) - slope(p0) * (b / (1 - p1) if b else 0)
            return value + (c / p0 if c else 0) - (d / (1 - p0) if d else 0)

        p0 = bisect(gradient, lo, hi)
        p1 = p1_of(p0)
        return p0, p1

    return z, n1, n0, n


def score_limits(a, b, c, d, kind):
    n1, n0 = mp.mpf(a + b), mp.mpf(c + d)
    if not n1 or not n0:
        return None
    n = n1 + n0
    if kind == "rd":
        family = (lambda e: (lambda p: p + e, lambda p: 1), lambda e: max(mp.mpf(0), -e), lambda e: min(mp.mpf(1), 1 - e))
    elif kind == "rr":
        if a + c == 0:
            return None
        family = (lambda e: (lambda p: e * p, lambda p: e), lambda e: mp.mpf(0), lambda e: min(mp.mpf(1), 1 / e))
    else:
        if a + c == 0 or b + d == 0:
            return None
        family = (
            lambda e: (lambda p: e * p / (1 + p * (e - 1)), lambda p: e / (1 + p * (e - 1)) ** 2),
            lambda e: mp.mpf(0), lambda e: mp.mpf(1),
        )
    fit, *_ = score(a, b, c, d, *family)

    def statistic(effect):
        p0, p1 = fit(effect)
        v1, v0 = p1 * (1 - p1) / n1, p0 * (1 - p0) / n0
        correction = n / (n - 1)
        if kind == "rd":
            top, variance = a / n1 - c / n0 - effect, v1 + v0
        elif kind == "rr":
            top, variance = a / n1 - effect * c / n0, v1 + effect**2 * v0
        else:
            return (a - n1 * p1) * mp.sqrt((1 / (n1**2 * v1) + 1 / (n0**2 * v0)) / correction)
        return top / mp.sqrt(variance * correction) if variance > 0 else mp.sign(top) * mp.mpf(10) ** 30

    if kind == "rd":
        edge = mp.mpf(10) ** -30
        estimate = a / n1 - c / n0
        lower = -1 if estimate == -1 else bisect(lambda e: statistic(e) - Z, -1 + edge, estimate)
        upper = 1 if estimate == 1 else bisect(lambda e: statistic(e) + Z, estimate, 1 - edge)
        return [text(lower), text(upper)]
    zero = a == 0 or (kind == "or" and d == 0)
    infinite = c == 0 or (kind == "or" and b == 0)
    return [
        text(0 if zero else mp.exp(bisect(lambda t: statistic(mp.exp(t)) - Z, -30, 30))),
        text(mp.inf if infinite else mp.exp(bisect(lambda t: statistic(mp.exp(t)) + Z, -30, 30))),
    ]


def pair(limits):
    return None if limits is None else [text(limits[0]), text(limits[1])]


def two_by_two():
    rows = []
    for a, b, c, d in TABLES:
        n1, n0 = a + b, c + d
        w1, w0 = wilson(a, n1), wilson(c, n0)
        p1, p0 = mp.mpf(a) / n1, mp.mpf(c) / n0
        newcombe = [
            p1 - p0 - mp.sqrt((p1 - w1[0]) ** 2 + (w0[1] - p0) ** 2),
            p1 - p0 + mp.sqrt((w1[1] - p1) ** 2 + (p0 - w0[0]) ** 2),
        ]
        row = {"a": a, "b": b, "c": c, "d": d}
        row.update(exact_tests(a, b, c, d))
        row.update(large_tests(a, b, c, d))
        row["wilson"] = pair(w1)
        row["clopperPearson"] = pair(clopper_pearson(a, n1))
        row["jeffreys"] = pair(jeffreys(a, n1))
        row["newcombe"] = pair(newcombe)
        row["riskDifferenceScore"] = score_limits(a, b, c, d, "rd")
        row["riskRatioScore"] = score_limits(a, b, c, d, "rr")
        row["oddsRatioScore"] = score_limits(a, b, c, d, "or")
        row["representationRatioScore"] = None if b + d == 0 or a + c == 0 else score_limits(a, c, b, d, "rr")
        rows.append(row)
    return rows


def distributions():
    rows = []
    def add(name, arguments, value):
        rows.append({"function": name, "arguments": arguments, "value": float(value)})

    tail = lambda x: mp.erfc(mp.mpf(x) / mp.sqrt(2)) / 2
    for x in (-40, -20, -9, -3, -1.5, -0.5, 0, 0.1, 1, 5, 9.99, 10.01, 20, 36, 50, 1e3, 1e5):
        add("lnNormalSf", [x], mp.log(tail(x)))
    for x in (-37.4, -36, -20, -10.1, -9.9, -1, 0, 2, 8):
        add("normalCdf", [x], tail(-x))
    for p in (1e-300, 1e-50, 1e-10, 0.001, 0.025, 0.2, 0.8, 0.975):
        start = -mp.sqrt(-2 * mp.log(min(p, 1 - p))) * (1 if p < 0.5 else -1)
        value = mp.findroot(lambda q: mp.log(tail(-q) if p < 0.5 else tail(q)) - mp.log(p if p < 0.5 else 1 - mp.mpf(p)), start)
        add("normalQuantile", [p], value)
    for df in (1, 2, 3, 5, 20, 21.7, 200, 2000, 10000):
        for ratio in (0.01, 0.5, 0.9, 1, 1.1, 2, 5, 20, 100):
            x = df * ratio
            add("lnChiSquareSf", [x, df], mp.log(mp.gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2, mp.inf, regularized=True)))
    for x, df in ((200, 1), (200, 20), (2000, 1), (4e9, 1)):
        add("lnChiSquareSf", [x, df], mp.log(mp.gammainc(mp.mpf(df) / 2, mp.mpf(x) / 2, mp.inf, regularized=True)))
    for x, a, b in ((0.1, 1.5, 7), (0.9, 0.5, 0.5), (0.001, 5, 2000), (0.999, 2000, 5), (0.33, 1000, 2000), (0.4, 1000, 2000), (0.2, 1000, 2000)):
        add("lnIncompleteBeta", [x, a, b], mp.log(mp.betainc(a, b, 0, mp.mpf(x), regularized=True)))
    for x, u, v in ((1, 1, 10), (3.5, 2.3, 45.7), (50, 1, 1000), (1e4, 3, 1000), (0.1, 5, 5), (5000, 7.7, 123.4)):
        X, U, V = mp.mpf(x), mp.mpf(u), mp.mpf(v)
        add("lnFSf", [x, u, v], mp.log(mp.betainc(V / 2, U / 2, 0, V / (V + U * X), regularized=True)))
    for p, a, b in ((0.025, 3.5, 7.5), (0.975, 3.5, 7.5), (0.01, 1000, 2000), (1e-10, 2, 3), (0.3, 1, 1), (0.025, 0.5, 300)):
        value = bisect(lambda t: p - mp.betainc(a, b, 0, mp.exp(t), regularized=True), -60, 0)
        add("betaQuantile", [p, a, b], mp.exp(value))
    for p, df in ((0.975, 5), (0.025, 1), (0.9, 30.5), (0.995, 1000)):
        q, D = min(mp.mpf(p), 1 - mp.mpf(p)), mp.mpf(df)
        value = mp.findroot(lambda t: mp.betainc(D / 2, mp.mpf(1) / 2, 0, D / (D + t * t), regularized=True) / 2 - q, 2)
        add("studentTQuantile", [p, df], value if p > 0.5 else -value)
    for k, n, p in ((3, 10, 0.3), (0, 1e9, 1e-9), (1e6, 4e9, 2e-4), (5e8, 1e9, 0.5), (2e9, 4e9, 0.5), (4e9, 4e9, 0.999)):
        P = mp.mpf(p)
        add("lnBinomialPmf", [k, n, p], ln_choose(mp.mpf(n), mp.mpf(k)) + k * mp.log(P) + (mp.mpf(n) - k) * mp.log(1 - P))
    for k, m, v, t in ((3, 10, 20, 100), (31000, 1e6, 3e7, 1e9), (40000, 1e6, 3e7, 1e9), (1e9, 2e9, 2e9, 4e9), (1e9 + 5e4, 2e9, 2e9, 4e9), (12, 12, 1e9 + 12, 2e9 + 12), (0, 40, 5e8, 1e9 + 40)):
        add("lnHypergeometricPmf", [k, m, v, t], ln_hypergeometric(*map(mp.mpf, (k, m, v, t))))
    return rows


for name, digits, rows_of in (("distributions", 240, distributions), ("two-by-two", 50, two_by_two)):
    if len(sys.argv) > 1 and name not in sys.argv[1:]:
        continue
    mp.mp.dps = digits  # a ln p of -1e-159 needs the digits
    rows = rows_of()
    with open(os.path.join(HERE, name + ".json"), "w", newline="\n") as file:
        file.write("[\n" + ",\n".join(json.dumps(row) for row in rows) + "\n]\n")
