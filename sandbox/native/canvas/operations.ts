// The native half of canvas: replays the guest's drawing on the real @napi-rs/canvas, and answers its requests.
import { createCanvas, Image, ImageData, Path2D } from './skia.ts'
import type { Canvas, SKRSContext2D } from './skia.ts'
import * as z from 'zod/mini'
import { registerFonts } from '../../fonts/register.ts'
import { checkCentre } from '../../guest/canvas/centre.ts'
import { FIELDS, METHODS, SLOW_METHODS, TAKES } from '../../guest/canvas/table.ts'
import type { Kind } from '../../guest/canvas/table.ts'
import { LimitError } from '../operation.ts'
import type { Answer, Context, Operation, Operations } from '../operation.ts'
import { noteCanvasFont } from '../font-notes.ts'
import { fontAnswer } from './font-calls.ts'
import { fileBytes } from './files.ts'
import { factsOf, load } from './images.ts'
import { handleIn, isText, replay } from './replay.ts'
import { checkPixels, makeSession, MAX_JOBS } from './objects.ts'
import type { Session } from './objects.ts'
import { checkCText, decodeValue, encodeAnswer } from './values.ts'

const handle = z.int().check(z.minimum(0))
const question = z.object({
  batch: z.object({ strings: z.array(z.string()), freed: z.array(z.number()) }),
  args: z.array(z.unknown()).check(z.maxLength(20)),
  handle: z.optional(handle),
  result: z.optional(handle),
  job: z.optional(handle),
  method: z.optional(z.string()),
  name: z.optional(z.string()),
  width: z.optional(z.number()),
  height: z.optional(z.number()),
})

/** One validated request of the guest, with its arguments decoded. */
interface CanvasQuestion extends z.infer<typeof question> {
  readonly values: readonly unknown[]
  readonly session: Session
  readonly context: Context
}

type Answering = (asked: CanvasQuestion) => unknown

/** The canvas operations of one session, with its own table of handles. */
export function makeCanvasOperations(): Operations {
  const session = makeSession()
  const operations: Record<string, Operation> = {}
  for (const [name, answer] of Object.entries(QUESTIONS)) {
    operations[`canvas.${name}`] = (args, bytes, context) => reply(args, bytes, context, session, answer, `new ${name}`)
  }
  operations['canvas.finish'] = (args) => finish(args, session)
  return operations
}

const KINDS: readonly Kind[] = ['canvas', 'context', 'gradient', 'pattern', 'path', 'image']

const QUESTIONS: Readonly<Record<string, Answering>> = {
  flush: () => null,
  canvas: (asked) => {
    const [width, height] = asked.values
    const pixels = areaOf(width, 350) * areaOf(height, 150)
    asked.session.weigh(0, pixels, asked.context.limits, 'A canvas')
    const canvas = createCanvas(width as number, height as number)
    keep(asked, asked.handle, 'canvas', canvas, pixels)
    return { width: canvas.width, height: canvas.height }
  },
  path: (asked) => {
    const path = new (Path2D as unknown as new (...args: unknown[]) => Path2D)(...asked.values)
    keep(asked, asked.handle, 'path', path)
  },
  image: (asked) => {
    const [width, height] = asked.values
    if (typeof width === 'number' && typeof height === 'number')
      checkPixels(width * height || 0, asked.context.limits, 'An image')
    const image = new (Image as unknown as new (...args: unknown[]) => Image)(...asked.values)
    keep(asked, asked.handle, 'image', image)
    return factsOf(image)
  },
  pixels: (asked) => {
    const { width = 0, height = 0 } = asked
    checkPixels(width * height, asked.context.limits, 'An ImageData')
    const data = asked.values[0]
    const whole = Number.isInteger(width) && Number.isInteger(height) && width > 0 && height > 0
    if (!whole || !ArrayBuffer.isView(data) || (data as Uint16Array).length !== width * height * 4)
      throw new Error('malformed canvas argument')
    return new ImageData(data as Uint16Array, width, height)
  },
  get: ({ handle: at, name = '', session }) => {
    const { kind, object } = session.get(Number(at), ...KINDS)
    if (!FIELDS[kind]?.has(name)) throw new Error(`a ${kind} has no property ${name}`)
    return (object as Record<string, unknown>)[name]
  },
  set,
  invoke: (asked) => {
    const { kind, object, method } = target(asked, METHODS)
    guardSizes(kind, method, asked)
    checkCentre(method, asked.values)
    if (method.startsWith('annotate')) checkCText(asked.values)
    const answer = call(object, method, asked.values)
    watch(kind, object, method, asked)
    if (!asked.result) return answer
    keep(
      asked,
      asked.result,
      method === 'getContext' ? 'context' : method === 'createPattern' ? 'pattern' : 'gradient',
      answer as object,
    )
    return null
  },
  start: (asked) => {
    const { kind, object, method } = target(asked, SLOW_METHODS)
    begin(asked, call(object, method, asked.values) as Promise<unknown>)
    if (kind === 'canvas') asked.session.texts.taken(object as Canvas)
  },
  load: (asked) => {
    const { facts, svg, job } = load(handleIn(asked.handle), asked.values[0], asked.session, asked.context)
    if (job) begin(asked, job)
    return { facts, svg, waits: job !== undefined }
  },
  exists: ({ values, context }) => fileBytes(String(values[0]), context.files) !== 'missing',
  fonts: (asked) =>
    fontAnswer(asked.method ?? '', asked.values, asked.context, (key) => keep(asked, asked.result, 'fontkey', key)),
}

// Errors of the real package are part of the answer, so that class and code arrive; a LimitError ends the call.
function reply(
  args: unknown,
  bytes: readonly Uint8Array[],
  context: Context,
  session: Session,
  answer: Answering,
  named: string,
): Answer {
  registerFonts()
  const checked = question.parse(args)
  const parts: Uint8Array[] = []
  try {
    replay(bytes[0] ?? new Uint8Array(), checked.batch, session, context)
    const first = TAKES[checked.method ?? (checked.name === undefined ? named : `=${checked.name}`)] ?? []
    const values = checked.args.map((value, index) =>
      decodeValue(value, { session, bytes, limits: context.limits, takes: index === 0 ? first : [] }),
    )
    const value = encodeAnswer(answer({ ...checked, values, session, context }), session, parts)
    return [{ value }, parts]
  } catch (error) {
    return [{ error: flat(error) }, []]
  }
}

async function finish(args: unknown, session: Session): Promise<Answer> {
  const { job } = z.object({ job: handle }).parse(args)
  const promise = session.jobs.get(job)
  if (!promise) throw new Error(`no canvas work ${job} is under way`)
  const parts: Uint8Array[] = []
  try {
    return [{ value: encodeAnswer(await promise, session, parts) }, parts]
  } catch (error) {
    return [{ error: flat(error) }, []]
  } finally {
    session.jobs.delete(job)
  }
}

function flat(error: unknown): readonly [string, string, string?] {
  if (error instanceof LimitError) throw error
  if (!(error instanceof Error)) return ['Error', 'the canvas failed']
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? [error.name, error.message, code] : [error.name, error.message]
}

function target(
  asked: CanvasQuestion,
  methods: Readonly<Partial<Record<Kind, ReadonlySet<string>>>>,
): { kind: Kind; object: object; method: string } {
  const { kind, object } = asked.session.get(Number(asked.handle), ...KINDS)
  const method = asked.method ?? ''
  if (!methods[kind]?.has(method)) throw new Error(`a ${kind} has no method ${method}`)
  return { kind, object, method }
}

function call(object: object, method: string, values: readonly unknown[]): unknown {
  return (object as Record<string, (...args: unknown[]) => unknown>)[method]?.(...values)
}

/** Feeds the text notes: what was drawn, and when a canvas was read. */
function watch(kind: Kind, object: object, method: string, { values, session, context }: CanvasQuestion): void {
  if (kind === 'canvas' && method !== 'getContext') session.texts.taken(object as Canvas)
  if (kind !== 'context') return
  const drawing = object as SKRSContext2D
  if (method === 'getImageData') session.texts.taken(drawing.canvas)
  else if (isText(method)) session.texts.drawn(drawing, method, values, context)
}

// Checks sizes that Skia would allocate before validating them.
function guardSizes(kind: Kind, method: string, { values, context }: CanvasQuestion): void {
  if (kind !== 'context' || method !== 'getImageData') return
  const [width, height] = [Number(values[2]), Number(values[3])]
  if (Number.isFinite(width * height))
    checkPixels(Math.abs(width * height), context.limits, 'The part asked of a canvas')
}

function set(asked: CanvasQuestion): unknown {
  const { kind, object, pixels } = asked.session.get(Number(asked.handle), ...KINDS)
  const name = asked.name ?? ''
  if (!FIELDS[kind]?.has(name)) throw new Error(`a ${kind} has no property ${name}`)
  if (kind !== 'context' && name !== 'alt') {
    const { width, height } = object as Canvas
    const [value] = asked.values
    const area = name === 'width' ? areaOf(value, 350) * height : areaOf(value, 150) * width
    asked.session.weigh(
      Number(asked.handle),
      kind === 'image' ? Math.max(area, pixels) : area,
      asked.context.limits,
      `A ${kind}`,
    )
  }
  const holder = object as Record<string, unknown>
  holder[name] = asked.values[0]
  if (kind === 'canvas') asked.session.texts.resized()
  if (kind === 'context') asked.session.values.given(object, name, asked.values[0], asked.context)
  if (name === 'font') noteCanvasFont(String(holder[name]), asked.context)
  return kind === 'image' ? factsOf(object as Image) : holder[name]
}

// The size the real canvas will use: an i32, or its default if that is not positive.
function areaOf(value: unknown, fallback: number): number {
  const whole = typeof value === 'number' ? value | 0 : 0
  return whole > 0 ? whole : fallback
}

function keep({ session, context }: CanvasQuestion, at: unknown, kind: Kind, object: object, pixels = 0): void {
  session.add(handleIn(at), kind, object)
  if (pixels > 0) session.weigh(handleIn(at), pixels, context.limits, `A ${kind}`)
}

function begin({ session, job }: CanvasQuestion, promise: Promise<unknown>): void {
  if (session.jobs.size >= MAX_JOBS) {
    throw new LimitError(
      'EASEL_LIMIT_CANVAS_JOBS',
      `More than ${MAX_JOBS} pictures are being encoded or decoded at once. Await some before you start more.`,
    )
  }
  // canvas.finish awaits it; a rejection before that must not end the process.
  promise.catch(() => undefined)
  session.jobs.set(handleIn(job), promise)
}
