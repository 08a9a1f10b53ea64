// A note is given for whatever a chart does not show as configured, and none for a chart that is right.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openNotesScene, type NotesScene } from '../child/notes-scene.ts'

let scene: NotesScene
beforeAll(() => {
  scene = openNotesScene()
})
afterAll(() => scene.close())

/** The notes of one chart without their prefix; the configuration is source text. */
async function notesOf(config: string, options = '{}'): Promise<string[]> {
  const code = `import { chart } from 'easel'
const range = (n, f = (i) => i + 1) => Array.from({ length: n }, (_, i) => f(i))
await chart(${config}, ${options})`
  return (await scene.notesOf(code)).map((text) => text.replace(/^chart: /, ''))
}

const NAMES = `range(70, (i) => String.fromCharCode(97 + i % 26, 97 + i * 7 % 26) + 'land')`

describe('labels', () => {
  it('that are nothing are counted', async () => {
    const config = `{ type: 'bar', data: { labels: ['a', undefined, null, NaN, {}, 'undefined', 'b'], datasets: [{ data: range(7) }] } }`
    expect(await notesOf(config)).toEqual([
      '5 of 7 data.labels are undefined, null, NaN, [object Object]; nothing is drawn at undefined, null and NaN. Make each a string.',
    ])
  })

  it('and titles that hold what went wrong are quoted', async () => {
    const config = `{ type: 'line', data: { labels: ['a'], datasets: [{ label: String({}), data: [1] }, { label: undefined, data: [2] }, { data: [3] }] }, options: { plugins: { title: { display: true, text: 'Sales of undefined' } }, scales: { y: { title: { display: true, text: 'in NaN' } } } } }`
    expect(await notesOf(config)).toEqual([
      'the label of 1 of 3 datasets is undefined; the legend leaves them out.',
      "the title says undefined: 'Sales of undefined'.",
      "the label of dataset 1 says [object Object]: '[object Object]'.",
      "the title of axis 'y' says NaN: 'in NaN'.",
    ])
  })

  it('that are too few leave values out', async () => {
    const data = `data: { labels: ['a', 'b'], datasets: [{ label: 's', data: [1, 2, 3, 4, 5] }] }`
    expect(await notesOf(`{ type: 'line', ${data} }`)).toEqual([
      "dataset 's' has 5 values for 2 labels; the last 3 are not drawn. Give every value a label.",
    ])
    expect(await notesOf(`{ type: 'pie', ${data} }`)).toEqual([
      "dataset 's' has 5 values for 2 labels; 3 of its slices have no name.",
    ])
  })

  it('are no Dates', async () => {
    const points = (type: string): string =>
      `{ type: '${type}', data: { datasets: [{ label: 's', data: [{ x: new Date(0), y: 1 }, { x: new Date(9e9), y: 2 }] }] } }`
    expect(await notesOf(points('line'))).toEqual([])
    expect(await notesOf(points('bar'))).toEqual([
      "the x of points of dataset 's' are Dates, which a category axis puts in one place; use strings such as '2026-01-31'.",
    ])
  })

  it('of bars for which there is no room are counted, names only', async () => {
    const bars = (labels: string, options = ''): string =>
      `{ type: 'bar', data: { labels: ${labels}, datasets: [{ data: range(70) }] }, options: { ${options} } }`
    const [across] = await notesOf(bars(NAMES))
    expect(across).toMatch(/^\d+ of 70 names on axis 'x' are left out for lack of space\. Horizontal bars/)
    const [down] = await notesOf(bars(NAMES, `indexAxis: 'y'`), '{ height: 500 }')
    expect(down).toMatch(/^\d+ of 70 names on axis 'y' are left out for lack of space\. Omit the height/)
    expect(await notesOf(bars(NAMES, `indexAxis: 'y'`))).toEqual([])
    for (const labels of [
      'range(70, (i) => 1950 + i)',
      'range(70, (i) => i + 1 + "年")',
      'range(70, (i) => ["Jan", "Feb", "Mar", "Apr"][i % 4] + " " + (2000 + i))',
    ])
      expect(await notesOf(bars(labels))).toEqual([])
  })
})

describe('values', () => {
  const bars = (data: string, y: string): string =>
    `{ type: 'bar', data: { labels: range(4, String), datasets: [{ data: ${data} }, { data: [1, 1, 1, 1] }] }, options: { plugins: { legend: { display: false } }, scales: { ${y} } } }`
  const outside = (n: number, all: number, axis: string, range: string): string =>
    `${n} of ${all} values lie outside axis '${axis}' (${range}) and are cut off or not drawn; widen min and max to show them.`

  it('outside a given range are counted, stacked ones where they end', async () => {
    expect(await notesOf(bars('[5, 12, 10, 40]', 'y: { max: 10 }'))).toEqual([outside(2, 8, 'y', '0 to 10')])
    expect(await notesOf(bars('[5, 8, 10, 10]', 'x: { stacked: true }, y: { stacked: true, max: 10 }'))).toEqual([
      outside(2, 8, 'y', '0 to 10'),
    ])
    expect(await notesOf(bars('[[2, 5], [-3, 4], [1, 9], [1, 2]]', 'y: { min: 0, max: 10 }'))).toEqual([
      outside(1, 8, 'y', '0 to 10'),
    ])
    expect(await notesOf(bars('[5, 8, 10, 10]', 'y: { min: 0, max: 10 }'))).toEqual([])
    const points = `{ type: 'scatter', data: { datasets: [{ data: range(10, (i) => ({ x: i, y: i })) }] }, options: { scales: { x: { min: 2.5 } } } }`
    expect(await notesOf(points)).toEqual([outside(3, 10, 'x', '2.5 to 9')])
  })

  it('that a logarithmic axis or a pie cannot show are counted', async () => {
    expect(await notesOf(bars('[0, -2, 10, 100]', "y: { type: 'logarithmic' }"))).toEqual([
      "2 of 8 values are 0 or less and cannot be shown on the logarithmic axis 'y'.",
    ])
    const pie = `{ type: 'doughnut', data: { labels: ['a', 'b'], datasets: [{ data: [3, -2] }] } }`
    expect(await notesOf(pie)).toEqual([
      '1 of 2 values of dataset 1 are negative; a doughnut draws them like positive ones. Use bars instead.',
    ])
  })
})

describe('axes', () => {
  const line = (scales: string, more = ''): string =>
    `{ type: 'line', data: { labels: ['a', 'b'], datasets: [{ data: [1, 2] }] }, options: { scales: { ${scales} } ${more} } }`

  it('without a dataset, of Chart.js 2 and of empty labels are said', async () => {
    expect(await notesOf(line("y2: { position: 'right' }"))).toEqual([
      "axis 'y2' has no dataset; give one yAxisID: 'y2', or leave the axis out (it now shows 0 to 1).",
    ])
    expect(await notesOf(line("y2: { position: 'right', min: 32, max: 212 }, y3: { display: false }"))).toEqual([])
    const old = line('yAxes: [{ ticks: { min: 0 } }], x: { gridLines: {} }', ", legend: { position: 'top' }")
    expect(await notesOf(old)).toEqual([
      'options.scales.yAxes belongs to Chart.js 2 and was ignored; use options.scales.y, one object per axis.',
      'options.legend belongs to Chart.js 2 and was ignored; use options.plugins.legend.',
      'scales.x.gridLines belongs to Chart.js 2 and was ignored; use scales.x.grid.',
    ])
    expect(await notesOf(line("y: { ticks: { callback: (v) => ({ 7: 'seven' })[v] } }"))).toEqual([
      "axis 'y' shows no tick labels: its ticks.callback returned none; it was called with 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7 and more.",
    ])
    expect(await notesOf(line("y: { ticks: { callback: () => '' } }"))).toEqual([])
    const [broken] = await notesOf(line("y: { ticks: { callback: (v) => 'No ' + ['a', 'b'][v] } }"))
    expect(broken).toMatch(/^\d+ of \d+ tick labels of axis 'y' say undefined; look at its ticks\.callback/)
  })

  it('and charts that are right are not', async () => {
    for (const config of [
      `{ type: 'radar', data: { labels: ['a', 'b', 'c'], datasets: [{ data: [1, 2, 3] }] }, options: { scales: { r: { min: 0, max: 5 } } } }`,
      `{ type: 'bubble', data: { datasets: [{ data: [{ x: 1, y: 2, r: 5 }] }] } }`,
      `{ type: 'polarArea', data: { labels: ['a', 'b'], datasets: [{ data: [1, 2] }] } }`,
      `{ type: 'bar', data: { labels: [['two', 'lines'], new Date(0), 3], datasets: [{ label: 'a', data: [1, 2, 3] }, { type: 'line', label: 'b', data: [1, 2, 3], yAxisID: 'y2' }] }, options: { scales: { y2: { position: 'right' } } } }`,
      `{ type: 'line', data: { datasets: [{ data: [{ x: 'a', y: 1 }, { x: 'b', y: 2 }] }] } }`,
    ])
      expect(await notesOf(config)).toEqual([])
  })
})
