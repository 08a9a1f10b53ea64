// Marks types that a snippet imports like values: TypeScript drops such imports, Node does not. With the mark, what the
// journal keeps runs in plain Node too.

/** The modules from which snippets import types, with their exported values that begin with a capital. */
export const CAPITAL_VALUES: Readonly<Record<string, ReadonlySet<string>>> = {
  sharp: new Set(),
  easel: new Set(['PALETTE']),
  gifenc: new Set(['GIFEncoder']),
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

const NAMED = /\b(import\s+(?:[\w$]+\s*,\s*)?\{)([^{}]*)(\}\s*from\s*(['"])([\w.@/-]+)\4)/g

/** The head of a snippet (its imports) with each imported type marked `type`. */
export function withTypeImports(head: string): string {
  return head.replace(NAMED, (whole, opening: string, list: string, closing: string, _quote, name: string) => {
    const module = name === 'chart.js/auto' ? 'chart.js' : name
    const values = Object.hasOwn(CAPITAL_VALUES, module) ? CAPITAL_VALUES[module] : undefined
    if (!values) return whole
    const marked = list.replace(/(^|,)(\s*)([A-Z][\w$]*)(?=\s*(?:,|$|as\s))/g, (member, comma, space, imported) =>
      values.has(imported) ? member : `${comma}${space}type ${imported}`,
    )
    return `${opening}${marked}${closing}`
  })
}

function names(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')))
}
