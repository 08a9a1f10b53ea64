// A request of the guest's canvas, and what its handlers share.
import * as z from 'zod/mini'
import type { Kind } from '../../guest/canvas/command-table.ts'
import { LimitError, type OperationContext } from '../operation.ts'
import { MAX_JOBS, type CanvasSession } from './objects.ts'
import { parseHandle } from './replay.ts'

export const handleSchema = z.int().check(z.minimum(0))
export const requestSchema = z.object({
  batch: z.object({ strings: z.array(z.string()), freed: z.array(z.number()) }),
  args: z.array(z.unknown()).check(z.maxLength(20)),
  handle: z.optional(handleSchema),
  result: z.optional(handleSchema),
  job: z.optional(handleSchema),
  method: z.optional(z.string()),
  name: z.optional(z.string()),
  width: z.optional(z.number()),
  height: z.optional(z.number()),
})

/** One validated request of the guest, with its arguments decoded. */
export interface CanvasRequest extends z.infer<typeof requestSchema> {
  readonly values: readonly unknown[]
  readonly session: CanvasSession
  readonly context: OperationContext
}

export type CanvasHandler = (request: CanvasRequest) => unknown

export const KINDS: readonly Kind[] = ['canvas', 'svg', 'pdf', 'context', 'gradient', 'pattern', 'path', 'image']

// The size the real canvas will use: an i32, or its default if that is not positive.
export function sideOf(value: unknown, fallback: number): number {
  const whole = typeof value === 'number' ? value | 0 : 0
  return whole > 0 ? whole : fallback
}

export function addObject(
  { session, context }: CanvasRequest,
  at: unknown,
  kind: Kind,
  object: object,
  pixels = 0,
): void {
  session.add(parseHandle(at), kind, object)
  if (pixels > 0) session.setPixels(parseHandle(at), pixels, context.limits, `A ${kind}`)
}

export function startJob({ session, job }: CanvasRequest, promise: Promise<unknown>): void {
  if (session.jobs.size >= MAX_JOBS) {
    const message = `More than ${MAX_JOBS} pictures are being encoded or decoded at once. Await some before you start more.`
    throw new LimitError('EASEL_LIMIT_CANVAS_JOBS', message)
  }
  // canvas.finish awaits it; a rejection before that must not end the process.
  promise.catch(() => undefined)
  session.jobs.set(parseHandle(job), promise)
}
