// One session's canvases, images, gradients … by handle, and the limits on all of them together.
import type { Limits } from '../../limits.ts'
import type { Kind } from '../../guest/canvas/command-table.ts'
import { LimitError } from '../operation.ts'
import { makeTextNotes, type TextNotes } from './text-notes.ts'
import { makeValueNotes, type ValueNotes } from './value-notes.ts'

/** Total pixels of all live canvases and images, as a multiple of the limit of one. */
const MAX_LIVE_PICTURES = 3
/** Live objects of any kind: gradients, paths, patterns … */
const MAX_OBJECTS = 200_000
/** Encodings and decodings in progress. */
export const MAX_JOBS = 500

interface Entry {
  readonly kind: Kind
  readonly object: object
  pixels: number
}

export interface CanvasSession {
  add(handle: number, kind: Kind, object: object): void
  /** The entry of a handle; throws unless it is one of these kinds. */
  get(handle: number, ...kinds: readonly Kind[]): Entry
  handleOf(object: object): number | undefined
  /** Ties a page's context, just added under this handle, to its document, which must not be freed before it. */
  beginPage(document: object, handle: number, page: object): void
  /** Forgets the document's open page, on which Skia must not draw any more. */
  endPage(document: object): void
  free(handle: number): void
  /**
   * Sets a canvas's or image's pixel count; throws a `LimitError` above one picture's limit or the session's total. A
   * handle that does not exist yet is checked, not counted.
   */
  setPixels(handle: number, pixels: number, limits: Limits, what: string): void
  readonly jobs: Map<number, Promise<unknown>>
  readonly texts: TextNotes
  readonly values: ValueNotes
}

/** An empty session. */
export function createCanvasSession(): CanvasSession {
  const entries = new Map<number, Entry>()
  const handles = new WeakMap<object, number>()
  let total = 0

  const setPixels: CanvasSession['setPixels'] = (handle, pixels, limits, what) => {
    checkPixels(pixels, limits, what)
    const entry = entries.get(handle)
    const before = entry?.pixels ?? 0
    const most = limits.picturePixels * MAX_LIVE_PICTURES
    if (total - before + pixels > most) {
      throw new LimitError(
        'EASEL_LIMIT_CANVASES',
        `The canvases and images alive at once have ${total - before + pixels} pixels; the limit is ${most}. ` +
          "Reuse one canvas, or save each with `await canvas.encode('png')`, which frees those no longer used.",
      )
    }
    if (!entry) return
    total += pixels - before
    entry.pixels = pixels
  }

  return {
    jobs: new Map(),
    texts: makeTextNotes(),
    values: makeValueNotes(),
    setPixels,
    add(handle, kind, object) {
      if (entries.has(handle)) throw new Error(`canvas handle ${handle} is in use`)
      if (entries.size >= MAX_OBJECTS) {
        throw new LimitError(
          'EASEL_LIMIT_CANVAS_OBJECTS',
          `More than ${MAX_OBJECTS} gradients, paths, patterns and canvases are alive at once. Make fewer, or reuse them.`,
        )
      }
      entries.set(handle, { kind, object, pixels: 0 })
      handles.set(object, handle)
    },
    get(handle, ...kinds) {
      const entry = entries.get(handle)
      if (!entry || !kinds.includes(entry.kind)) throw new Error(`no ${kinds.join(' or ')} has the handle ${handle}`)
      return entry
    },
    handleOf: (object) => handles.get(object),
    ...trackPages(entries),
    free(handle) {
      const entry = entries.get(handle)
      if (!entry) return
      total -= entry.pixels
      entries.delete(handle)
      if (entry.kind === 'canvas') freeContext(entry.object, handles, entries)
      // Frees the pixels at once instead of at this process's next garbage collection.
      if (entry.kind === 'image') (entry.object as { src: unknown }).src = ''
    },
  }
}

/** Which page of each PDF is open. */
function trackPages(entries: Map<number, Entry>): Pick<CanvasSession, 'beginPage' | 'endPage'> {
  const openPages = new WeakMap<object, number>()
  const documents = new WeakMap<object, object>()
  return {
    beginPage(document, handle, page) {
      openPages.set(document, handle)
      documents.set(page, document)
    },
    endPage(document) {
      const handle = openPages.get(document)
      if (handle !== undefined) entries.delete(handle)
      openPages.delete(document)
    },
  }
}

/** Throws a `LimitError` when one picture has more pixels than allowed. */
export function checkPixels(pixels: number, limits: Limits, what: string): void {
  if (pixels <= limits.picturePixels) return
  throw new LimitError(
    'EASEL_LIMIT_PIXELS',
    `${what} has ${pixels} pixels; the limit is ${limits.picturePixels}. Make it smaller.`,
  )
}

// A context lives as long as its canvas.
function freeContext(canvas: object, handles: WeakMap<object, number>, entries: Map<number, Entry>): void {
  const context = (canvas as { ctx?: object }).ctx
  const handle = context && handles.get(context)
  if (handle !== undefined) entries.delete(handle)
}
