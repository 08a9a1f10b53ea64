// The launcher on any version of Node: it starts the product so that a signal opens no inspector in either, and exits
// with the product's status.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { launcher, newFolder, startEasel, systemNode } from './program.ts'

const INSPECTOR_PORT = 9229

/** Whether a server listens on the port. */
async function isOpen(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1')
  const open = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
  })
  socket.destroy()
  return open
}

/** The process and its children, by the kernel's list; only itself where there is no such list. */
function family(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean)
    return [pid, ...children.flatMap((child) => family(Number(child)))]
  } catch {
    return [pid]
  }
}

/** The process's command line. */
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
  // Of the sandbox, which may be just starting, only the flag is checked.
  const started = family(pid).map((one) => ({ one, words: wordsOf(one) }))
  for (const { words } of started)
    if (words.includes('--permission')) expect(words.slice(0, -1)).toContain('--disable-sigusr1')
  // The product is the launcher's own process, or its only child. A child that is just starting may still have the
  // launcher's command line.
  const own = started.slice(0, isProduct(wordsOf(pid)) ? 1 : 2).map(({ one }) => one)
  for (const one of own) process.kill(one, 'SIGUSR1')
  expect(await isOpen(INSPECTOR_PORT)).toBe(false)
  for (const one of own) expect(() => process.kill(one, 0)).not.toThrow()
  program.process.kill('SIGINT')
  // An inspector would print on stderr that it listens, or that its port is taken.
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
