// SQL in the sandbox: requests cross the isolate wall, and a helper process beside the child answers them.
import { ask, call } from './bridge.ts'
import type { SqlHost } from '../helpers/sql/wire.ts'

export const host: SqlHost = {
  call: (request, bytes) => call('sql.call', request, bytes),
  fileFacts(name) {
    const [facts] = ask('sql.file', name, [])
    return (facts ?? undefined) as ReturnType<SqlHost['fileFacts']>
  },
  fileHead(name, bytes) {
    const [, [head]] = ask('sql.head', { name, bytes }, [])
    return head ?? new Uint8Array(0)
  },
}
