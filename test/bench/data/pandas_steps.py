# The steps of data.ts in pandas: reads the name of a step a line, answers with its milliseconds.
import sys
import time

import pandas as pd

csv, lookup = sys.argv[1:3]
state = {}


def read():
    state["m"] = pd.read_csv(csv)
    state["l"] = pd.read_csv(lookup)


def join():
    joined = state["m"].merge(state["l"], on="city")
    joined["s"] = joined.price * joined.qty
    return joined.groupby("region").agg(s=("s", "sum"), n=("id", "size"))


def for_of():
    total = 0
    for row in state["m"].itertuples():
        total += row.price * row.qty
    return total


def by_index():
    m = state["m"]
    return sum(m.price.iat[i] for i in range(len(m)))


def by_dict():
    groups = {}
    for row in state["m"].itertuples():
        group = groups.setdefault(row.city, [0, 0])
        group[0] += row.price
        group[1] += 1
    return groups


def keep():
    m = state["m"]
    return [row.city for row in m.itertuples() if row.price > 500]


STEPS = {
    "read": read,
    "group": lambda: state["m"].groupby(["city", "category"]).agg(q=("qty", "sum"), p=("price", "mean"), n=("id", "size")),
    "join": join,
    "pivot": lambda: state["m"].pivot_table(index="city", columns="category", values="price", aggfunc="mean"),
    "quantiles": lambda: state["m"].groupby("category").price.quantile([0.05, 0.25, 0.5, 0.75, 0.95]),
    "top 10": lambda: state["m"].nlargest(10, "price"),
    "sort": lambda: state["m"].sort_values(["price", "id"], ascending=[False, True]),
    "describe": lambda: state["m"].describe(include="all"),
    # What corresponds to code over rows: a loop of Python, except where the data frame does it itself.
    "for of": for_of,
    "by index": by_index,
    "filter, map": keep,
    "group by Map": by_dict,
    "toSorted": lambda: sorted(state["m"].itertuples(), key=lambda row: -row.price),
    "JSON.stringify": lambda: len(state["m"].to_json(orient="records", force_ascii=False)),
}

print("ready", flush=True)
for line in sys.stdin:
    began = time.perf_counter()
    result = STEPS[line.strip()]()
    print((time.perf_counter() - began) * 1000, flush=True)
