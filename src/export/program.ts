// The cells of a session as one readable TypeScript module: imports first, without duplicates, then cell after cell,
// with the session's changes of files in between.
import { nameAll, type Naming, type Newest } from './naming.ts'
import { commentLines, quoteString } from './quoting.ts'
import { HELPERS, readCell, type CellReading, type Change, type Imported } from './reading.ts'

/** A change of a file between cells, made by the notebook function of this name. */
export interface Step {
  readonly does: 'bring' | 'keep' | 'putBack' | 'remove'
  readonly values: readonly (string | number)[]
}

export interface ProgramCell {
  readonly number: number
  readonly code: string
  readonly seed: number
  readonly clock: number
  readonly purpose?: string | undefined
  /** The request, if this is the first cell of the answer. */
  readonly request?: string | undefined
  readonly before: readonly Step[]
}

export interface ProgramInput {
  readonly title: string
  readonly cells: readonly ProgramCell[]
  readonly after: readonly Step[]
}

export interface Program {
  readonly source: string
  /** Modules that the source imports, with the imported names; `*` for all. */
  readonly modules: Readonly<Record<string, readonly string[]>>
}

/** A cell that cannot be read. */
export class UnreadableCell extends Error {
  readonly cell: number
  constructor(cell: number, reason: string) {
    super(`Cell ${cell} cannot be read: ${reason.split('\n')[0]}`)
    this.cell = cell
  }
}

/** Writes the module. Throws UnreadableCell. */
export function writeProgram({ title, cells, after }: ProgramInput): Program {
  const readings = cells.map(({ code, number }) => {
    try {
      return readCell(code.toWellFormed())
    } catch (error) {
      throw new UnreadableCell(number, error instanceof Error ? error.message : String(error))
    }
  })
  const naming = nameAll(readings)
  const { notebook } = naming
  const steps = (list: readonly Step[]): string =>
    list.map(({ does, values }) => `await ${notebook}.${does}(${values.map(literal).join(', ')})\n`).join('')
  const parts = cells.map((cell, k) => {
    const { seed, clock, before } = cell
    const files = steps(before)
    const start = `await ${notebook}.cell(${literal({ seed, clock })});\n`
    const newest = (naming.newest[k] ?? []).map((name) => newestLine(notebook, name)).join('')
    return `${files === '' ? '' : `${files}\n`}${heading(cell)}${start}${newest}${bodyOf(readings[k], naming.changes[k], notebook)}`
  })
  const end = `${steps(after)}await ${notebook}.finish()\n`
  const bare = [...new Set(readings.flatMap((one) => one.bare))]
  const source = [header(title), importLines(naming, bare), ...parts, end].join('\n')
  return { source, modules: modulesOf(naming.imports, readings) }
}

function literal(value: string | number | { seed: number; clock: number }): string {
  if (typeof value === 'object') return `{ seed: ${value.seed}, clock: ${value.clock} }`
  return typeof value === 'string' ? quoteString(value) : String(value)
}

function header(title: string): string {
  return [
    ...commentLines('', title),
    '// Each cell starts with the seed and the clock that it had, so it makes the same bytes. Run it with: npm start',
    '',
  ].join('\n')
}

function heading({ number, purpose, request }: ProgramCell): string {
  const lines = [
    ...(purpose ? commentLines(`Cell ${number}: `, purpose) : [`// Cell ${number}`]),
    ...(request ? commentLines('Asked: ', request) : []),
  ]
  return `${lines.join('\n')}\n`
}

function newestLine(notebook: string, { name, emitted, assignable }: Newest): string {
  const set = assignable ? `, set: (value) => (${emitted} = value)` : ''
  return `Object.defineProperty(${notebook}.newest, '${name}', { get: () => ${emitted}${set}, configurable: true })\n`
}

/** The cell's text with all changes; lines left empty by removals are dropped. */
function bodyOf(reading: CellReading | undefined, renames: readonly Change[] = [], notebook = 'notebook'): string {
  if (!reading) return ''
  const { code, changes, metas } = reading
  const all = [...changes, ...renames, ...metas.map((meta) => ({ ...meta, by: `${notebook}.place` }))]
  let text = ''
  let at = 0
  for (const { start, end, by } of all.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    // A removal that contains other changes replaces them.
    if (start < at) continue
    text += code.slice(at, start) + (by === '' && end > start ? REMOVED : by)
    at = end
  }
  const lines = (text + code.slice(at)).split(/\r\n|\r|\n/)
  const kept = lines
    .filter((line) => !line.includes(REMOVED) || line.replaceAll(REMOVED, '').replace(/[\s;]/g, '') !== '')
    .map((line) => line.replace(new RegExp(`${REMOVED}(?:;? *${REMOVED})*;? ?`, 'g'), ''))
  while (kept[0]?.trim() === '') kept.shift()
  while (kept.at(-1)?.trim() === '') kept.pop()
  return `${kept.join('\n')}\n`
}

/** Marks a removed piece until empty lines are dropped: a lone surrogate, which no well-formed text contains. */
const REMOVED = '\udc00'

function importLines({ imports, notebook }: Naming, bare: readonly string[]): string {
  const lines = [`import * as ${notebook} from './easel/node-setup/notebook.ts'`]
  const modules = [...new Set(imports.filter(({ member }) => !member).map(({ module }) => module))]
  const rank = (name: string): string => `${name.startsWith('node:') ? 0 : name === 'easel' ? 2 : 1}${name}`
  for (const module of modules.toSorted((a, b) => (rank(a) < rank(b) ? -1 : 1)))
    lines.push(
      ...moduleLines(
        module,
        imports.filter((one) => one.module === module && !one.member),
      ),
    )
  for (const module of bare) if (!modules.includes(module)) lines.push(`import ${moduleText(module)}`)
  for (const module of modules) lines.push(...memberLine(module, imports))
  return `${lines.join('\n')}\n`
}

function moduleLines(module: string, imports: readonly Imported[]): string[] {
  const from = `from ${moduleText(module)}`
  const lines = imports
    .filter(({ imported }) => imported === '*')
    .map(({ local, isType }) => `import ${isType ? 'type ' : ''}* as ${local} ${from}`)
  const own = imports.find(({ imported, isType }) => imported === 'default' && !isType)
  const named = imports
    .filter((one) => one !== own && one.imported !== '*')
    .toSorted((a, b) => (a.imported < b.imported ? -1 : 1))
  if (!own && named.length === 0) return lines
  const allTypes = !own && named.every(({ isType }) => isType)
  const list = named.map(({ local, imported, isType }) => {
    const name = imported === local ? local : `${imported} as ${local}`
    return isType && !allTypes ? `type ${name}` : name
  })
  const clause = [...(own ? [own.local] : []), ...(list.length > 0 ? [`{ ${list.join(', ')} }`] : [])].join(', ')
  return [...lines, `import ${allTypes ? 'type ' : ''}${clause} ${from}`]
}

const moduleText = (module: string): string => quoteString(module === 'easel' ? HELPERS : module)

function memberLine(module: string, imports: readonly Imported[]): string[] {
  const own = imports.find((one) => one.module === module && one.imported === 'default' && !one.member)
  const names = imports
    .filter((one) => one.module === module && one.member)
    .map(({ local, imported }) => (local === imported ? local : `${imported}: ${local}`))
  return own && names.length > 0 ? [`const { ${names.join(', ')} } = ${own.local}`] : []
}

function modulesOf(imports: readonly Imported[], readings: readonly CellReading[]): Record<string, string[]> {
  const modules: Record<string, string[]> = {}
  for (const { module, imported, member } of imports) if (!member) (modules[module] ??= []).push(imported)
  for (const { dynamic } of readings) for (const module of dynamic) (modules[module] ??= []).push('*')
  for (const { bare } of readings) for (const module of bare) modules[module] ??= []
  return modules
}
