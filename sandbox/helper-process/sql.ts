// The helper process for SQL: DuckDB, with the session's files to read and nothing else.
import process, { argv } from 'node:process'
import * as z from 'zod/mini'
import { loadPackage } from '../native/sql/duckdb.ts'
import { openEngine } from '../native/sql/engine.ts'
import { createFileLinks } from './file-links.ts'
import { serve, type Answer } from './serve.ts'

const count = z.int().check(z.minimum(0), z.maximum(2 ** 31 - 1))
const MAX_COLUMNS = 10_000
const MAX_QUERY = 1_000_000
const name = z.string().check(z.maxLength(10_000))
const query = z.string().check(z.maxLength(MAX_QUERY))
const kind = z.enum(['number', 'integer', 'boolean', 'date', 'timestamp', 'text'])
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()])
const bound = { schema: z.optional(name), name }
const fileColumn = z.object({ name, type: z.enum(['number', 'text', 'date', 'timestamp', 'boolean']) })

/** A name below the working folder. */
const fileName = z
  .string()
  .check(z.minLength(1), z.maxLength(1024))
  .check(
    z.refine(
      (path) => !path.split('/').some((part) => part === '' || part === '.' || part === '..' || part.includes('\0')),
    ),
  )

const fileBinding = z.object({
  ...bound,
  file: fileName,
  delimiter: z.string().check(z.maxLength(4)),
  skip: count,
  header: z.boolean(),
  isRegular: z.boolean(),
  columns: z.array(fileColumn).check(z.minLength(1), z.maxLength(MAX_COLUMNS)),
})

const request = z.discriminatedUnion('op', [
  z.object({ op: z.literal('names'), query }),
  z.object({
    op: z.literal('load'),
    table: count,
    rows: count,
    columns: z.array(z.object({ name, kind })).check(z.minLength(1), z.maxLength(MAX_COLUMNS)),
    order: z.array(name).check(z.minLength(1), z.maxLength(MAX_COLUMNS)),
  }),
  z.object({ op: z.literal('drop'), table: count }),
  z.object({ op: z.literal('check'), file: fileBinding }),
  z.object({ op: z.literal('store'), table: count, file: fileBinding, bytes: count }),
  z.object({
    op: z.literal('query'),
    query,
    bindings: z.array(z.union([z.object({ ...bound, table: count }), fileBinding])),
    parameters: z.record(z.string(), z.union([scalar, z.array(scalar)])),
    rowsOf: z.optional(count),
    seed: z.optional(z.number().check(z.minimum(-1), z.maximum(1))),
    clock: z.optional(z.number().check(z.minimum(-8.64e15), z.maximum(8.64e15))),
  }),
])

const message = z.object({
  request,
  files: z.record(fileName, z.object({ blob: z.string().check(z.regex(/^[0-9a-z]{16,40}$/)), isLinked: z.boolean() })),
})

/** Operations that read files. */
const READING: ReadonlySet<string> = new Set(['query', 'check', 'store'])

/** What the near side starts it with. */
interface Setting {
  /** The folder of the files' bytes. */
  readonly blobs: string
  /** The folder of linked files, if there is one. */
  readonly links?: string
  readonly memoryBytes: number
  readonly mustFilter: boolean
}

const { blobs, links = blobs, memoryBytes, mustFilter } = JSON.parse(argv[2] ?? '{}') as Setting

function pathOf({ blob, isLinked }: { readonly blob: string; readonly isLinked: boolean }): string {
  return `${isLinked ? links : blobs}/${blob}`
}

function load(): Answer {
  loadPackage()
  const linkFiles = createFileLinks()
  const call = openEngine(() => ({ folders: [`${blobs}/`, `${links}/`, `${process.cwd()}/`], memoryBytes }))
  return async ({ value, bytes }) => {
    const said = message.parse(value)
    if (READING.has(said.request.op))
      linkFiles(Object.fromEntries(Object.entries(said.files).map(([name, file]) => [name, pathOf(file)])))
    const [result, arrays] = await call(said.request, bytes)
    return { value: result, bytes: arrays }
  }
}

serve(load, mustFilter)
