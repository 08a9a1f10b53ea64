// Outside the sandbox: DuckDB in this process. Inside, the bundler replaces this module with ../../guest/sql-proxy.ts.
import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { sep } from 'node:path'
import { openEngine } from '../../native/sql/engine.ts'
import type { SqlHost } from './wire.ts'

/** As much as the sandbox's helper process may use by default, so that the same queries fit. */
const MEMORY_BYTES = 600 * 1_048_576

let engine: SqlHost['call'] | undefined

export const host: SqlHost = {
  async call(request, bytes) {
    engine ??= openEngine(() => ({ folders: [process.cwd() + sep], memoryBytes: MEMORY_BYTES }))
    const [value, arrays] = await engine(request, bytes)
    return [request.op === 'names' ? { generation: 0, names: value } : value, arrays]
  },
  fileFacts(name) {
    const facts = statSync(name, { bigint: true, throwIfNoEntry: false })
    return facts?.isFile()
      ? { version: `${facts.ino} ${facts.mtimeNs} ${facts.size}`, bytes: Number(facts.size) }
      : undefined
  },
  fileHead(name, bytes) {
    const file = openSync(name, 'r')
    try {
      const head = new Uint8Array(bytes)
      return head.subarray(0, readSync(file, head, 0, bytes, 0))
    } finally {
      closeSync(file)
    }
  },
}
