// The sample conversation of the edits benchmark: a chart that grows year by year, and the user's follow-ups.
import type { Edit } from '../../sessions/event.ts'

/** The follow-ups' changes, one after another. */
export interface Settings {
  readonly small?: boolean
  readonly labels?: number
  readonly space?: number
  readonly first?: string
  readonly years?: string
  readonly title?: string
  readonly delay?: number
}

/** "Show how the five largest regions grew: lines that are drawn year by year, names at their ends, as a GIF." */
export function program(settings: Settings): string {
  const { labels = 14, space = 150, first = '#1f77b4', years = '1', delay = 100 } = settings
  const { title = 'GDP of the five largest regions' } = settings
  const names = settings.small ? 'animate, readTable, shrinkGif' : 'animate, readTable'
  const gif = settings.small ? 'await shrinkGif(gif, { scale: 0.5, every: 2 })' : 'gif'
  return `import { writeFile } from 'node:fs/promises'
import { createCanvas } from '@napi-rs/canvas'
import { ${names} } from 'easel'

const table = await readTable('regions.csv')
const years = table.columns.slice(${years}).map((column) => column.name)
const series = table.rows
  .map((row) => ({ name: String(row['region']), values: years.map((year) => Number(row[year])) }))
  .toSorted((a, b) => b.values.at(-1)! - a.values.at(-1)!)
  .slice(0, 5)
const colors = ['${first}', '#ff7f0e', '#2ca02c', '#9467bd', '#8c564b']
const [width, height] = [800, 450]
const margin = { left: 70, right: ${space}, top: 60, bottom: 40 }
const highest = Math.max(...series.flatMap(({ values }) => values))
const x = (year: number) => margin.left + (year / (years.length - 1)) * (width - margin.left - margin.right)
const y = (value: number) => height - margin.bottom - (value / highest) * (height - margin.top - margin.bottom)

function draw(until: number) {
  const canvas = createCanvas(width, height)
  const ctx = canvas.getContext('2d')
  ctx.fillStyle = 'white'
  ctx.fillRect(0, 0, width, height)
  ctx.fillStyle = '#333'
  ctx.font = 'bold 22px sans-serif'
  ctx.fillText('${title}', margin.left, 36)
  ctx.font = '12px sans-serif'
  for (let tick = 0; tick <= 4; tick++) ctx.fillText(Math.round((highest * tick) / 4).toLocaleString('en-US'), 16, y((highest * tick) / 4) + 4)
  years.forEach((year, i) => i % 2 === 0 && ctx.fillText(year, x(i) - 18, height - 14))
  ctx.lineWidth = 3
  series.forEach(({ name, values }, i) => {
    const whole = Math.floor(until)
    const next = values[whole + 1] ?? values[whole]!
    const end = values[whole]! + (next - values[whole]!) * (until - whole)
    ctx.strokeStyle = ctx.fillStyle = colors[i]!
    ctx.beginPath()
    values.slice(0, whole + 1).forEach((value, at) => ctx.lineTo(x(at), y(value)))
    ctx.lineTo(x(until), y(end))
    ctx.stroke()
    ctx.font = '${labels}px sans-serif'
    ctx.fillText(name, x(until) + 8, y(end) + 5)
  })
  return canvas
}

async function* pictures() {
  for (let step = 0; step <= (years.length - 1) * 2; step++) yield draw(step / 2)
}
const gif = await animate(pictures(), { delay: ${delay} })
await writeFile('growth.gif', ${gif})
console.log(series.map(({ name, values }) => \`\${name}: \${values.at(-1)}\`).join('\\n'))`
}

interface FollowUp {
  readonly ask: string
  readonly change: Settings
  /** Of the previous cell. */
  readonly edits: readonly Edit[]
}

/** Each edit quotes as much as a model would: enough to be unique and readable. */
export const followUps: readonly FollowUp[] = [
  {
    ask: 'compress it: half size, half the frames',
    change: { small: true },
    edits: [
      { find: 'readTable }', replace: 'readTable, shrinkGif }' },
      { find: "'growth.gif', gif", replace: "'growth.gif', await shrinkGif(gif, { scale: 0.5, every: 2 })" },
    ],
  },
  {
    ask: 'make the labels bigger',
    change: { labels: 20, space: 200 },
    edits: [
      { find: "'14px", replace: "'20px" },
      { find: 'right: 150', replace: 'right: 200' },
    ],
  },
  { ask: 'red instead of blue', change: { first: '#d62728' }, edits: [{ find: '#1f77b4', replace: '#d62728' }] },
  {
    ask: 'only the last ten years',
    change: { years: '-10' },
    edits: [{ find: 'columns.slice(1)', replace: 'columns.slice(-10)' }],
  },
  {
    ask: 'title in Chinese',
    change: { title: '五大地区的国内生产总值' },
    edits: [{ find: 'GDP of the five largest regions', replace: '五大地区的国内生产总值' }],
  },
  { ask: 'slower', change: { delay: 200 }, edits: [{ find: 'delay: 100', replace: 'delay: 200' }] },
]
