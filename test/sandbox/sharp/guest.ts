// The guest sharp in plain Node, connected directly to its native half; JSON and copies pass between them as in the
// sandbox.
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rolldown } from 'rolldown'
import type { SharpConstructor } from 'sharp'
import type { Transport } from '../../../sandbox/guest/bridge.ts'
import { guestSharp } from '../../../sandbox/guest/sharp/bundle.ts'
import { defaultLimits, type Limits } from '../../../sandbox/limits.ts'
import type { OperationContext } from '../../../sandbox/native/operation.ts'
import { sharpOperations } from '../../../sandbox/native/sharp/operations.ts'

export interface Guest {
  readonly sharp: SharpConstructor
  readonly connect: (to: Transport) => void
}

/** A session's files in memory; a folder exists if a file is in it. */
export type FakeFiles = Map<string, Uint8Array>

const ENTRY = '\0sharp-test'
const SOURCE = `export { default as sharp } from 'sharp'
export { connect } from ${JSON.stringify(join(import.meta.dirname, '../../../sandbox/guest/bridge.ts'))}`

/** The guest sharp bundled as the sandbox bundles it. */
export async function bundledSource(format: 'esm' | 'iife' = 'esm'): Promise<string> {
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === ENTRY ? id : undefined),
    load: (id: string) => (id === ENTRY ? SOURCE : undefined),
  }
  const bundle = await rolldown({ input: ENTRY, platform: 'neutral', plugins: [entry, guestSharp()] })
  const { output } = await bundle.generate({ format, name: 'guest', minify: true })
  await bundle.close()
  return output[0].code
}

/** The guest sharp, connected to the native half over the given files and limits. */
export async function loadGuest(files: FakeFiles, limits: Partial<Limits> = {}): Promise<SharpConstructor> {
  const path = join(mkdtempSync(join(tmpdir(), 'sharp-guest-')), 'guest.mjs')
  writeFileSync(path, await bundledSource())
  const guest = (await import(/* @vite-ignore */ pathToFileURL(path).href)) as Guest
  guest.connect(transportTo(contextOf(files, limits)))
  return guest.sharp
}

export function contextOf(files: FakeFiles, limits: Partial<Limits> = {}): OperationContext {
  const missing = (name: string, code: string) => Object.assign(new Error(`${code}: ${name}`), { code })
  const isFolder = (name: string) => [...files.keys()].some((file) => file.startsWith(`${name}/`))
  return {
    limits: { ...defaultLimits(), ...limits },
    progress: () => {},
    note: () => {},
    atEnd: () => {},
    files: {
      read(name) {
        const found = files.get(name)
        if (!found) throw missing(name, isFolder(name) ? 'EISDIR' : 'ENOENT')
        return found
      },
      write(name, bytes) {
        if (isFolder(name)) throw missing(name, 'EISDIR')
        const folder = name.split('/').slice(0, -1).join('/')
        if (folder && !isFolder(folder)) throw missing(name, 'ENOENT')
        files.set(name, bytes)
      },
    },
  }
}

export function transportTo(context: OperationContext): Transport {
  return {
    async call(operation, args, bytes) {
      try {
        const sent = bytes.map((array) => new Uint8Array(array))
        const [value, results] = await sharpOperations[operation]!(plain(args), sent, context)
        for (const result of results) {
          if (result.byteOffset !== 0 || result.byteLength !== result.buffer.byteLength)
            throw new Error('not its own buffer')
        }
        return [plain(value), results.map((array) => new Uint8Array(array))]
      } catch (error) {
        const { name, message, code } = error as Error & { code?: string }
        throw Object.assign(new Error(message), { name }, code === undefined ? {} : { code })
      }
    },
    ask(name) {
      if (name !== 'cell.note') throw new Error('sharp asks nothing else synchronously')
      return [null, []]
    },
  }
}

function plain(value: unknown): unknown {
  return value === undefined ? undefined : JSON.parse(JSON.stringify(value))
}
