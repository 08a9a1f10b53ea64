# Writes figures.json beside this file: what SciPy (1.17), NumPy (2.4) and exact arithmetic (mpmath, 50 digits) say of the
# samples below. Run it after a change to the samples:
#     python3 -m pip install scipy==1.17.1 mpmath==1.3.0 && python3 test/sandbox/helpers/statistics/figures.py
# It takes some minutes. Where `exact` is set SciPy itself has lost digits (offset data, near-perfect relations, tiny p): there the figures come from
# exact arithmetic. Of the others both are computed here, and must agree to 1e-10.
# Shapiro: AS R94 in 50 digits; SciPy's own figure must agree to 1e-5 (it takes normal quantiles to 7 digits).
import json, math, pathlib
import mpmath as mp
import numpy as np
from scipy import stats

mp.mp.dps = 50
F = mp.mpf


def lcg(seed):
    """The generator that figures.test.ts has too: 32 bits, uniform in [0, 1)."""
    state = seed
    while True:
        state = (state * 1664525 + 1013904223) % 2**32
        yield state / 2**32


def generate(spec):
    """`normal`: sums of 12 uniform numbers; `skewed`: their squares; `whole`: whole numbers."""
    kind, seed, n, scale, shift = spec['kind'], spec['seed'], spec['n'], spec['scale'], spec['shift']
    random = lcg(seed)
    values = []
    for _ in range(n):
        u = sum(next(random) for _ in range(12)) - 6
        values.append(math.floor(u * 3) if kind == 'whole' else u * u if kind == 'skewed' else u)
    return [value * scale + shift for value in values]


def made(kind, seed, n, scale=1, shift=0):
    return {'kind': kind, 'seed': seed, 'n': n, 'scale': scale, 'shift': shift}


def numbers(sample):
    return generate(sample) if isinstance(sample, dict) else sample


def present(sample):
    return [v for v in numbers(sample) if v is not None]


def pairs(x, y):
    both = [(a, b) for a, b in zip(numbers(x), numbers(y)) if a is not None and b is not None]
    return [a for a, _ in both], [b for _, b in both]


# --- exact arithmetic -------------------------------------------------------------------------------------------------
def centred(x):
    x = [F(v) for v in x]
    m = mp.fsum(x) / len(x)
    return m, [v - m for v in x]


def beta_tail(x, a, b):
    """I_x(a, b) as a series of positive terms, from the nearer end."""
    a, b = F(a), F(b)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_tail(1 - x, b, a)
    if x <= 0:
        return F(0)
    term = total = F(1)
    n = 0
    while term > total * F(10) ** -(mp.mp.dps + 2):
        term *= x * (a + b + n) / (a + 1 + n)
        total += term
        n += 1
    return mp.exp(a * mp.log(x) + b * mp.log(1 - x) - mp.loggamma(a) - mp.loggamma(b) + mp.loggamma(a + b)) / a * total


def t_outside(t, dof):
    return beta_tail(dof / (dof + t * t), F(dof) / 2, F(1) / 2)


def t_quantile(outside, dof):
    start = F(float(stats.t.isf(float(outside) / 2, float(dof))))
    return mp.findroot(lambda t: t_outside(t, dof) - outside, start)


def exact_pearson(x, y):
    _, dx = centred(x)
    _, dy = centred(y)
    r = mp.fdot(dx, dy) / mp.sqrt(mp.fdot(dx, dx) * mp.fdot(dy, dy))
    half = F(len(x)) / 2 - 1
    return {'r': r, 'p': 2 * beta_tail((1 - abs(r)) / 2, half, half), 'n': len(x)}


def exact_fit(x, y, confidence):
    n = len(x)
    mx, dx = centred(x)
    my, dy = centred(y)
    sxx, sxy = mp.fdot(dx, dx), mp.fdot(dx, dy)
    slope = sxy / sxx
    rest = [b - slope * a for a, b in zip(dx, dy)]
    s = mp.sqrt(mp.fdot(rest, rest) / (n - 2))
    se = s / mp.sqrt(sxx)
    t = t_quantile(1 - F(confidence), F(n - 2))

    def at(value):
        away = F(value) - mx
        return my + slope * away, s * mp.sqrt(F(1) / n + away * away / sxx)

    intercept, ise = at(0)
    around = x[0] + 1
    value, error = at(around)
    return {
        'slope': slope, 'intercept': intercept, 'r2': 1 - mp.fdot(rest, rest) / mp.fdot(dy, dy),
        'p': exact_pearson(x, y)['p'], 'slopeError': se, 'interceptError': ise,
        'slopeInterval': [slope - t * se, slope + t * se], 'interceptInterval': [intercept - t * ise, intercept + t * ise],
        'residualError': s, 'n': n, 'at': around,
        'predicted': {'value': value, 'interval': [value - t * error, value + t * error],
                      'predictionInterval': [value - t * mp.sqrt(error**2 + s**2), value + t * mp.sqrt(error**2 + s**2)]},
    }


def exact_t(x, y, mean=0, paired=False, equalVariances=False, alternative='two-sided', confidence=0.95):
    if paired:
        x, y = [F(a) - F(b) for a, b in zip(x, y)], None
    if y is None:
        m, d = centred(x)
        dof, se, estimate = F(len(x) - 1), mp.sqrt(mp.fdot(d, d) / (len(x) - 1) / len(x)), m
    else:
        (mx, dx), (my, dy) = centred(x), centred(y)
        a, b, n, k = mp.fdot(dx, dx), mp.fdot(dy, dy), len(x), len(y)
        estimate = mx - my
        if equalVariances:
            dof = F(n + k - 2)
            se = mp.sqrt((a + b) / dof * (F(1) / n + F(1) / k))
        else:
            u, v = a / (n - 1) / n, b / (k - 1) / k
            dof, se = (u + v) ** 2 / (u * u / (n - 1) + v * v / (k - 1)), mp.sqrt(u + v)
    t = (estimate - F(mean)) / se
    outside = t_outside(t, dof)
    beyond = t < 0 if alternative == 'less' else t > 0
    p = outside if alternative == 'two-sided' else outside / 2 if beyond else 1 - outside / 2
    q = t_quantile((1 - F(confidence)) * (1 if alternative == 'two-sided' else 2), dof)
    low = None if alternative == 'less' else estimate - q * se
    high = None if alternative == 'greater' else estimate + q * se
    return {'t': t, 'dof': dof, 'p': p, 'estimate': estimate, 'standardError': se, 'interval': [low, high]}


def exact_anova(groups):
    parts = [centred(g) for g in groups]
    n = sum(len(g) for g in groups)
    grand = mp.fsum(m * len(d) for m, d in parts) / n
    between = mp.fsum(len(d) * (m - grand) ** 2 for m, d in parts)
    within = mp.fsum(mp.fdot(d, d) for _, d in parts)
    d1, d2 = len(groups) - 1, n - len(groups)
    f = between / d1 / (within / d2)
    return {'f': f, 'p': beta_tail(F(d2) / (d2 + d1 * f), F(d2) / 2, F(d1) / 2), 'dofBetween': d1, 'dofWithin': d2,
            'etaSquared': between / (between + within), 'n': n}


def exact_shape(x):
    n, (_, d) = len(x), centred(x)
    m2, m3, m4 = (mp.fsum(v**k for v in d) / n for k in (2, 3, 4))
    g1, g2 = m3 / m2**1.5, m4 / m2**2 - 3
    G1 = g1 * mp.sqrt(n * (n - 1)) / (n - 2)
    G2 = F(n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6) if n > 3 else None
    return {'g1': g1, 'G1': G1, 'g2': g2, 'G2': G2}


def poly(c, x):
    return mp.fsum(F(str(v)) * x**i for i, v in enumerate(c))


def exact_shapiro(x):
    """AS R94."""
    x = sorted(F(v) for v in x)
    n, (_, d) = len(x), centred(x)
    half = n // 2
    if n == 3:
        a = [mp.sqrt(F(1) / 2)]
    else:
        m = [mp.sqrt(2) * mp.erfinv(2 * (F(i + 1) - F(3) / 8) / (n + F(1) / 4) - 1) for i in range(half)]
        total, u = 2 * mp.fdot(m, m), 1 / mp.sqrt(n)
        a1 = poly([0, .221157, -.147981, -2.07119, 4.434685, -2.706056], u) - m[0] / mp.sqrt(total)
        if n > 5:
            a2 = poly([0, .042981, -.293762, -1.752461, 5.682633, -3.582633], u) - m[1] / mp.sqrt(total)
            fac = mp.sqrt((total - 2 * m[0]**2 - 2 * m[1]**2) / (1 - 2 * a1**2 - 2 * a2**2))
            a = [a1, a2] + [-v / fac for v in m[2:]]
        else:
            fac = mp.sqrt((total - 2 * m[0]**2) / (1 - 2 * a1**2))
            a = [a1] + [-v / fac for v in m[1:]]
    top = mp.fsum(a[i] * (x[n - 1 - i] - x[i]) for i in range(half)) ** 2
    w = top / mp.fdot(d, d) / (2 * mp.fdot(a, a))
    if n == 3:
        return {'w': w, 'p': max(6 / mp.pi * (mp.asin(mp.sqrt(w)) - mp.asin(mp.sqrt(F(3) / 4))), F(0)), 'n': n}
    y, log = mp.log(1 - w), mp.log(n)
    if n <= 11:
        bound = poly([-2.273, .459], n)
        if y >= bound:
            return {'w': w, 'p': F(1e-99), 'n': n}
        y = -mp.log(bound - y)
        mu, s = poly([.544, -.39978, .025054, -6.714e-4], n), mp.exp(poly([1.3822, -.77857, .062767, -.0020322], n))
    else:
        mu, s = poly([-1.5861, -.31082, -.083751, .0038915], log), mp.exp(poly([-.4803, -.082676, .0030302], log))
    return {'w': w, 'p': mp.erfc((y - mu) / s / mp.sqrt(2)) / 2, 'n': n}


# --- samples ----------------------------------------------------------------------------------------------------------
small = [2.1, 3.4, 1.9, 5.6, 4.4, 3.8, 2.7]
line = [1.9, 4.2, 5.8, 8.1, 9.7, 12.3, 13.9]
count = [1, 2, 3, 4, 5, 6, 7]
ties = [1, 2, 2, 3, 3, 3, 4, 4, 5, 5]
ties2 = [2, 1, 3, 3, 5, 4, 4, 6, 6, 6]
gaps = [1, None, 3, 4.5, 5, None, 8, 9]
gaps2 = [2, 4, None, 9, 11, None, 15, 19.5]
offset = [1e9 + v for v in [0.25, 0.5, 0.125, 0.75, 0.375, 0.625]]
offset2 = [1e9 + v for v in [0.5, 0.875, 0.25, 1.5, 0.625, 1.25]]
near = [1, 1, 1, 1 + 2**-40, 1, 1]
near2 = [2, 1, 2, 5, 1, 2]
perfect = [2.1 * v + 1e-5 * (v % 3) for v in count]
large, large2 = made('normal', 7, 2000, 15, 100), made('normal', 8, 2000, 15, 101)
huge, huge2 = made('normal', 21, 20000, 2, 5), made('skewed', 22, 20000, 1, 0)
skewed = made('skewed', 9, 500)
far = made('normal', 10, 200, 1, 4)
whole = made('whole', 11, 3000)

PAIRS = {
    'a rising line': (count, line), 'no relation': (small, [3, 1, 4, 1, 5, 9, 2]), 'three pairs': ([1, 2, 4], [2, 1, 6]),
    'ties': (ties, ties2), 'gaps': (gaps, gaps2), 'offset': (offset, offset2), 'near-constant': (near, near2),
    'nearly perfect': (count, perfect), 'falling': (count, [-v for v in line]), 'two thousand': (large, large2),
    'twenty thousand': (huge, huge2), 'whole numbers': (made('whole', 31, 400), made('whole', 32, 400)),
}
EXACT = {'offset', 'near-constant', 'nearly perfect'}


def close(a, b, tolerance, what):
    a, b = float(a), float(b)
    assert a == b or abs(a - b) <= tolerance * max(abs(a), abs(b)), (what, a, b)


def checked(exact, scipy, what, tolerance=1e-10):
    for key, value in scipy.items():
        values, wanted = (value, exact[key]) if isinstance(value, list) else ([value], [exact[key]])
        for a, b in zip(values, wanted):
            if b is not None:
                close(a, b, tolerance, (what, key))
    return exact


def pearson_cases():
    for name, (x, y) in PAIRS.items():
        a, b = pairs(x, y)
        exact = exact_pearson(a, b)
        if name not in EXACT:
            r = stats.pearsonr(a, b)
            checked(exact, {'r': r.statistic, 'p': r.pvalue}, name)
        yield {'name': name, 'x': x, 'y': y, 'exact': name in EXACT, 'result': exact}
    # p of 1e-30 and far below.
    for name, noise in (('tiny p', 4.0), ('tinier p', 1.0)):
        x, y = list(range(100)), [v + noise * e for v, e in zip(range(100), generate(made('normal', 5, 100, 8)))]
        yield {'name': name, 'x': x, 'y': y, 'exact': False,
               'result': checked(exact_pearson(x, y), dict(zip('rp', stats.pearsonr(x, y))), name)}


def spearman_cases():
    for name, (x, y) in PAIRS.items():
        a, b = pairs(x, y)
        ranked = exact_pearson(stats.rankdata(a).tolist(), stats.rankdata(b).tolist())
        if abs(ranked['r']) == 1:
            ranked['p'] = F(0)
        else:
            r = stats.spearmanr(a, b)
            checked(ranked, {'r': r.statistic, 'p': r.pvalue}, name)
        yield {'name': name, 'x': x, 'y': y, 'result': ranked}


def fit_cases():
    for name, (x, y) in PAIRS.items():
        a, b = pairs(x, y)
        for confidence in (0.95, 0.5, 0.999) if name == 'ties' else (0.95,):
            exact = exact_fit(a, b, confidence)
            if name not in EXACT:
                r = stats.linregress(a, b)
                checked(exact, {'slope': r.slope, 'intercept': r.intercept, 'p': r.pvalue, 'slopeError': r.stderr,
                                'interceptError': r.intercept_stderr, 'r2': r.rvalue**2}, name, 1e-9)
            yield {'name': name, 'x': x, 'y': y, 'confidence': confidence, 'result': exact}


def t_cases():
    def case(name, x, y=None, exact=False, **options):
        if y is None:
            a, b = present(x), None
        else:
            a, b = pairs(x, y) if options.get('paired') else (present(x), present(y))
        result = exact_t(a, b, **options)
        if not exact:
            kind, level = options.get('alternative', 'two-sided'), options.get('confidence', 0.95)
            mean = options.get('mean', 0)
            if b is None:
                r = stats.ttest_1samp(a, mean, alternative=kind)
            elif options.get('paired'):
                r = stats.ttest_rel(a, b, alternative=kind)
            else:
                r = stats.ttest_ind(a, b, equal_var=options.get('equalVariances', False), alternative=kind)
            checked(result, {'t': r.statistic, 'p': r.pvalue, 'dof': r.df, 'interval': list(r.confidence_interval(level))}, name)
        return {'name': name, 'x': x, 'y': y, 'options': options, 'result': result}

    yield case('one sample', small, mean=3)
    yield case('one sample, less', small, mean=4, alternative='less')
    yield case('one sample, greater, far off', small, mean=4, alternative='greater', confidence=0.99)
    yield case('one sample with gaps', gaps, mean=2)
    yield case('one sample, three', [1, 2, 4], mean=1)
    yield case('one sample, two', [1, 2])
    yield case('one sample, tiny p', far)
    yield case('one sample, offset', offset, mean=1e9, exact=True)
    yield case('one sample, near-constant', near, mean=1, exact=True)
    yield case('Welch', small, line)
    yield case('Welch, gaps, confidence', gaps, gaps2, confidence=0.9)
    yield case('Welch, less', small, line, alternative='less')
    yield case('Welch, large', large, large2)
    yield case('Welch, unequal', huge, skewed)
    yield case('Welch, offset', offset, offset2, exact=True)
    yield case('Welch, tiny p', far, made('normal', 12, 150))
    yield case('Student', small, line, equalVariances=True)
    yield case('Student, greater', line, small, equalVariances=True, alternative='greater', confidence=0.999)
    yield case('Student, ties', ties, ties2, equalVariances=True)
    yield case('pairs', small, line, paired=True)
    yield case('pairs with gaps', gaps, gaps2, paired=True)
    yield case('pairs, offset', offset, offset2, paired=True)
    yield case('pairs, less, two thousand', large, large2, paired=True, alternative='less')


def chi_cases():
    for name, table in {
        'two by two': [[12, 5], [3, 9]], 'small counts': [[1, 9], [11, 3]], 'three by four': [[10, 20, 30, 5], [6, 15, 22, 9], [7, 9, 3, 30]],
        'tiny p': [[900, 100], [450, 550]], 'independent': [[10, 20], [20, 40]], 'near independence': [[10, 20], [20, 41]], 'large': [[50211, 49789], [49502, 50498], [51000, 49000]],
    }.items():
        for yates in (True, False):
            r = stats.chi2_contingency(table, correction=yates)
            # p by exact arithmetic: SciPy's has its digits too, and must agree.
            p = mp.gammainc(F(r.dof) / 2, F(r.statistic) / 2, mp.inf, regularized=True) if r.statistic > 0 else F(1)
            close(p, r.pvalue, 1e-10, name)
            v = stats.contingency.association(np.array(table), method='cramer')
            yield {'name': name, 'table': table, 'yates': yates,
                   'result': {'chi2': r.statistic, 'p': p, 'dof': int(r.dof), 'expected': r.expected_freq.tolist(), 'cramersV': v}}


def fit_of_counts_cases():
    for name, observed, expected, ddof in (
        ('equal', [16, 18, 16, 14, 12, 12], None, 0), ('given', [16, 18, 16, 14, 12, 12], [16, 16, 16, 16, 16, 8], 0),
        ('ddof', [16, 18, 16, 14, 12, 12], None, 2), ('tiny p', [400, 100, 100], None, 0), ('two', [5, 7], None, 0),
        ('all as expected', [5, 5, 5], None, 0),
    ):
        r = stats.chisquare(observed, expected, ddof=ddof)
        yield {'name': name, 'observed': observed, 'expected': expected, 'ddof': ddof, 'result': {'chi2': r.statistic, 'p': r.pvalue}}


def anova_cases():
    for name, groups in {
        'three groups': [small, line, ties], 'two groups': [small, line], 'gaps': [gaps, gaps2, small],
        'offset': [offset, offset2, [1e9 + v for v in (0.5, 0.25, 0.75)]], 'tiny p': [far, made('normal', 12, 150), made('normal', 13, 90, 2, 8)],
        'large': [large, large2, made('normal', 14, 1000, 15, 100)], 'one number in a group': [[1], [2, 3, 4], [7, 5]],
    }.items():
        parts = [present(g) for g in groups]
        exact = exact_anova(parts)
        if name != 'offset':
            r = stats.f_oneway(*parts)
            checked(exact, {'f': r.statistic, 'p': r.pvalue}, name)
        yield {'name': name, 'groups': groups, 'result': exact}


SAMPLES = {
    'small': small, 'ties': ties, 'gaps': gaps, 'offset': offset, 'three': [1, 2, 4], 'four': [1, 2, 4, 9], 'five': [3, 1, 4, 1.5, 9],
    'six': [3, 1, 4, 1.5, 9, 2.6], 'eleven': [3, 1, 4, 1.5, 9, 2.6, 5, 3.5, 8, 9.7, 9.3], 'twelve': [3, 1, 4, 1.5, 9, 2.6, 5, 3.5, 8, 9.7, 9.3, 2.3],
    'normal': far, 'skewed': skewed, 'two thousand': large, 'five thousand, skewed': made('skewed', 15, 5000), 'outlier': [1, 2, 3, 2, 1, 2, 3, 2, 1000],
    'whole': whole,
}


def shapiro_cases():
    for name, x in SAMPLES.items():
        a = present(x)
        exact = exact_shapiro(a)
        if name != 'offset':
            r = stats.shapiro(a)
            checked(exact, {'w': r.statistic}, name, 1e-6)
            assert abs(float(exact['p']) - r.pvalue) <= 1e-5 * r.pvalue + 1e-12, (name, exact['p'], r.pvalue)
        yield {'name': name, 'x': x, 'result': exact}


def shape_cases():
    for name, x in SAMPLES.items():
        a = present(x)
        exact = exact_shape(a)
        if name != 'offset':
            scipy = {'g1': stats.skew(a), 'G1': stats.skew(a, bias=False), 'g2': stats.kurtosis(a)}
            checked(exact, scipy | ({'G2': stats.kurtosis(a, bias=False)} if len(a) > 3 else {}), name, 1e-9)
        yield {'name': name, 'x': x, 'result': exact}


def quantile_cases():
    q = [0, 0.01, 0.1, 0.25, 1 / 3, 0.5, 0.75, 0.9, 0.999, 1]
    for name in ('small', 'ties', 'gaps', 'three', 'normal', 'whole', 'two thousand'):
        a = present(SAMPLES[name])
        methods = ['linear', 'lower', 'higher', 'nearest', 'midpoint', 'hazen', 'weibull', 'median_unbiased']
        yield {'name': name, 'x': SAMPLES[name], 'q': q, 'result': {m: np.quantile(a, q, method=m).tolist() for m in methods}}


def bins_cases():
    for name in ('small', 'ties', 'gaps', 'three', 'normal', 'skewed', 'two thousand', 'outlier', 'offset'):
        a = np.array(present(SAMPLES[name]), dtype=float)
        if np.all(a == np.floor(a)):
            a = a.astype(np.int64)
        for bins in ('auto', 'sturges', 'fd', 5, 12):
            counts, edges = np.histogram(a, bins)
            yield {'name': name, 'x': SAMPLES[name], 'bins': bins, 'result': {'counts': counts.tolist(), 'edges': edges.tolist()}}
    counts, edges = np.histogram(present(far), [2, 3, 3.5, 5])
    yield {'name': 'given edges', 'x': far, 'bins': [2, 3, 3.5, 5], 'result': {'counts': counts.tolist(), 'edges': edges.tolist()}}


def tail_cases():
    """Of the distributions themselves, far out and for many degrees of freedom."""
    for dof in (1, 2, 3, 4.7, 10, 100, 998):
        for t in (1e-8, 0.01, 0.3, 1, 1.75, 2.5, 11.3, 30, 1e5):
            p = t_outside(F(t), F(dof))
            if p > 1e-300:
                yield {'of': 'student', 'at': [t, dof], 'p': p}
    for t in (0.3, 1.75, 5, 11.3):
        # The series would take millions of terms: integrated instead.
        n = F(999998)
        ends = [F(t) + F(k) / 4 for k in range(12)] + [F(t) + 3 + k for k in range(0, 40, 4)]
        area = mp.quad(lambda u: mp.exp(-(n + 1) / 2 * mp.log1p(u * u / n)), ends)
        yield {'of': 'student', 'at': [t, 999998], 'p': 2 * area / (mp.sqrt(n) * mp.beta(n / 2, F(1) / 2))}
    for d1, d2 in ((1, 1), (2, 10), (5, 100), (30, 7), (3, 2000), (100, 100)):
        for f in (1e-5, 0.3, 1, 2.2, 8, 60, 1e4):
            p = beta_tail(F(d2) / (d2 + d1 * F(f)), F(d2) / 2, F(d1) / 2)
            if p > 1e-300:
                yield {'of': 'f', 'at': [f, d1, d2], 'p': p}
    for dof in (1, 2, 3, 7, 30, 101, 1000):
        for x in (1e-6 * dof, 0.5 * dof, 0.9 * dof, dof, 1.1 * dof, 1.5 * dof, 3 * dof, 10 * dof):
            yield {'of': 'chi-squared', 'at': [x, dof], 'p': mp.gammainc(F(dof) / 2, F(x) / 2, mp.inf, regularized=True)}
    for z in (-38, -10, -3, -1.2, -0.1, 0, 1e-9, 0.5, 1, 2, 5.5, 12, 37):
        yield {'of': 'normal', 'at': [z], 'p': mp.erfc(F(z) / mp.sqrt(2)) / 2}


def plain(value):
    if isinstance(value, mp.mpf):
        return float(value)
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


figures = {
    'tails': list(tail_cases()),
    'pearson': list(pearson_cases()), 'spearman': list(spearman_cases()), 'linearFit': list(fit_cases()), 'tTest': list(t_cases()),
    'independence': list(chi_cases()), 'goodnessOfFit': list(fit_of_counts_cases()), 'anova': list(anova_cases()),
    'shapiro': list(shapiro_cases()), 'shape': list(shape_cases()), 'quantile': list(quantile_cases()), 'bins': list(bins_cases()),
}
text = json.dumps(plain(figures), allow_nan=False)
pathlib.Path(__file__).with_name('figures.json').write_text(text + '\n')
print({key: len(cases) for key, cases in figures.items()}, len(text))
