// The launcher under whatever Node there is: it starts the product so that a signal opens no inspector in it, nor in
// the launcher, and it ends with what the product said.
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { launcher, newFolder, startEasel, systemNode } from './cli-program.ts'

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

/** Whether the process is one of Node, told by its own words. */
function isNode(pid: number): boolean {
  try {
    return (readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')[0] ?? '').endsWith('/node')
  } catch {
    return false
  }
}

test.for([
  ['the Node that it brings', process.execPath],
  ["the machine's own Node", systemNode()],
])('SIGUSR1 opens no inspector in any process of a server under %s, and ends none', async ([, node]) => {
  const program = startEasel(['serve', '--port', '0', '--data', newFolder()], { program: [node!, launcher] })
  await program.saw('Ctrl-C ends it')
  const { pid = 0 } = program.process
  const before = family(pid).filter((one) => one === pid || isNode(one))
  // Its sandbox is started ahead: where the kernel lists children, it is among them.
  for (const one of before) process.kill(one, 'SIGUSR1')
  expect(await isOpen(INSPECTOR_PORT)).toBe(false)
  for (const one of before) expect(() => process.kill(one, 0)).not.toThrow()
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
