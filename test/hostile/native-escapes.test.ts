// Native code in a jailed child tries what the table of the walls does not list. None of it may succeed, even if Easel
// was started with a folder and a file of the machine left open.
import { spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'
import { wallLevel } from '../../src/process-wall/wall.ts'
import { hasCompiler, type Probed } from './native-scene.ts'

const HEIR = join(import.meta.dirname, 'native-heir.ts')
/** Above the descriptors that Node closes for child processes. */
const FIRST_LEFT_OPEN = 40

/** The results in a child of a program with inherited descriptors. */
async function tried(wall: 'filter' | 'jail'): Promise<Probed['tried']> {
  const open = [openSync('/', 'r'), openSync('/etc/passwd', 'r')]
  const gap = Array.from({ length: FIRST_LEFT_OPEN - 3 }, () => 'ignore' as const)
  const child = spawn(process.execPath, [HEIR, wall], { stdio: ['ignore', 'pipe', 'inherit', ...gap, ...open] })
  for (const fd of open) closeSync(fd)
  return (JSON.parse(await text(child.stdout as Readable)) as Probed).tried
}

const done = (all: Probed['tried']): string[] => Object.keys(all).filter((name) => all[name] === 'yes')

describe.runIf(hasCompiler && wallLevel() === 'jail')('native code gets nowhere', () => {
  test('in a jail, by 25 ways of mounting, naming and inheriting', async () => {
    const all = await tried('jail')
    expect(Object.keys(all)).toHaveLength(26)
    expect(done(all)).toEqual(['done'])
  })

  test('in a jail behind the filter, by these and 15 more, and it ends with a call by old numbers', async () => {
    const all = await tried('filter')
    const isX64 = process.arch === 'x64'
    expect(Object.keys(all)).toHaveLength(isX64 ? 41 : 40)
    expect(done(all)).toEqual([isX64 ? 'before-old-calls' : 'done'])
  })
})
