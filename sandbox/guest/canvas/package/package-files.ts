// The little of node:fs that the package's loadImage uses: whether the session has a file.
import { request } from '../wire.ts'

export const constants = { F_OK: 0 }

export const promises = {
  /** Rejects when the session has no such file. */
  access(path: string): Promise<void> {
    return request('canvas.exists', {}, [path]) ? Promise.resolve() : Promise.reject(new Error('ENOENT'))
  },
}
