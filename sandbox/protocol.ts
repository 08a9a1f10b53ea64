// The frames on the pipe between the near side and the sandbox child. Each side checks what it reads: to the parent,
// every frame from the child is hostile input.
import * as z from 'zod/mini'
import { tableQuery, tableWindow } from './table-protocol.ts'

const count = z.int().check(z.minimum(0))
const text = (max: number) => z.string().check(z.maxLength(max))
/** A path below /mnt/data, with `/` between folders; `src/runner/file-rules.ts` checks it again before any use. */
const fileName = text(1024)
/** A random name in the session's scratch folder under which a file's bytes are stored. */
const blobName = z.string().check(z.regex(/^[0-9a-z]{16,40}$/))

/** Pictures on one sheet. */
export const MAX_TILES = 16

/** Helper processes of a child: programs beside it that need more than it has, each for one purpose. */
const helperName = z.enum(['sql'])
export type HelperName = z.infer<typeof helperName>
/** The child's pipes to its helpers, each for one start of one: their first descriptor and their number. */
export const FIRST_HELPER_PIPE = 5
export const MAX_HELPERS = 4

/** How a cell ended; `crashed` also covers a child that died without sending `end`. */
export const cellStatus = z.enum(['ok', 'rejected', 'threw', 'timeout', 'memory', 'limit', 'crashed', 'cancelled'])
export type CellStatus = z.infer<typeof cellStatus>

/** A table column: the number of empty cells, the smallest and largest of its numbers or dates, and how they are spread. */
const column = z.object({
  name: text(200),
  type: text(20),
  missing: z.optional(count),
  least: z.optional(z.union([z.number(), text(40)])),
  most: z.optional(z.union([z.number(), text(40)])),
  /** Text columns: all distinct values, where they are few and short. */
  values: z.optional(z.array(text(20)).check(z.maxLength(6))),
  /** Text columns without `values`: all distinct values, where they are at most 100, so that a request can name one. */
  names: z.optional(z.array(text(40)).check(z.maxLength(100))),
  /** Text columns: distinct values. */
  distinct: z.optional(count),
  /** Numbers and dates: rows in equal parts of the range. Booleans: false and true. Texts: rows of each of `top`. */
  bins: z.optional(z.array(count).check(z.maxLength(20))),
  /** Text columns: the most frequent values. */
  top: z.optional(z.array(text(40)).check(z.maxLength(5))),
})

/** A sheet of a workbook, or a table of a page; sizes up to its last filled cell, where they are known. */
const sheet = z.object({
  name: text(200),
  rows: z.optional(count),
  columns: z.optional(count),
  hidden: z.optional(z.boolean()),
})

/** Why a file cannot be used, or only in part. A stable code for programs and translations. */
const fileCause = z.enum([
  ...(['empty', 'content', 'damaged', 'pixels', 'frames', 'bitmap', 'heic', 'jxl', 'jp2', 'raw', 'photoshop'] as const),
  ...([
    'pdf',
    'postscript',
    'workbook',
    'locked',
    'document',
    'video',
    'audio',
    'archive',
    'encrypted',
    'unknown',
  ] as const),
  ...(['busy', 'heavy', 'memory', 'stalled', 'crashed'] as const),
])
export type FileCause = z.infer<typeof fileCause>

/** Facts that the sandbox measured of a file: size of a picture, columns of a table; none of its content. */
export const card = z.object({
  kind: z.enum(['picture', 'table', 'text', 'json', 'other', 'broken']),
  mime: text(100),
  bytes: count,
  /** Pictures: stored pixels, before any EXIF rotation. */
  width: z.optional(count),
  height: z.optional(count),
  channels: z.optional(count),
  /** sharp's depth: uchar, ushort, float … */
  depth: z.optional(text(20)),
  space: z.optional(text(20)),
  hasAlpha: z.optional(z.boolean()),
  /** Frames of a GIF, animated WebP or pages of a TIFF; 1 for a still picture. */
  frames: z.optional(count),
  /** Milliseconds per frame. */
  delay: z.optional(z.array(count).check(z.maxLength(2000))),
  /** EXIF orientation 1-8. */
  orientation: z.optional(count),
  format: z.optional(text(20)),
  /** No pixel has a colour; measured on a small copy, for an animation on some of its frames. */
  gray: z.optional(z.boolean()),
  /** The single colour of the whole picture: #rrggbb, or #rrggbbaa where it is translucent. */
  blank: z.optional(z.string().check(z.regex(/^#([0-9a-f]{2}){3,4}$/))),
  /** Share of pixels that are fully or partly transparent, 0 to 1; only with an alpha channel. */
  transparent: z.optional(z.number().check(z.minimum(0), z.maximum(1))),
  /** Animations: all frames are equal; unset where that would take long to find out. */
  still: z.optional(z.boolean()),
  /** Tables. */
  encoding: z.optional(text(40)),
  delimiter: z.optional(text(4)),
  rows: z.optional(count),
  columns: z.optional(z.array(column).check(z.maxLength(500))),
  /** The number of rows that the columns' `missing`, `least` and `most` cover, where it is not all of them. */
  seen: z.optional(count),
  /** Workbooks: all sheets, and the name of the one that `rows` and `columns` describe. */
  sheets: z.optional(z.array(sheet).check(z.maxLength(100))),
  sheet: z.optional(text(200)),
  /** ZIP archives: files in it, their bytes unpacked as it states them, and how many are encrypted. */
  archive: z.optional(z.object({ files: count, unpacked: count, encrypted: count })),
  /** Tables and text: the first lines. Archives: the first names. */
  head: z.optional(z.array(text(400)).check(z.maxLength(10))),
  /** Why it cannot be read, was not looked at or cannot be used in full, and what to do: one or two sentences. */
  problem: z.optional(text(500)),
  cause: z.optional(fileCause),
  /** The limit that it exceeds. */
  limit: z.optional(count),
})
export type FileInfo = z.infer<typeof card>

const side = z.int().check(z.minimum(1), z.maximum(16_384))

/** What to show of files to a model, or to a user as a thumbnail: one picture, or a sheet of several. */
const pictureJob = z.object({
  /** Several names: a sheet of them, each under its name. */
  names: z.array(fileName).check(z.minLength(1), z.maxLength(MAX_TILES)),
  /** A single picture is scaled down to fit; one that already fits is sent unchanged. */
  box: z.object({ width: side, height: side }),
  /** Maximum bytes of the result. */
  most: count,
  /** For a thumbnail: a single picture's first frame, re-encoded. Else the format is one that endpoints accept. */
  format: z.optional(z.literal('webp')),
  /**
   * Equal cells in rows, a strip of `label` pixels above each and `gap` pixels around all; `frames`: frame numbers,
   * from 0, of a single file.
   */
  sheet: z.optional(
    z.object({
      columns: side,
      width: side,
      height: side,
      label: side,
      gap: side,
      frames: z.optional(z.array(count).check(z.minLength(1), z.maxLength(MAX_TILES))),
    }),
  ),
})
export type PictureJob = z.infer<typeof pictureJob>

/** Parent to child. Exactly one `run`, `describe`, `picture` or `table` at a time. */
export const request = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('start'),
    limits: z.record(z.string(), z.number()),
    /** Whether a `run` may follow. */
    cells: z.boolean(),
    /** The folder of linked files, if there is one. */
    links: z.optional(text(100)),
  }),
  z.object({
    type: z.literal('mount'),
    name: fileName,
    blob: blobName,
    /** Whether it is in the folder of linked files, where it can only be read, and not in the child's own. */
    isLinked: z.boolean(),
    bytes: count,
    mtime: z.number(),
  }),
  z.object({ type: z.literal('remove'), name: fileName }),
  z.object({ type: z.literal('describe'), id: count, name: fileName }),
  z.object({ type: z.literal('picture'), id: count, job: pictureJob }),
  z.object({ type: z.literal('table'), id: count, name: fileName, query: tableQuery }),
  z.object({
    type: z.literal('run'),
    cell: count,
    code: z.string(),
    seed: count,
    /** Milliseconds since 1970 at which the cell's clock starts. */
    clock: z.number(),
    /** Processor time and wall-clock time. */
    timeoutMs: count,
    wallMs: count,
  }),
])
export type Request = z.infer<typeof request>

/** A picture made for a model; its bytes are in the blob. */
const shownPicture = z.object({
  blob: blobName,
  mime: z.enum(['image/png', 'image/jpeg', 'image/webp', 'image/gif']),
  bytes: count,
  width: side,
  height: side,
})

const where = { line: z.optional(count), column: z.optional(count) }

/** How a cell ended, with a stable code and a sentence; `line` and `column` count from 1 in the cell's own code. */
const cellEnd = z.object({
  type: z.literal('end'),
  cell: count,
  status: cellStatus,
  code: z.optional(text(60)),
  message: z.optional(text(4000)),
  ...where,
  /** Top-level names that the cell left behind; none if it did not end ok. */
  names: z.array(text(200)).check(z.maxLength(5000)),
})
export type CellEnd = z.infer<typeof cellEnd>

/** Child to parent: events of a run, then exactly one `end`. */
export const report = z.discriminatedUnion('type', [
  /** `isFiltered`: the child has dropped the system calls that it does not need. */
  z.object({ type: z.literal('ready'), ms: z.number(), isFiltered: z.boolean() }),
  z.object({
    type: z.literal('print'),
    cell: count,
    stream: z.enum(['stdout', 'stderr', 'value']),
    text: text(70_000),
  }),
  /** Asks for a helper process at the other end of the next pipe. */
  z.object({ type: z.literal('helper'), name: helperName }),
  z.object({ type: z.literal('note'), cell: count, text: text(400) }),
  z.object({ type: z.literal('progress'), cell: count, done: z.number(), total: z.number(), label: text(200) }),
  z.object({ type: z.literal('file'), cell: count, name: fileName, blob: blobName, bytes: count, card }),
  z.object({ type: z.literal('removed'), cell: count, name: fileName }),
  z.object({ type: z.literal('card'), id: count, card }),
  /** Either `shown`, or a sentence that says why not. */
  z.object({
    type: z.literal('picture'),
    id: count,
    shown: z.optional(shownPicture),
    problem: z.optional(text(1000)),
  }),
  /** Either `window`, or a sentence that says why not. */
  z.object({
    type: z.literal('table'),
    id: count,
    window: z.optional(tableWindow),
    problem: z.optional(text(1000)),
  }),
  cellEnd,
])
export type Report = z.infer<typeof report>
