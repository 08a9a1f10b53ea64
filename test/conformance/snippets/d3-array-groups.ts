// d3-array: groups, rollups, bins, statistics, orders, sets, and its random order by the cell's seed
import { readFileSync } from 'node:fs'
import * as d3 from 'd3-array'
import { InternMap, bin, flatRollup, group, rollup, rollups, shuffle } from 'd3-array'

const rows = Array.from({ length: 60 }, (_, i) => ({ kind: ['tea', 'coffee', '茶'][i % 3]!, day: i % 7, amount: ((i * 37) % 101) / 4 }))
console.log([...group(rows, (d) => d.kind)].map(([kind, list]) => [kind, list.length]))
console.log([...rollup(rows, (list) => d3.sum(list, (d) => d.amount), (d) => d.kind, (d) => d.day).get('茶')!])
console.log(rollups(rows, (list) => d3.mean(list, (d) => d.amount), (d) => d.kind))
console.log(flatRollup(rows, (list) => list.length, (d) => d.kind, (d) => d.day).slice(0, 4))
const amounts = rows.map((d) => d.amount)
console.log(d3.extent(amounts), d3.median(amounts), d3.quantile(amounts, 0.9), d3.deviation(amounts), d3.variance(amounts), d3.mode(amounts))
console.log(bin().domain([0, 26]).thresholds(5)(amounts).map((one) => [one.x0, one.x1, one.length]))
console.log(d3.ticks(0, 1, 7), d3.nice(0.13, 9.7, 5), d3.tickStep(0, 100, 8), d3.thresholdFreedmanDiaconis(amounts, 0, 26))
console.log(d3.sort(rows, (d) => -d.amount, (d) => d.day).slice(0, 3), d3.greatest(rows, (d) => d.amount), d3.rank([5, 2, 9]))
console.log(d3.cumsum(amounts.slice(0, 5)), d3.fsum([0.1, 0.2, 0.3]), d3.bisectLeft([1, 2, 3], 2), d3.cross([1, 2], ['a', 'b']), d3.pairs([1, 2, 3]))
console.log(shuffle([1, 2, 3, 4, 5, 6, 7, 8]), new InternMap([[new Date(0), 1]]).get(new Date(0)), [...d3.union([1], [2])])
console.log(Object.keys(d3).length, readFileSync('sales.csv', 'utf8').length)
