// The native half of canvas: replays the guest's drawing on the real @napi-rs/canvas, and answers its requests.
import * as z from 'zod/mini'
import { registerFonts } from '../../fonts/register.ts'
import { encodePng } from '../../helpers/chart/encode-png.ts'
import { checkCentre } from '../../guest/canvas/centre.ts'
import { FIELDS, METHODS, SLOW_METHODS, TAKES, type Kind } from '../../guest/canvas/command-table.ts'
import {
  LimitError,
  type OperationResult,
  type OperationContext,
  type Operation,
  type Operations,
} from '../operation.ts'
import { noteCanvasFont } from '../font-notes.ts'
import { callFontMethod } from './font-calls.ts'
import { fileBytes } from './files.ts'
import { imageProperties, loadImage } from './images.ts'
import { CREATE } from './create.ts'
import {
  addObject,
  handleSchema,
  KINDS,
  requestSchema,
  sideOf,
  startJob,
  type CanvasHandler,
  type CanvasRequest,
} from './request.ts'
import type { Canvas, Image, SKRSContext2D } from './skia.ts'
import { parseHandle, drawsText, replay } from './replay.ts'
import { checkPixels, createCanvasSession, type CanvasSession } from './objects.ts'
import { checkNoNul, decodeValue, encodeAnswer } from './values.ts'

/** The canvas operations of one session, with its own table of handles. */
export function makeCanvasOperations(): Operations {
  const session = createCanvasSession()
  const operations: Record<string, Operation> = {}
  for (const [name, answer] of Object.entries(HANDLERS)) {
    operations[`canvas.${name}`] = (args, bytes, context) =>
      handleRequest(args, bytes, context, session, answer, `new ${name}`)
  }
  operations['canvas.finish'] = (args) => finish(args, session)
  return operations
}

const HANDLERS: Readonly<Record<string, CanvasHandler>> = {
  flush: () => null,
  ...CREATE,
  get: ({ handle: at, name = '', session }) => {
    const { kind, object } = session.get(Number(at), ...KINDS)
    if (!FIELDS[kind]?.has(name)) throw new Error(`a ${kind} has no property ${name}`)
    return (object as Record<string, unknown>)[name]
  },
  set,
  invoke: (request) => {
    const { kind, object, method } = target(request, METHODS)
    guardSizes(kind, method, request)
    if (kind === 'pdf') request.session.endPage(object)
    else if (method === 'getImageData' && (object as SKRSContext2D).canvas === undefined)
      throw new Error('A page of a PDF has no pixels to read; draw on a canvas instead')
    checkCentre(method, request.values)
    if (method.startsWith('annotate')) checkNoNul(request.values)
    const answer = call(object, method, request.values)
    recordForNotes(kind, object, method, request)
    if (!request.result) return answer
    addObject(request, request.result, RESULTS[method] ?? 'gradient', answer as object)
    if (kind === 'pdf') request.session.beginPage(object, request.result, answer as object)
    return null
  },
  start: (request) => {
    const { kind, object, method } = target(request, SLOW_METHODS)
    startJob(request, call(object, method, request.values) as Promise<unknown>)
    if (kind === 'canvas') request.session.texts.taken(object as Canvas)
  },
  png: (request) => {
    const { object } = request.session.get(Number(request.handle), 'canvas')
    startJob(request, encodePng(object as Canvas))
    request.session.texts.taken(object as Canvas)
  },
  load: (request) => {
    const { facts, svg, job } = loadImage(
      parseHandle(request.handle),
      request.values[0],
      request.session,
      request.context,
    )
    if (job) startJob(request, job)
    return { facts, svg, waits: job !== undefined }
  },
  exists: ({ values, context }) => fileBytes(String(values[0]), context.files) !== 'missing',
  fonts: (request) =>
    callFontMethod(request.method ?? '', request.values, request.context, (key) =>
      addObject(request, request.result, 'fontkey', key),
    ),
}

/** The kind of object that a method with a result returns; others return gradients. */
const RESULTS: Readonly<Record<string, Kind>> = {
  getContext: 'context',
  beginPage: 'context',
  createPattern: 'pattern',
}

// Errors of the real package are part of the answer, so that class and code arrive; a LimitError ends the call.
function handleRequest(
  args: unknown,
  bytes: readonly Uint8Array[],
  context: OperationContext,
  session: CanvasSession,
  answer: CanvasHandler,
  named: string,
): OperationResult {
  registerFonts()
  const checked = requestSchema.parse(args)
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
    return [{ error: encodeError(error) }, []]
  }
}

async function finish(args: unknown, session: CanvasSession): Promise<OperationResult> {
  const { job } = z.object({ job: handleSchema }).parse(args)
  const promise = session.jobs.get(job)
  if (!promise) throw new Error(`no canvas work ${job} is under way`)
  const parts: Uint8Array[] = []
  try {
    return [{ value: encodeAnswer(await promise, session, parts) }, parts]
  } catch (error) {
    return [{ error: encodeError(error) }, []]
  } finally {
    session.jobs.delete(job)
  }
}

function encodeError(error: unknown): readonly [string, string, string?] {
  if (error instanceof LimitError) throw error
  if (!(error instanceof Error)) return ['Error', 'the canvas failed']
  const { code } = error as { code?: unknown }
  return typeof code === 'string' ? [error.name, error.message, code] : [error.name, error.message]
}

function target(
  request: CanvasRequest,
  methods: Readonly<Partial<Record<Kind, ReadonlySet<string>>>>,
): { kind: Kind; object: object; method: string } {
  const { kind, object } = request.session.get(Number(request.handle), ...KINDS)
  const method = request.method ?? ''
  if (!methods[kind]?.has(method)) throw new Error(`a ${kind} has no method ${method}`)
  return { kind, object, method }
}

function call(object: object, method: string, values: readonly unknown[]): unknown {
  return (object as Record<string, (...args: unknown[]) => unknown>)[method]?.(...values)
}

/** Feeds the text notes: what was drawn, and when a canvas was read. */
function recordForNotes(kind: Kind, object: object, method: string, { values, session, context }: CanvasRequest): void {
  if ((kind === 'canvas' || kind === 'svg') && method !== 'getContext') session.texts.taken(object as Canvas)
  if (kind !== 'context') return
  const drawing = object as SKRSContext2D
  if (method === 'getImageData') session.texts.taken(drawing.canvas)
  else if (drawsText(method)) session.texts.drawn(drawing, method, values, context)
}

// Checks sizes that Skia would allocate before validating them.
function guardSizes(kind: Kind, method: string, { values, context }: CanvasRequest): void {
  if (kind !== 'context' || method !== 'getImageData') return
  const [width, height] = [Number(values[2]), Number(values[3])]
  if (Number.isFinite(width * height))
    checkPixels(Math.abs(width * height), context.limits, 'The part read from a canvas')
}

function set(request: CanvasRequest): unknown {
  const { kind, object, pixels } = request.session.get(Number(request.handle), ...KINDS)
  const name = request.name ?? ''
  if (!FIELDS[kind]?.has(name)) throw new Error(`a ${kind} has no property ${name}`)
  if (kind !== 'context' && name !== 'alt') {
    const { width, height } = object as Canvas
    const [value] = request.values
    const area = name === 'width' ? sideOf(value, 350) * height : sideOf(value, 150) * width
    const most = kind === 'image' ? Math.max(area, pixels) : area
    request.session.setPixels(Number(request.handle), most, request.context.limits, `A ${kind}`)
  }
  const holder = object as Record<string, unknown>
  holder[name] = request.values[0]
  if (kind === 'canvas') request.session.texts.resized()
  if (kind === 'context') request.session.values.checkAssigned(object, name, request.values[0], request.context)
  if (name === 'font') noteCanvasFont(String(holder[name]), request.context)
  return kind === 'image' ? imageProperties(object as Image) : holder[name]
}
