// What Node's permission model does not see: files that sharp opens by itself, and native code that a cell would load. It is a
// seat belt and no wall: who knows the native module itself goes past it. Where the model is off, nothing changes.
import { resolve } from 'node:path'

interface Sharp {
  toFile: (this: Sharp, path: unknown, done?: (error: Error) => void) => unknown
  _createInputDescriptor: (this: Sharp, ...args: unknown[]) => { readonly file?: string }
}

/** Lets sharp read and write only the files that the process may. */
export function keepToPermissions(sharp: { readonly prototype: object }): void {
  const { permission } = process
  if (permission === undefined) return
  const prototype = sharp.prototype as Sharp
  const { toFile, _createInputDescriptor: describe } = prototype
  prototype.toFile = function (path, done) {
    if (typeof path !== 'string' || permission.has('fs.write', resolve(path))) return toFile.call(this, path, done)
    const error = new Error(`${JSON.stringify(path)} lies outside the folder that may be written.`)
    if (!done) return Promise.reject(error)
    done(error)
    return this
  }
  prototype._createInputDescriptor = function (...args) {
    const input = describe.apply(this, args)
    if (input.file === undefined || permission.has('fs.read', resolve(input.file))) return input
    throw new Error(`${JSON.stringify(input.file)} lies outside the folders that may be read.`)
  }
}

/** From now on no native module is loaded any more. */
export function dropAddons(): void {
  const permission = process.permission as { drop?: (scope: string) => void } | undefined
  permission?.drop?.('addon')
}
