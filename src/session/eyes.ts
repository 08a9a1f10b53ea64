// Shows pictures of a session to a model: prepared in the sandbox's child, kept with the session, told as a `look`.
import { readFile } from 'node:fs/promises'
import type { OpenSession } from '../../sessions/store.ts'
import type { Eyes } from '../turn.ts'
import type { Rooms } from './rooms.ts'

/** Looks at the current files of `stored`. */
export function createEyes(stored: OpenSession, _rooms: () => Promise<Rooms>): Eyes {
  return {
    // oxlint-disable-next-line require-yield
    async *look() {},
    read: async (hash) => readFile(await stored.pathOf(hash)),
  }
}
