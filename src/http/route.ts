// Defines one route of the API: path, request, responses and handler. The application, the OpenAPI document and the
// test that covers all routes read the same list.
import type { Context } from 'hono'
import type * as z from 'zod/mini'
import type { SessionListing } from '../../sessions/store.ts'
import { readBody } from './body.ts'
import type { ServerContext } from './context.ts'
import type { Party } from './auth/fair-shares.ts'

/** The variables that middleware sets for a route. */
export interface RouteVariables {
  Variables: {
    /** The route's pattern, for the metrics. */
    route: string | undefined
    /** The owner that sent the request; set on routes below a session. */
    owner: string
    /** The owner with the client's address. */
    party: Party
    /** The session in the path; it belongs to the owner. */
    session: SessionListing
  }
}

/** The body of a response: a JSON schema, or a media type. */
export type Answer = z.ZodMiniType | string

export interface Operation {
  readonly method: 'get' | 'post' | 'patch' | 'delete'
  /** In Hono's syntax: `/api/sessions/:id`. */
  readonly path: string
  readonly summary: string
  readonly body?: z.ZodMiniType | 'multipart'
  readonly answers: Readonly<Record<number, Answer>>
  readonly handle: (c: Context<RouteVariables>, server: ServerContext) => Promise<Response> | Response
}

interface Facts<T> extends Omit<Operation, 'body' | 'handle'> {
  readonly body: z.ZodMiniType<T>
  readonly handle: (c: Context<RouteVariables>, server: ServerContext, body: T) => Promise<Response> | Response
}

/** An operation whose JSON body is read and validated before its handler runs. */
export function withBody<T>({ handle, ...facts }: Facts<T>): Operation {
  return { ...facts, handle: async (c, server) => handle(c, server, await readBody(c, facts.body)) }
}
