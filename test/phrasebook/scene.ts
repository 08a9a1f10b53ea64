// Shared by the phrasebook's tests: file infos without files, and jobs in a form short enough for a table.
import type { FileInfo } from '../../sandbox/protocol.ts'
import type { Job, Request, Transform } from '../../src/phrasebook/jobs/job.ts'
import type { GroupKey, Measure, QueryJob } from '../../src/phrasebook/jobs/query/query.ts'
import type { ConversationState } from '../../src/phrasebook/conversation/conversation-state.ts'
import { understand } from '../../src/phrasebook/understand.ts'

export const picture: FileInfo = {
  kind: 'picture',
  mime: 'image/png',
  bytes: 240_000,
  width: 451,
  height: 300,
  channels: 3,
  format: 'png',
  frames: 1,
  hasAlpha: false,
}
export const animation: FileInfo = { ...picture, mime: 'image/gif', format: 'gif', frames: 30, bytes: 900_000 }
export const wide: FileInfo = {
  kind: 'table',
  mime: 'text/csv',
  bytes: 5000,
  rows: 31,
  columns: [
    { name: '地区', type: 'text' },
    ...Array.from({ length: 20 }, (_, n) => ({ name: `${2003 + n}年`, type: 'number' })),
  ],
}
export const long: FileInfo = {
  kind: 'table',
  mime: 'text/csv',
  bytes: 5000,
  rows: 60,
  columns: [
    ['country', 'text'],
    ['year', 'number'],
    ['population', 'number'],
    ['area', 'number'],
  ].map(([name, type]) => ({ name: name!, type: type! })),
}

/** One row per day, store and item. */
export const shop: FileInfo = {
  kind: 'table',
  mime: 'text/csv',
  bytes: 5000,
  rows: 100,
  columns: [
    ['date', 'date'],
    ['store', 'text'],
    ['item', 'text'],
    ['price', 'number'],
    ['qty', 'number'],
  ].map(([name, type]) => ({ name: name!, type: type! })),
}

/** One row per person, without names. */
export const insurance: FileInfo = {
  kind: 'table',
  mime: 'text/csv',
  bytes: 5000,
  rows: 400,
  delimiter: ',',
  head: [
    'age,sex,bmi,children,smoker,region,charges',
    '42,female,40.87,3,no,northwest,12723.3484',
    '20,male,23.66,4,yes,northwest,30114.1451',
    '30,female,20.61,4,no,northeast,9753.6361',
  ],
  columns: ['age', 'sex', 'bmi', 'children', 'smoker', 'region', 'charges'].map((name) => ({
    name,
    type: ['sex', 'smoker', 'region'].includes(name) ? 'text' : 'number',
  })),
}

/** A first turn with these files. */
export function scene(files: Readonly<Record<string, FileInfo>>): ConversationState {
  const names = Object.keys(files)
  const nothing = { origins: new Map(), results: [] }
  return { ...nothing, files: new Map(Object.entries(files)), uploads: names, asked: names }
}

/** A request that must be understood. */
export function understood(text: string, situation: ConversationState): Request {
  const request = understand(text, situation)
  if ('code' in request) throw new Error(`${text}: ${request.code}: ${request.message}`)
  return request
}

/** Jobs in one line: `grayscale, rotate 45 -> png`. */
export function inShort({ jobs }: Pick<Request, 'jobs'>): string {
  return jobs.map(job).join(' ; ')
}

function job(it: Job): string {
  switch (it.kind) {
    case 'edit': {
      const ending = it.files.map(({ output }) => output.replace(/^.*\./, '')).join('+')
      const limits = `${it.bytes ? ` <${it.bytes}` : ''}${it.quality ? ` q${it.quality}` : ''}${it.animated ? ' animated' : ''}`
      return `${it.steps.map(step).join(', ')} -> ${ending}${limits}`
    }
    case 'panels': {
      const layout = it.layout.type === 'grid' ? `grid ${it.layout.columns}` : it.layout.direction
      const labels = it.labels ? ` labels ${it.position}` : ''
      const after = it.after.length > 0 ? ` then ${it.after.map(step).join(', ')}` : ''
      return `${layout}[${it.panels.map(({ steps }) => steps.map(step).join('+') || 'original').join(' | ')}]${labels}${after}`
    }
    case 'spin':
      return `${[...it.steps.map(step), 'spin'].join(', ')} ${it.frames}x${it.degrees}${it.cycle ? ' cycle' : ''} ${it.delay}ms${it.width ? ` w${it.width}` : ''}`
    case 'slideshow':
      return `${[...it.steps.map(step), 'slideshow'].join(', ')} of ${it.sources.length} ${it.delay}ms ${it.width}x${it.height}`
    case 'shrink':
      return `shrink ${it.scale} every ${it.every}${it.bytes ? ` <${it.bytes}` : ''}`
    case 'histogram':
      return `histogram${it.steps.length > 0 ? ` of ${it.steps.map(step).join(', ')}` : ''}`
    case 'info':
      return 'info'
    case 'summary':
      return 'summary'
    case 'chart':
      return `${it.type} ${it.x}${it.unit ? ` a ${it.unit}` : ''}${it.split ? ` and ${it.split}` : ''}: ${it.acrossYears ? `${it.together ? it.aggregates[0] : ''}years` : it.series.map((name, at) => (it.aggregates[at] === 'average' ? `average ${name}` : name)).join('+') || 'count'}${it.top ? ` top ${it.top}` : ''}${it.after.length > 0 ? ` then ${it.after.map(step).join(', ')}` : ''}`
    case 'query':
      return query(it)
    case 'box':
      return `box ${it.columns.join('+')}${it.by ? ` by ${it.by}` : ''}`
    case 'distribution':
      return `distribution ${it.column}`
    case 'race':
      return `race ${it.label}${it.time ? ` ${it.time}/${it.value}` : ''} top ${it.top}${it.from ? ` from ${it.from}` : ''}: ${it.heading}`
  }
}

function query({ shape, sort, top, tail, share, growth, answer, chart, format, having }: QueryJob): string {
  const measures = (all: readonly Measure[]) =>
    all.map(({ column, aggregate }) => (column === undefined ? aggregate : `${aggregate} ${column}`)).join('+')
  const key = ({ column, unit }: GroupKey) => `${column}${unit ? ` a ${unit}` : ''}`
  const least = sort && !sort.descending ? 'least ' : ''
  const parts = [
    shape.type === 'rows' ? (shape.columns?.join('+') ?? 'all') : '',
    shape.type === 'whole' ? `whole: ${measures(shape.measures)}` : '',
    shape.type === 'groups' ? `${shape.keys.map(key).join(' and ')}: ${measures(shape.measures)}` : '',
    shape.type === 'years' ? `years: ${shape.measure!.aggregate}` : '',
    shape.type === 'change'
      ? `${shape.annual ? 'annual ' : ''}change ${shape.key?.label ?? 'whole'} ${shape.times.from} to ${shape.times.to}`
      : '',
    shape.type === 'pivot' ? `pivot ${key(shape.row)} x ${key(shape.across)}: ${measures([shape.measure])}` : '',
    shape.type === 'distinct' ? `distinct ${shape.column}` : '',
    shape.type === 'relation' ? `correlation ${shape.columns.join('+')}` : '',
  ].filter(Boolean)
  const sorted = sort && top === undefined && answer !== 'best' ? ` by ${sort.by}` : ''
  const kept = having.map((one) => ('is' in one ? '' : ` having ${one.sign} ${one.value}`)).join('')
  return `${chart?.type ?? 'table'} ${least}${parts.join('')}${kept}${share ? ' share' : ''}${growth ? ' growth' : ''}${sorted}${answer === 'best' ? ' best' : ''}${top ? (sort ? ` top ${top}` : ` first ${top}`) : ''}${tail ? ` last ${tail}` : ''}${format && format !== 'csv' ? ` -> ${format}` : ''}`
}

function step(it: Transform): string {
  switch (it.kind) {
    case 'threshold':
      return `threshold ${it.level}`
    case 'rotate':
    case 'hue':
      return `${it.kind} ${it.degrees}`
    case 'flip':
      return `flip ${it.axis[0]}`
    case 'crop': {
      const { area } = it
      const at =
        area.type === 'size' && area.at
          ? ` at ${area.at.x},${area.at.y}`
          : area.position === 'center'
            ? ''
            : ` ${area.position}`
      return `crop ${area.width}${area.type === 'ratio' ? ':' : 'x'}${area.height}${at}`
    }
    case 'resize':
      return it.scale === undefined
        ? `resize ${it.width ?? ''}x${it.height ?? ''}`
        : `resize ${Math.round(it.scale * 100)}%`
    case 'blur':
    case 'sharpen':
      return `${it.kind} ${it.sigma}`
    case 'contrast':
    case 'brighten':
    case 'saturate':
      return `${it.kind} ${Number(it.factor.toFixed(3))}`
    case 'tint':
      return `tint ${it.color}`
    case 'label':
      return `label "${it.text}" ${it.position}`
    default:
      return it.kind
  }
}
