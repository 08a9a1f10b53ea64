// Covers what Node's permission model misses: files that sharp opens itself, and native code loaded by a cell. No
// security boundary: code that uses the native module directly bypasses it. No effect without the permission model.
import { resolve } from 'node:path'

interface Sharp {
  toFile: (this: Sharp, path: unknown, done?: (error: Error) => void) => unknown
  _createInputDescriptor: (this: Sharp, ...args: unknown[]) => { readonly file?: string }
}

/** Restricts sharp to files that the process may read and write. */
export function enforceFilePermissions(sharp: { readonly prototype: object }): void {
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

/** Forbids loading native modules from now on. */
export function dropAddons(): void {
  const permission = process.permission as { drop?: (scope: string) => void } | undefined
  permission?.drop?.('addon')
}
