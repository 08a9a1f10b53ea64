// The launcher under whatever Node there is: it starts the product so that a signal opens no inspector in it, nor in
// the launcher, and it ends with what the product said.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { launcher, newFolder, startEasel, systemNode } from './program.ts'

const INSPECTOR_PORT = 9229

/** Whether somebody listens on the port. */
async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const open = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  })
  socket.destroy()
  return open
}

/** The process and those that it started, by what the kernel knows; only itself where there is no such list. */
function family(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    return [pid, ...children.flatMap((child) => family(Number(child)))]
  } catch {
    return [pid]
  }
}

/** The words that started the process. */
function wordsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
  } catch {
    return []
  }
}

const isProduct = (words: readonly string[]): boolean => words.some((word) => word.endsWith('/dist/entry.js'))

test.for([
  ['the Node that it brings', process.execPath],
  ["the machine's own Node", systemNode()],
])('SIGUSR1 opens no inspector in any process of a server under %s, and ends none', async ([, node]) => {
  const program = startEasel(['serve', '--port', '0', '--data', newFolder()], { program: [node!, launcher] })
  onTestFinished(() => void program.process.kill('SIGTERM'))
  await program.saw('Ctrl-C ends it')
  const { pid = 0 } = program.process
  // Of the sandbox, which may be just starting, the flag is all that is asked.
  const started = family(pid).map((one) => ({ one, words: wordsOf(one) }))
  for (const { words } of started)
    if (words.includes('--permission')) expect(words.slice(0, -1)).toContain('--disable-sigusr1')
  // The product is the launcher's own process, or its only child. One that the product is just starting has its words.
  const own = started.slice(0, isProduct(wordsOf(pid)) ? 1 : 2).map(({ one }) => one)
  for (const one of own) process.kill(one, 'SIGUSR1')
  expect(await isOpen(INSPECTOR_PORT)).toBe(false)
  for (const one of own) expect(() => process.kill(one, 0)).not.toThrow()
  program.process.kill('SIGINT')
  // An inspector would say on stderr that it listens, or that its port is taken.
  expect(await program.ended).toMatchObject({ code: 0, stderr: '' })
})

test('an argument, the environment and the exit code go through both ways of starting', async () => {
  for (const node of [process.execPath, systemNode()]) {
    const program = startEasel(['ask', 'x', '--timeout', 'a b"\'$'], { program: [node, launcher], input: '' })
    expect(await program.ended).toEqual({
      code: 2,
      stdout: '',
      stderr: 'easel: --timeout cannot be "a b"\'$"; write it like 5s, 500ms or 2m.\n',
    })
  }
})
