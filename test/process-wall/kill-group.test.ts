// A process id may be reused soon after its end: the group is killed once more as the process ends, and never again.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterEach, expect, test, vi } from 'vitest'
import { killGroup } from '../../src/process-wall/wall.ts'

afterEach(() => void vi.restoreAllMocks())

test('the number of a process that has ended is used for what it left, once', async () => {
  const child = spawn('/bin/true', { detached: true, stdio: 'ignore' })
  await once(child, 'exit')
  const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
  for (let n = 0; n < 3; n++) killGroup(child)
  expect(kill.mock.calls).toEqual([[-(child.pid as number), 'SIGKILL']])
})

test('one that lives is killed', async () => {
  const child = spawn('/bin/sleep', ['60'], { detached: true, stdio: 'ignore' })
  const ended = once(child, 'exit')
  killGroup(child)
  expect((await ended)[1]).toBe('SIGKILL')
})
