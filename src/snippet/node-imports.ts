// Rewrites a snippet's imports for plain Node: gifenc and papaparse are CommonJS, so only their default import works;
// types are not exported, so each is marked `type`; dayjs is a function, so `* as` cannot call it, and its plugins and
// locales are found only with `.js`, datalabels under its file's name. The journal, and so every export, keeps the rewritten form. Line numbers do not
// change.
import { NODE_NAMES } from '../../sandbox/module-names.ts'
import { readImports, type ImportedName, type ImportStatement } from './imports.ts'
import type { Token } from './token.ts'
import { readTokens } from './tokens.ts'

/** Packages whose named exports plain Node does not see. */
export const COMMON_JS: ReadonlySet<string> = new Set(['gifenc', 'papaparse'])

/** Rewrites the imports at the top of a snippet; those further down are left alone. */
export function withNodeImports(code: string): string {
  const reading = readTokens(code)
  if ('problem' in reading) return code
  const { tokens } = reading
  const bindings = new Map<string, string>()
  const pieces: string[] = []
  let at = 0
  for (const statement of importsAtTop(tokens)) {
    pieces.push(code.slice(at, statement.start), rewriteImport(statement, code, tokens, bindings))
    at = statement.end
  }
  return pieces.join('') + code.slice(at)
}

function importsAtTop(tokens: readonly Token[]): ImportStatement[] {
  let next = 0
  const statements = readImports(tokens)
  const other = statements.findIndex(({ tokens: { first, last } }) => {
    const isNext = first === next
    next = tokens[last + 1]?.text === ';' ? last + 2 : last + 1
    return !isNext
  })
  return other < 0 ? statements : statements.slice(0, other)
}

/** `bindings`: the name of each package's default import so far. */
function rewriteImport(
  { start, end, module, names, tokens: { last } }: ImportStatement,
  code: string,
  tokens: readonly Token[],
  bindings: Map<string, string>,
): string {
  const text = withNodeName(code.slice(start, end), module)
  const own = names.find(({ imported, isType: isMarked }) => imported === 'default' && !isMarked)
  const members = names.filter((one) => one !== own && one.imported !== '*')
  const [types, values] = [members.filter((one) => isType(one, module)), members.filter((one) => !isType(one, module))]
  const known = bindings.get(module)
  if (COMMON_JS.has(module) && own) bindings.set(module, own.local)
  if (!COMMON_JS.has(module) || values.length === 0) return withMarks(text, start, types)
  const binding = own?.local ?? known ?? freeName(module, code)
  bindings.set(module, binding)
  const parts = [
    ...(own === undefined && known !== undefined ? [] : [`import ${binding} from '${module}'`]),
    ...(types.length > 0 ? [`import type { ${join(types, ' as ')} } from '${module}'`] : []),
    `const { ${join(values, ': ')} } = ${binding}`,
  ]
  const mustEnd = text.endsWith(';') || continues(tokens[last + 1])
  return parts.join('; ') + (mustEnd ? ';' : '') + '\n'.repeat(text.split('\n').length - 1)
}

/** An import with the name by which plain Node finds the module, and of dayjs as a function. */
function withNodeName(text: string, module: string): string {
  if (module === 'dayjs') return text.replace(/^import\s*\*\s*as\s/, (star) => `import ${star.replace(/[^\n]/g, '')}`)
  return LONG_NAMES.has(module) ? text.replace(/(?<=['"])[^'"]+(?=['"]\s*;?$)/, module) : text
}

const LONG_NAMES: ReadonlySet<string> = new Set(NODE_NAMES.values())

/** Whether an expression before this token would run on into it. */
function continues(next: Token | undefined): boolean {
  return next !== undefined && (!next.newline || next.kind === 'punctuation' || next.kind === 'regex')
}

/** Marks the types that are not marked yet. */
function withMarks(text: string, start: number, types: readonly ImportedName[]): string {
  const offsets = types.flatMap(({ isType: isMarked, at }) => (isMarked ? [] : at - start))
  return [0, ...offsets].map((from, i) => `${i > 0 ? 'type ' : ''}${text.slice(from, offsets[i])}`).join('')
}

function isType({ imported, isType: isMarked }: ImportedName, module: string): boolean {
  if (isMarked) return true
  const name = module === 'chart.js/auto' ? 'chart.js' : module
  const values = Object.hasOwn(CAPITAL_VALUES, name) ? CAPITAL_VALUES[name] : undefined
  return values !== undefined && /^[A-Z]/.test(imported) && !values.has(imported)
}

function join(names: readonly ImportedName[], between: string): string {
  return names.map(({ local, imported }) => (local === imported ? local : imported + between + local)).join(', ')
}

/** The package's own name, unless the snippet uses it for something else. */
function freeName(name: string, code: string): string {
  const others = code.replaceAll(new RegExp(`(['"])${name}\\1`, 'g'), '')
  return new RegExp(`\\b${name}\\b`).test(others) ? `${name}Package` : name
}

/** The modules from which snippets import types, with their exported values that begin with a capital. */
export const CAPITAL_VALUES: Readonly<Record<string, ReadonlySet<string>>> = {
  sharp: new Set(),
  easel: new Set(['PALETTE']),
  gifenc: new Set(['GIFEncoder']),
  dayjs: new Set(),
  'date-fns': new Set(),
  'date-fns/locale': new Set(),
  'd3-array': names('Adder InternMap InternSet'),
  'simple-statistics': names('BayesianClassifier PerceptronModel'),
  arquero: names('BitSet ColumnTable Reducer Table'),
  'ml-regression': names(
    'ExponentialRegression KRR KernelRidgeRegression MultivariateLinearRegression NLR NonLinearRegression',
    'PolinomialFitting2D PolynomialRegression PowerRegression RobustPolynomialRegression SLR SimpleLinearRegression',
    'TheilSenRegression',
  ),
  papaparse: names(
    'RECORD_SEP UNIT_SEP BYTE_ORDER_MARK BAD_DELIMITERS WORKERS_SUPPORTED NODE_STREAM_INPUT LocalChunkSize',
    'RemoteChunkSize DefaultDelimiter Parser ParserHandle NetworkStreamer FileStreamer StringStreamer',
    'ReadableStreamStreamer DuplexStreamStreamer',
  ),
  'chart.js': names(
    'Animation Animations ArcElement BarController BarElement BasePlatform BasicPlatform BubbleController CategoryScale',
    'Chart Colors DatasetController Decimation DomPlatform DoughnutController Element Filler Interaction Legend',
    'LineController LineElement LinearScale LogarithmicScale PieController PointElement PolarAreaController',
    'RadarController RadialLinearScale Scale ScatterController SubTitle Ticks TimeScale TimeSeriesScale Title Tooltip',
  ),
  'chart.js/helpers': names('HALF_PI INFINITY PI PITAU QUARTER_PI RAD_PER_DEG TAU TWO_THIRDS_PI'),
  'chartjs-plugin-datalabels/dist/chartjs-plugin-datalabels.esm.js': new Set(),
  'chartjs-plugin-annotation': new Set(),
  '@sgratzl/chartjs-chart-boxplot': names(
    'BoxAndWiskers BoxPlotChart BoxPlotController StatsBase Violin ViolinChart ViolinController',
  ),
  'chartjs-chart-error-bars': names(
    'ArcWithErrorBar BarWithErrorBar BarWithErrorBarsChart BarWithErrorBarsController LineWithErrorBarsChart',
    'LineWithErrorBarsController PointWithErrorBar PolarAreaWithErrorBarsChart PolarAreaWithErrorBarsController',
    'ScatterWithErrorBarsChart ScatterWithErrorBarsController',
  ),
  'chartjs-chart-matrix': names('MatrixController MatrixElement'),
  'chartjs-chart-sankey': names('Flow SankeyController'),
  'chartjs-chart-treemap': names('TreemapController TreemapElement'),
  echarts: names('Axis ChartView ComponentModel ComponentView List Model PRIORITY SeriesModel'),
  'chartjs-node-canvas': names('AnimatedChartJSNodeCanvas ChartJSNodeCanvas ChartJSNodeCanvasBase'),
  '@napi-rs/canvas': names(
    'Canvas CanvasElement DOMMatrix DOMPoint DOMRect FillType FontKey GifDisposal GifEncoder GlobalFonts Image ImageData',
    'LottieAnimation PDFDocument Path2D PathOp SVGCanvas StrokeCap StrokeJoin SvgExportFlag',
  ),
  canvas: names(
    'Canvas CanvasElement CanvasRenderingContext2D Context2d DOMMatrix DOMPoint DOMRect GlobalFonts Image ImageData',
    'JPEGStream PDFDocument PNGStream Path2D SVGCanvas',
  ),
}

function names(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')))
}
