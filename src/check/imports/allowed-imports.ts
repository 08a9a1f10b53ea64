// Restricts a snippet's imports to the table of modules before the type checker or the sandbox sees it: any other
// specifier would make the checker read a file of this machine.
import { CHART_PLUGINS, MODULE_NAMES, NODE_NAMES } from '../../../sandbox/module-names.ts'
import { isOfClause, MAX_TOKENS } from '../../snippet/imports.ts'
import { isCertainMember } from './certain-members.ts'
import type { Comment, Token } from '../../snippet/token.ts'

/** An offset in the snippet's text and what is wrong there. */
interface ImportProblem {
  readonly at: number
  readonly message: string
}

const LONG: ReadonlySet<string> = new Set(NODE_NAMES.values())
const KNOWN: ReadonlySet<string> = new Set(MODULE_NAMES)
const PLUGINS: ReadonlySet<string> = new Set(CHART_PLUGINS)
const MEMBERS: Readonly<Record<string, string>> = {
  dayjs: ' (dayjs/plugin/NAME, dayjs/locale/NAME)',
  'chart.js': ' (/auto, /helpers)',
}
/** Node's own modules are listed once, with `node:`; what belongs to another module is not listed one by one. */
const LISTED = MODULE_NAMES.filter((name) => !KNOWN.has(`node:${name}`) && !LONG.has(name) && !PLUGINS.has(name))
  .filter((name) => !/^(?:dayjs|chart\.js)\//.test(name))
  .map((name) => name + (MEMBERS[name] ?? ''))
  .join(', ')

/** Every import, `import()`, `require`, import type, re-export and reference whose module is not in the table. */
export function importProblems(tokens: readonly Token[], comments: readonly Comment[]): ImportProblem[] {
  const problems: ImportProblem[] = []
  for (const i of tokens.keys()) {
    const found = problemAt(tokens, i)
    if (found) problems.push(found)
  }
  for (const { text, at } of comments) {
    if (/^\/\/\/\s*<\s*(?:reference|amd-)/i.test(text)) {
      problems.push({ at, message: `A /// reference is not possible in a snippet. ${listed()}` })
    } else if (/@jsx/i.test(text)) {
      problems.push({ at, message: 'A comment with @jsx would import something, and snippets have no JSX; reword it.' })
    }
  }
  return problems.toSorted((a, b) => a.at - b.at)
}

function problemAt(tokens: readonly Token[], i: number): ImportProblem | undefined {
  const token = tokens[i]
  const before = tokens[i - 1]?.text
  const next = tokens[i + 1]
  if (!token || !next) return undefined
  if (before === '.' || before === '?.') {
    if (token.text === 'export') return exportAt(tokens, i)
    const doubtful = token.text === 'import' && !isCertainMember(tokens, i)
    return doubtful ? clauseProblem(tokens, i) : undefined
  }
  if (token.text === 'import') return importAt(tokens, i)
  if (token.text === 'export') return exportAt(tokens, i)
  if (token.text === 'from' && next.kind === 'string') return checkSpecifier(next)
  if (token.text === 'require' && next.text !== ':') return requireAt(tokens, i)
  const declares = token.text === 'module' || token.text === 'namespace' || token.text === 'declare'
  if (declares && next.kind === 'string') {
    return {
      at: token.at,
      message: 'A snippet cannot declare a module; declare the types you need as interface or type.',
    }
  }
  return undefined
}

/** Checks `import 'x'`, `import('x')` and `typeof import('x')`; `import … from 'x'` is checked at its `from`. */
function importAt(tokens: readonly Token[], i: number): ImportProblem | undefined {
  const at = tokens[i]?.at ?? 0
  const next = tokens[i + 1]
  if (!next || next.text === ':') return undefined
  if (next.kind === 'string') return checkSpecifier(next)
  if (next.text === '.') return tokens[i + 2]?.text === 'meta' ? undefined : { at, message: UNREADABLE_IMPORT }
  if (next.text === '(') {
    const first = tokens[i + 2]
    const after = tokens[i + 3]?.text
    const plain = first?.kind === 'string' && (after === ')' || after === ',')
    return first && plain ? checkSpecifier(first) : { at, message: `import() takes a plain string here. ${listed()}` }
  }
  return hasFrom(tokens, i) ? undefined : { at, message: UNREADABLE_IMPORT }
}

const UNREADABLE_IMPORT =
  "This import cannot be read; write it as import name from 'module' or import { name } from 'module'."

/** Whether the clause of a static import ends in `from 'x'`. */
function hasFrom(tokens: readonly Token[], i: number): boolean {
  const start = tokens[i] as Token
  for (const [j, token] of tokens.slice(i + 1, i + MAX_TOKENS).entries()) {
    if (token.text === 'from' && tokens[i + j + 2]?.kind === 'string') return true
    if (!isOfClause(token, start)) return false
  }
  return false
}

/** Checks `export * 'x'` and `export { a } 'x'`, where compilers supply the `from`; see `from` otherwise. */
function exportAt(tokens: readonly Token[], i: number): ImportProblem | undefined {
  let at = i + 1
  if (tokens[at]?.text === 'type') at++
  if (tokens[at]?.text === '{') {
    const depth = tokens[at]?.depth
    do at++
    while (at < tokens.length && tokens[at]?.depth !== depth)
  } else if (tokens[at]?.text !== '*') return undefined
  else if (tokens[at + 1]?.text === 'as') at += 2
  const name = tokens[at + 1]
  const apart = tokens[at]?.text === '}' && name?.newline
  return name?.kind === 'string' && !apart ? checkSpecifier(name) : undefined
}

const OF_CLAUSES = new Set('{}*,=.()<>[]:?@'.split(''))

/** The first module outside the table in what may be an import clause from here on. */
function clauseProblem(tokens: readonly Token[], i: number): ImportProblem | undefined {
  for (const token of tokens.slice(i + 1, i + MAX_TOKENS)) {
    if (token.text === '`') return { at: token.at, message: `import() takes a plain string here. ${listed()}` }
    if (token.kind === 'string') return checkSpecifier(token)
    if (token.kind !== 'name' && !OF_CLAUSES.has(token.text)) return undefined
  }
  return undefined
}

function requireAt(tokens: readonly Token[], i: number): ImportProblem {
  const at = tokens[i]?.at ?? 0
  const asked = tokens[i + 2]
  const name = tokens[i + 1]?.text === '(' && asked?.kind === 'string' ? plainText(asked) : undefined
  if (name === undefined) return { at, message: `There is no require in a snippet; use import. ${listed()}` }
  if (KNOWN.has(name)) return { at, message: `There is no require in a snippet; write import … from '${name}'.` }
  return { at, message: refusal(name) }
}

function checkSpecifier(token: Token): ImportProblem | undefined {
  const name = plainText(token)
  if (name === undefined)
    return { at: token.at, message: `The name of a module is written without escapes. ${listed()}` }
  return KNOWN.has(name) ? undefined : { at: token.at, message: refusal(name) }
}

/** The text of a string; undefined if it has escapes. */
function plainText(token: Token): string | undefined {
  return token.text.includes('\\') ? undefined : token.text.slice(1, -1)
}

function refusal(name: string): string {
  const shown = name.length > 80 ? `${name.slice(0, 80)}…` : name
  return `'${shown}' cannot be imported. ${listed()}${hint(name)}`
}

function listed(): string {
  return `Available modules: ${LISTED}.`
}

function hint(name: string): string {
  if (/chartjs-/.test(name))
    return ` Plugins of Chart.js: ${CHART_PLUGINS.join(', ')}; others are written in the snippet: plugins: [{ id: 'values', afterDatasetsDraw(chart) { … } }].`
  if (/^[./~]|^file:|^[a-z]:\//i.test(name)) {
    return " Files are read by name, as in readFile('data.json') of node:fs/promises; code stays in the snippet."
  }
  if (/^https?:|fetch|axios|^(?:node:)?(?:https?|http2|net|tls|dgram|dns)$/i.test(name)) {
    return ' The sandbox has no network; work with the files in /mnt/data.'
  }
  if (/^(?:node:)?(?:child_process|worker_threads|cluster|os|vm)$/.test(name)) {
    return ' The sandbox runs one snippet alone: no processes, threads or environment.'
  }
  const instead = Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined
  if (instead) return ` Use '${instead}' instead.`
  const close = MODULE_NAMES.find((known) => known === name.toLowerCase() || name.startsWith(`${known}/`))
  return close ? ` Did you mean '${close}'?` : ' Other packages are not installed; write what you need with these.'
}

/** Packages that people know for what a module of the table does. */
const INSTEAD: Readonly<Record<string, string>> = {
  ...instead('dayjs', 'moment luxon moment-timezone'),
  ...instead('d3-array', 'd3'),
  ...instead('arquero', 'danfojs danfojs-node dataframe-js data-forge nodejs-polars'),
  ...instead('simple-statistics', 'jstat mathjs stdlib stats-lite'),
  ...instead('ml-regression', 'regression ml-matrix ml-regression-polynomial ml-regression-simple-linear'),
  ...instead('papaparse', 'csv-parse csv-parser csv-parse/sync csv-stringify fast-csv'),
  ...instead('easel', 'xlsx exceljs'),
  ...instead('echarts', 'echarts/core echarts/charts plotly.js plotly.js-dist vega vega-lite highcharts apexcharts'),
}

function instead(module: string, names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map((name) => [name, module]))
}
