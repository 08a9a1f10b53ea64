// The rooms of a session while it is in use: started when they are first asked for, with what is known of its variables.
import type { Limits } from '../../sandbox/limits.ts'
import type { OpenSession } from '../../sessions/store.ts'
import type { Rooms } from './rooms.ts'
import { createVariables, type Variables } from './variables.ts'

export interface Living extends Rooms {
  readonly variables: Variables
}

export interface LivingRooms {
  /** Rejects when it was closed. */
  get(): Promise<Living>
  readonly isClosed: boolean
  close(): Promise<void>
}

export interface SessionOptions {
  readonly stored: OpenSession
  readonly limits: Limits
  readonly startRooms: () => Promise<Rooms>
}

export function createLiving({ stored, limits, startRooms }: SessionOptions): LivingRooms {
  let rooms: Promise<Living> | undefined
  let closed = false
  return {
    get isClosed() {
      return closed
    },
    get() {
      if (closed) return Promise.reject(new Error(`The session ${stored.id} is closed.`))
      rooms ??= startRooms().then((started) => {
        const { sandbox, checker } = started
        return { ...started, variables: createVariables({ stored, sandbox, checker, limits }) }
      })
      rooms.catch(() => (rooms = undefined))
      return rooms
    },
    async close() {
      closed = true
      const at = await rooms?.catch(() => undefined)
      await at?.close()
    },
  }
}
