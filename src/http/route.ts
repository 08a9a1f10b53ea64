// One route of the API, said once: how it is reached, what it takes and gives, and what it does. The application, the
// OpenAPI document and the test that walks all routes read the same list.
import type { Context } from 'hono'
import type * as z from 'zod/mini'
import type { Listed } from '../../sessions/store.ts'
import { readBody } from './body.ts'
import type { ServerContext } from './context.ts'
import type { Party } from './auth/fair-shares.ts'

/** What the middlewares leave for a route. */
export interface Known {
  Variables: {
    /** The path of the operation, as the figures name it. */
    route: string | undefined
    /** Who asks; set on routes below a session. */
    owner: string
    /** The same, with where it asks from. */
    party: Party
    /** The session that is asked for; it belongs to the owner. */
    session: Listed
  }
}

/** What a route answers with: JSON of a shape, or something else by its media type. */
export type Answer = z.ZodMiniType | string

export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  /** As Hono reads it: `/api/sessions/:id`. */
  readonly path: string
  readonly summary: string
  readonly body?: z.ZodMiniType | 'multipart'
  readonly answers: Readonly<Record<number, Answer>>
  readonly handle: (c: Context<Known>, server: ServerContext) => Promise<Response> | Response
}

interface Facts<T> extends Omit<Operation, 'body' | 'handle'> {
  readonly body: z.ZodMiniType<T>
  readonly handle: (c: Context<Known>, server: ServerContext, body: T) => Promise<Response> | Response
}

/** An operation whose JSON body is read and checked before it is handled. */
export function withBody<T>({ handle, ...facts }: Facts<T>): Operation {
  return { ...facts, handle: async (c, server) => handle(c, server, await readBody(c, facts.body)) }
}
