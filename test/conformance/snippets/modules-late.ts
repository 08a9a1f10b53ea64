// import() of modules that are loaded only then, twice the same, and their names
const names = ['d3-array', 'simple-statistics', 'dayjs', 'arquero', 'date-fns', 'ml-regression'] as const
const [d3, again] = await Promise.all([import('d3-array'), import('d3-array')])
console.log(d3.sum === again.sum, d3.sum([1, 2]))
const all = [d3, await import('simple-statistics'), await import('dayjs'), await import('arquero'), await import('date-fns'), await import('ml-regression')]
// Newer versions of Node add this name to every CommonJS package.
for (const [i, module] of all.entries()) console.log(names[i], Object.keys(module).filter((name) => name !== 'module.exports').sort().join(' ').length)
const { default: dayjs } = await import('dayjs')
const { default: utc } = await import('dayjs/plugin/utc.js')
dayjs.extend(utc)
console.log(dayjs.utc(0).format('YYYY-MM-DD'), typeof dayjs)
const label = 'd3-array'
console.log(await import('d3-array').then(({ mean }) => mean([1, 2, 6])), label)
