"""Figures of scikit-learn, scoringrules and statsmodels for 1,000 random sets.

Run once; the tests read what it wrote (figures.json) and never run it:

    pip install numpy==2.4.6 scipy==1.17.1 scikit-learn==1.9.1 scoringrules==0.10.0 statsmodels==0.15.0
    python tests/record/figures.py > tests/record/data/figures.json

A set has yes/no forecasts, forecasts of several ordered outcomes, and three of a quantity. Chances have
three or four decimals, so that ties are there; some are 0 or 1.
"""
import json
import sys
import warnings
from importlib.metadata import version

import numpy as np
import scoringrules as sr
import statsmodels.api as sm
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss, d2_brier_score, log_loss, roc_auc_score
from statsmodels.stats.proportion import proportion_confint

warnings.simplefilter("ignore")
rng = np.random.default_rng(20260901)


def yes_no(i):
    n = int(rng.integers(5, 26))
    places = 1 if i % 3 == 0 else 3
    p = np.round(rng.beta(0.8, 0.8, n), places)
    y = (rng.random(n) < np.clip(p, 0.05, 0.95)).astype(int)
    if y.min() == y.max():
        y[0] = 1 - y[0]
    out = {
        "p": [float(x) for x in p],
        "y": [int(x) for x in y],
        "brier": brier_score_loss(y, p),
        "log": log_loss(y, p, labels=[0, 1]),
        "d2": d2_brier_score(y, p),
        "auc": roc_auc_score(y, p),
        "sr_brier": float(np.mean(sr.brier_score(y, p))),
    }
    inside = np.clip(p, 1e-6, 1 - 1e-6)
    out["sr_log"] = float(np.mean(sr.log_score(y, inside)))
    rate, said = calibration_curve(y, p, n_bins=5, strategy="uniform")
    out["curve"] = [[float(a), float(b)] for a, b in zip(said, rate)]
    low, high = proportion_confint(int(y.sum()), n, 0.05, "wilson")
    out["wilson"] = [float(low), float(high)]
    # A line that exists and is not steep: what is nearly separated converges nowhere to 1e-9.
    x = np.log(inside / (1 - inside))
    fit = None
    try:
        fit = sm.GLM(y, sm.add_constant(x), family=sm.families.Binomial()).fit(tol=1e-14, maxiter=200)
    except Exception:
        pass
    out["cox"] = None
    if fit is not None and fit.converged and abs(fit.params[1]) < 8 and fit.bse[1] < 8:
        out["cox"] = [float(v) for v in [*fit.params, *fit.bse]]
    return out


def several():
    n, k = int(rng.integers(3, 7)), int(rng.integers(3, 6))
    raw = rng.dirichlet(np.ones(k), n)
    p = np.round(raw, 3)
    p[:, -1] = np.round(1 - p[:, :-1].sum(axis=1), 3)
    p = np.abs(p)
    y = rng.integers(0, k, n)
    y[:1] = 0
    labels = list(range(k))
    onehot = np.eye(k)[y]
    return {
        "p": [[float(x) for x in row] for row in p],
        "y": [int(x) for x in y],
        "brier": brier_score_loss(y, p, labels=labels),
        "log": log_loss(y, p, labels=labels),
        "rps": float(np.mean(sr.rps_score(onehot, p, onehot=True))),
    }


def quantity():
    mean, sd = np.round(rng.normal(0, 3), 3), np.round(rng.uniform(0.1, 2), 3)
    x = np.round(rng.normal(mean, sd), 3)
    low, high = mean - sd, mean + 2 * sd
    positive = float(np.round(np.exp(rng.normal(0, 1)), 4))
    return {
        "x": float(x), "mean": float(mean), "sd": float(sd), "positive": positive,
        "normal": float(sr.crps_normal(x, mean, sd)),
        "lognormal": float(sr.crps_lognormal(positive, mean / 3, sd)),
        "interval": float(sr.interval_score(x, low, high, 0.1)),
        "quantiles": float(sr.crps_quantile(x, np.array([low, mean, high]), np.array([0.1, 0.5, 0.9]))),
    }


def short(value):
    if isinstance(value, float):
        return float(f"{value:.13g}")
    if isinstance(value, list):
        return [short(v) for v in value]
    if isinstance(value, dict):
        return {k: short(v) for k, v in value.items()}
    return value


names = ["numpy", "scipy", "scikit-learn", "scoringrules", "statsmodels"]
print('{"versions":', json.dumps({n: version(n) for n in names}), ',"sets":[')
for i in range(1000):
    row = {"yes_no": yes_no(i), "several": several(), "quantity": quantity()}
    print(json.dumps(short(row), separators=(",", ":")) + ("," if i < 999 else ""))
print("]}")
