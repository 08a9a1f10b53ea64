// The language server's side of the pipe, with a substitute program that reports what it received.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { startLanguageServer, type LanguageServer } from '../../src/check/type-checker/language-server.ts'

/** Answers each request for diagnostics with everything received, or does what the cell's text says. */
const PROGRAM = `#!${process.execPath}
const heard = [{ cwd: process.cwd(), arguments: process.argv.slice(2), home: process.env.HOME, path: process.env.PATH }]
const send = (message) => {
  const body = JSON.stringify(message)
  process.stdout.write('Content-Length: ' + Buffer.byteLength(body) + '\\r\\n\\r\\n' + body)
}
const range = { start: { line: 1, character: 2 } }
let cell = ''
let asked
function answer(id) {
  if (cell === 'err') return send({ id, error: { message: 'It does not work.' } })
  if (cell === 'die') return process.exit(3)
  if (cell === 'babble') return process.stdout.write('Content-Length: 1\\r\\n\\r\\n{')
  if (cell === 'wrong') return send({ id, result: { items: [{ range }] } })
  if (cell === 'number') return send(4)
  if (cell === 'deaf') {
    process.stdin.destroy()
    require('node:fs').closeSync(0)
    setInterval(() => 0, 1e6)
    return send({ id, result: { items: [] } })
  }
  if (cell === 'ask') {
    asked = id
    send({ method: 'window/logMessage', params: {} })
    return send({ id: 'q', method: 'workspace/configuration', params: {} })
  }
  if (cell !== 'wait') send({ id, result: { items: [{ range, severity: 2, code: 'x', message: JSON.stringify(heard) }] } })
}
function receive(message) {
  heard.push(message)
  const { textDocument, contentChanges } = message.params ?? {}
  if (textDocument?.uri.endsWith('/cell.ts')) cell = contentChanges?.[0].text ?? textDocument.text ?? cell
  if (message.method === 'initialize') {
    setTimeout(() => {
      heard.push('ready')
      send({ id: message.id, result: {} })
    }, 20)
  }
  if (message.method === 'textDocument/diagnostic') answer(message.id)
  if (message.id === 'q') send({ id: asked, result: { items: [{ range, message: JSON.stringify(message) }] } })
}
let rest = Buffer.alloc(0)
process.stdin.on('data', (chunk) => {
  rest = Buffer.concat([rest, chunk])
  for (;;) {
    const head = rest.indexOf('\\r\\n\\r\\n')
    const end = head + 4 + Number(rest.subarray(16, head))
    if (head < 0 || rest.length < end) return
    receive(JSON.parse(rest.subarray(head + 4, end)))
    rest = rest.subarray(end)
  }
})
`

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'easel-server-'))
  writeFileSync(join(folder, 'compiler'), PROGRAM)
  chmodSync(join(folder, 'compiler'), 0o700)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const servers: LanguageServer[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.kill()
})
function start(compiler = join(folder, 'compiler')): LanguageServer {
  const server = startLanguageServer(compiler, '/types of it', 'process')
  servers.push(server)
  return server
}

/** Whether the process exists. */
function isThere(pid: number | undefined): boolean {
  try {
    return process.kill(pid ?? 0, 0)
  } catch {
    return false
  }
}

interface Heard {
  readonly method: string
  readonly params: { textDocument: { uri: string; version?: number; text?: string }; contentChanges?: unknown }
}
/** What the program has received since its start, from the n-th message on. */
async function heardBy(server: LanguageServer, text: string): Promise<Heard[]> {
  const [told] = await server.diagnose(text)
  return JSON.parse(told?.message ?? '[]') as Heard[]
}
/** Each as `open a.ts 2 text`. */
const short = (heard: readonly Heard[]): string[] =>
  heard.flatMap(({ method, params }) => {
    const kind = /^textDocument\/did(.*)$/.exec(method)?.[1]
    if (kind === undefined) return []
    const { uri, version, text } = params.textDocument
    return [
      [kind, uri.split('/').at(-1), version, text, JSON.stringify(params.contentChanges)].filter(Boolean).join(' '),
    ]
  })

describe('the server', () => {
  test('is started without an environment, introduced to its folder and asked about a cell', async () => {
    const server = start()
    const heard = await heardBy(server, 'a')
    const uri = 'file:///types%20of%20it/cell.ts'
    expect(heard).toEqual([
      { cwd: '/', arguments: ['--lsp', '--stdio'] },
      {
        jsonrpc: '2.0',
        id: 1,
        method: 'initialize',
        params: {
          processId: null,
          rootUri: 'file:///types%20of%20it',
          capabilities: {
            textDocument: { diagnostic: { relatedInformation: true }, hover: { contentFormat: ['plaintext'] } },
          },
          initializationOptions: {
            disablePushDiagnostics: true,
            disableAutomaticTypeAcquisition: true,
            userPreferences: { includeCompletionsForModuleExports: false },
          },
        },
      },
      { jsonrpc: '2.0', method: 'initialized', params: {} },
      {
        jsonrpc: '2.0',
        method: 'textDocument/didOpen',
        params: { textDocument: { uri, version: 1, languageId: 'typescript', text: 'a' } },
      },
      'ready',
      { jsonrpc: '2.0', id: 2, method: 'textDocument/diagnostic', params: { textDocument: { uri } } },
    ])
    const [told] = await server.diagnose('b')
    expect(told).toMatchObject({ range: { start: { line: 1, character: 2 } }, severity: 2, code: 'x' })
    expect(server.pid).toBeGreaterThan(1)
  })

  test('is shown documents as they come, change and go, and the cell beside them', async () => {
    const server = start()
    const show = (documents: Record<string, string>): number => server.show(new Map(Object.entries(documents)))
    expect(show({ 'a.ts': '1', 'b.ts': '2' })).toBe(2)
    expect(short(await heardBy(server, 'x'))).toEqual(['Open a.ts 1 1', 'Open b.ts 2 2', 'Open cell.ts 3 x'])
    expect(show({ 'b.ts': '2', 'c.ts': '3' })).toBe(1)
    expect(show({ 'b.ts': '4', 'c.ts': '3' })).toBe(0)
    expect(short(await heardBy(server, 'y')).slice(3)).toEqual([
      'Close a.ts',
      'Open c.ts 4 3',
      'Change b.ts 5 [{"text":"4"}]',
      'Change cell.ts 6 [{"text":"y"}]',
    ])
    expect(show({})).toBe(0)
    expect(show({ 'a.ts': '1' })).toBe(1)
    expect(short(await heardBy(server, 'y')).slice(7)).toEqual(['Close b.ts', 'Close c.ts', 'Open a.ts 7 1'])
  })

  test('is answered that there are no settings, and is not answered when it only tells', async () => {
    const server = start()
    const [told] = await server.diagnose('ask')
    const answer = { jsonrpc: '2.0', id: 'q', result: null }
    expect(JSON.parse(told?.message ?? '')).toEqual(answer)
    expect((await heardBy(server, 'a')).filter((one) => typeof one === 'object' && 'result' in one)).toEqual([answer])
  })

  test('may fail at one question and answer the next', async () => {
    const server = start()
    await expect(server.diagnose('err')).rejects.toThrow(new Error('It does not work.'))
    await expect(server.diagnose('wrong')).rejects.toThrow('message')
    expect(await server.diagnose('a')).toHaveLength(1)
  })
})

describe('a server that ends', () => {
  test.each([
    ['die', /^the type checker stopped: exit code 3$/],
    ['babble', /^the type checker stopped: .*JSON/],
    ['number', /^the type checker stopped: [^]*object/],
  ])('by itself, when it is told to %s, answers nothing any more', async (text, message) => {
    const server = start()
    const other = server.diagnose('wait')
    other.catch(() => undefined)
    const asked = server.diagnose(text)
    await expect(asked).rejects.toThrow(message)
    await expect(other).rejects.toThrow(message)
    await expect(server.diagnose('a')).rejects.toThrow(message)
  })

  test('is killed when it speaks nonsense, and what it said first stands', async () => {
    const server = start()
    await expect(server.diagnose('babble')).rejects.toThrow('JSON')
    await vi.waitUntil(() => !isThere(server.pid), 60_000)
    await expect(server.diagnose('a')).rejects.toThrow('JSON')
  })

  test('by no longer listening says so', async () => {
    const server = start()
    expect(await server.diagnose('deaf')).toEqual([])
    await expect(server.diagnose('a')).rejects.toThrow(new Error('the type checker stopped: write EPIPE'))
    await vi.waitUntil(() => !isThere(server.pid), 60_000)
  })

  test('because it is killed says so', async () => {
    const server = start()
    const asked = server.diagnose('wait')
    server.kill()
    await expect(asked).rejects.toThrow(new Error('the type checker stopped: SIGKILL'))
  })

  test('before it is there says so to whoever asks, and else to nobody', async () => {
    const server = start('/nowhere/tsc')
    // The program that would confine it does not exist.
    await expect(server.diagnose('a')).rejects.toThrow(new Error('the type checker stopped: exit code 127'))
    await expect(server.diagnose('b')).rejects.toThrow(new Error('the type checker stopped: exit code 127'))
  })
})

test('a process waits for its server only while it holds it', async () => {
  const held = (): number =>
    process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap' || name === 'PipeWrap').length
  const before = held()
  const server = start()
  expect(held()).toBe(before)
  server.keepAlive(true)
  expect(held()).toBe(before + 1)
  server.keepAlive(false)
  expect(held()).toBe(before)
  expect(await server.diagnose('a')).toHaveLength(1)
})
