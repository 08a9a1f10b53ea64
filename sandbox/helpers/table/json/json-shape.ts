// Finds the table in parsed JSON, whichever way it is written, or says what the JSON is instead.

type JsonObject = Readonly<Record<string, unknown>>

/** What a JSON value holds: records, columns, or no table. */
export type JsonShape =
  | {
      readonly kind: 'records'
      readonly records: readonly JsonObject[]
      readonly notes: readonly string[]
      readonly lists?: readonly string[]
    }
  | {
      readonly kind: 'columns'
      readonly columns: ReadonlyMap<string, readonly unknown[]>
      readonly notes: readonly string[]
      readonly lists?: readonly string[]
    }
  /** `what`: a sentence that says what it is. `lists`: names of the lists of records in it. */
  | { readonly kind: 'none'; readonly what: string; readonly lists?: readonly string[] }

/** The shape of a value; `list` names one of several lists of records in it. */
export function findShape(value: unknown, list: string | undefined): JsonShape {
  if (Array.isArray(value)) return ofArray(value)
  if (!isObject(value)) return none(`a single ${value === null ? 'null' : typeof value}`)
  const special = list === undefined ? specialOf(value) : undefined
  if (special) return special
  return (
    ofSplit(value) ??
    ofLists(value, list) ??
    ofColumns(value) ??
    ofKeyed(value) ??
    none('an object without a list of rows')
  )
}

const none = (what: string): JsonShape => ({ kind: 'none', what })

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const isScalar = (value: unknown): boolean => typeof value !== 'object' || value === null

function ofArray(rows: readonly unknown[]): JsonShape {
  if (rows.length === 0) return none('an empty list')
  if (rows.every(isObject)) return { kind: 'records', records: rows, notes: [] }
  if (rows.every((row) => Array.isArray(row))) return ofArrays(rows as readonly (readonly unknown[])[])
  if (rows.every(isScalar))
    return {
      kind: 'columns',
      columns: new Map([['value', rows]]),
      notes: ["a list of single values, in the column 'value'"],
    }
  return none(`a list of ${rows.length} values of different kinds`)
}

/** Rows as lists; a first one of names is a header. */
function ofArrays(rows: readonly (readonly unknown[])[]): JsonShape {
  const [first = [], ...rest] = rows
  const isNamed =
    first.length > 0 && first.every((cell) => typeof cell === 'string') && new Set(first).size === first.length
  const hasHeader =
    isNamed && rest.length > 0 && rest.some((row) => row.some((cell) => cell !== null && typeof cell !== 'string'))
  const body = hasHeader ? rest : rows
  const width = rows.reduce((widest, row) => Math.max(widest, row.length), 0)
  const columns = new Map<string, readonly unknown[]>()
  for (let i = 0; i < width; i++) {
    const name = hasHeader ? ((first[i] as string | undefined) ?? `column ${i + 1}`) : `column ${i + 1}`
    columns.set(
      name,
      body.map((row) => row[i] ?? null),
    )
  }
  return { kind: 'columns', columns, notes: [] }
}

const GEOMETRIES = [
  'FeatureCollection',
  'Feature',
  'Point',
  'MultiPoint',
  'LineString',
  'MultiLineString',
  'Polygon',
  'MultiPolygon',
  'GeometryCollection',
]

/** What has lists, but is known to be no table. */
function specialOf(value: JsonObject): JsonShape | undefined {
  const { type, features, objects, nodes, width, height } = value
  if (type === 'FeatureCollection' && Array.isArray(features))
    return none(`GeoJSON, a collection of ${features.length} features`)
  if (GEOMETRIES.includes(String(type)) && ('coordinates' in value || 'geometry' in value || 'geometries' in value))
    return none(`GeoJSON, a ${String(type)}`)
  if (type === 'Topology' && isObject(objects))
    return none(
      `TopoJSON with ${Object.keys(objects)
        .map((name) => `'${name}'`)
        .join(', ')}`,
    )
  const links = value['links'] ?? value['edges']
  if (isRecords(nodes) && isRecords(links)) {
    const name = 'links' in value ? 'links' : 'edges'
    return {
      ...none(`a graph of ${nodes.length} nodes and ${links.length} ${name}`),
      lists: ['nodes', name],
    } as JsonShape
  }
  const cells = Object.values(value).find(
    (list) => Array.isArray(list) && list.length > 0 && list.every((cell) => typeof cell === 'number'),
  )
  if (typeof width === 'number' && typeof height === 'number' && Array.isArray(cells))
    return none(`a matrix of ${width} x ${height} numbers`)
  return undefined
}

function isRecords(value: unknown): value is readonly JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every(isObject)
}

/** { columns: [names], data: [[…], …] }, as pandas' to_json(orient='split') writes it. */
function ofSplit(value: JsonObject): JsonShape | undefined {
  const names = value['columns']
  const rows = value['data'] ?? value['rows']
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string') || !Array.isArray(rows))
    return undefined
  if (!rows.every((row) => Array.isArray(row))) return undefined
  const columns = new Map(names.map((name, i) => [name, (rows as unknown[][]).map((row) => row[i] ?? null)]))
  return { kind: 'columns', columns, notes: [] }
}

const MAX_DEPTH = 3

/** Lists of records anywhere in an object, by their paths. */
function ofLists(value: JsonObject, wanted: string | undefined): JsonShape | undefined {
  const found = new Map<string, readonly JsonObject[]>()
  const search = (at: JsonObject, path: string, depth: number): void => {
    for (const [key, inner] of Object.entries(at)) {
      if (isRecords(inner)) found.set(path + key, inner)
      else if (isObject(inner) && depth < MAX_DEPTH) search(inner, `${path}${key}.`, depth + 1)
    }
  }
  search(value, '', 1)
  const lists = [...found.keys()]
  if (wanted !== undefined) {
    const records = found.get(wanted)
    if (!records)
      throw new Error(
        `readTable: there is no list '${wanted}'; there are ${lists.map((name) => `'${name}'`).join(', ') || 'none'}`,
      )
    return { kind: 'records', records, notes: [], lists }
  }
  const [largest] = [...found].sort(([, a], [, b]) => b.length - a.length)
  if (!largest) return undefined
  const others = lists.filter((name) => name !== largest[0]).map((name) => `'${name}'`)
  const more = others.length > 0 ? `; others are ${others.slice(0, 5).join(', ')}: pass { sheet: '…' }` : ''
  return { kind: 'records', records: largest[1], notes: [`the rows are those of '${largest[0]}'${more}`], lists }
}

/** { x: [1, 2], y: ['a', 'b'] }: a list for each column. */
function ofColumns(value: JsonObject): JsonShape | undefined {
  const entries = Object.entries(value)
  const lists = entries.map(([, list]) => list)
  if (lists.length === 0 || !lists.every((list) => Array.isArray(list) && list.every(isScalar))) return undefined
  const lengths = new Set((lists as unknown[][]).map((list) => list.length))
  if (lengths.size !== 1 || lengths.has(0)) return undefined
  return { kind: 'columns', columns: new Map(entries as [string, unknown[]][]), notes: ['a list for each column'] }
}

/** { north: { x: 1 }, south: { x: 3 } }: an object for each row, or for each column with the numbers of rows as keys. */
function ofKeyed(value: JsonObject): JsonShape | undefined {
  const entries = Object.entries(value)
  if (entries.length === 0 || !entries.every(([, inner]) => isObject(inner) && Object.keys(inner).length > 0))
    return undefined
  const objects = entries as [string, JsonObject][]
  const keys = [...new Set(objects.flatMap(([, inner]) => Object.keys(inner)))]
  const isFlat = objects.every(([, inner]) => Object.values(inner).every(isScalar))
  if (isFlat && keys.every((key) => /^\d+$/.test(key)) && keys.length >= 1) {
    const columns = new Map(objects.map(([name, inner]) => [name, keys.map((key) => inner[key] ?? null)]))
    return { kind: 'columns', columns, notes: ['an object for each column'] }
  }
  const shared = objects.filter(([, inner]) => keys.every((key) => key in inner)).length
  if (objects.length < 2 || shared * 2 < objects.length) return undefined
  const name = keys.includes('key') ? 'name' : 'key'
  const records = objects.map(([key, inner]) => ({ [name]: key, ...inner }))
  return { kind: 'records', records, notes: [`an object for each row, whose name is in the column '${name}'`] }
}
