// The part of node:fs that the package's loadImage uses: whether a file of the session exists.
import { request } from '../wire.ts'

export const constants = { F_OK: 0 }

export const promises = {
  /** Rejects if the session has no such file. */
  access(path: string): Promise<void> {
    return request('canvas.exists', {}, [path]) ? Promise.resolve() : Promise.reject(new Error('ENOENT'))
  },
}
