// Measures what an upload costs the disk: bytes that the server's process writes to files, and the time of the request.
// Run: node test/bench/uploads.ts (after `npm run build`; Linux)
import { randomFillSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '../http/client.ts'
import { startLoadServer } from './load-server.ts'

const MB = 1_000_000
const SIZE = 100 * MB
const ROUNDS = 5
const BOUNDARY = 'easel-upload-boundary'

const folder = await mkdtemp(join(tmpdir(), 'easel-uploads-'))
const server = await startLoadServer(folder, {})
try {
  const client = createClient((request) => fetch(request), {}, server.url)
  const rows: { written: number; ms: number }[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const { id } = (await (await client.post('/api/sessions')).json()) as { id: string }
    // Random bytes: no two uploads are the same file.
    const body = formOf(randomFillSync(Buffer.alloc(SIZE)))
    const before = bytesWritten(server.pid)
    const began = performance.now()
    const answer = await client.fetch(`/api/sessions/${id}/files`, {
      method: 'POST',
      headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
      body,
    })
    if (!answer.ok) throw new Error(await answer.text())
    const ms = performance.now() - began
    rows.push({ written: bytesWritten(server.pid) - before, ms })
    await client.fetch(`/api/sessions/${id}`, { method: 'DELETE' })
  }
  // The first one starts the sandbox.
  const [, ...warm] = rows
  const each = median(warm.map(({ written }) => written)) / SIZE
  console.log(`An upload of ${SIZE / MB} MB, medians of ${ROUNDS}:`)
  console.log(`  written by the server: ${each.toFixed(2)} times its bytes`)
  console.log(`  the request: ${Math.round(median(warm.map(({ ms }) => ms)))} ms`)
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true })
}

/** A form with one file, in one piece: a FormData would be the slower side. */
function formOf(content: Buffer): Buffer {
  const head = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="files"; filename="data.bin"\r\n\r\n`
  return Buffer.concat([Buffer.from(head), content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)])
}

/** Bytes that a process has passed to write calls or copied between files, proc(5). */
function bytesWritten(pid: number): number {
  return Number(/^wchar: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))?.[1])
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
