// A fully compromised sandbox process at each wall level: native code tries everything once.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { productFolder } from '../../sandbox/product.ts'
import { WALL_FACTS, WALLS, wallNotice, type Wall } from '../../src/process-wall/levels.ts'
import { wallLevel } from '../../src/process-wall/wall.ts'
import { hasCompiler, probe, type Probed } from './native-scene.ts'

/** The probe's results that each fact about the wall is checked by. */
const ATTEMPTS: Readonly<Record<string, readonly string[]>> = {
  "read the user's other files, other sessions and the database": [
    'read-home',
    'read-session',
    'read-database',
    'read-users',
    'read-host-name',
  ],
  "read or change the user's other processes by /proc: their memory, and their environment with Easel's key": [
    'other-environment',
    'other-memory-file',
  ],
  'change or create files outside its own folder': [
    'write-home',
    'write-session',
    'write-database',
    'create-home',
    'write-product',
    'write-font-cache',
    'write-linked',
    'truncate-linked',
    'chmod-linked',
    'remove-linked',
    'link-linked',
    'create-linked',
    'remount-links',
    'mount',
  ],
  'reach a socket: of this machine, of another, by path or by name': [
    'tcp-loopback',
    'tcp-outside',
    'udp-outside',
    'unix-abstract',
    'unix-path',
  ],
  'signal or trace other processes': [
    'other-signal',
    'other-signal-by-owner',
    'other-limits',
    'other-trace',
    'other-memory',
    'other-descriptors',
    'anybody-signal',
  ],
  'start programs, or a file that it wrote': ['run-shell', 'run-program'],
  'make namespaces and have capabilities in them': ['namespaces', 'chroot'],
  'use io_uring, bpf, keyrings, perf and userfaultfd': ['keyring', 'bpf', 'io-uring', 'userfaultfd', 'memory-file'],
}

/** Levels that this machine reaches. */
const reachable = WALLS.filter(({ level }) => level === 'process' || wallLevel() === 'jail')
const probes = new Map<string, Promise<Probed>>()
const probed = ({ name, level, isFiltered }: (typeof WALLS)[number]): Promise<Probed> => {
  const known = probes.get(name) ?? probe({ level, filter: isFiltered })
  probes.set(name, known)
  return known
}

describe.runIf(hasCompiler && process.platform === 'linux').each(reachable)('behind the wall "$name"', (wall) => {
  test.each(Object.keys(ATTEMPTS))('native code can only where docs/walls.md says so: %s', async (what) => {
    const { tried, reached } = await probed(wall)
    const attempts = ATTEMPTS[what] as readonly string[]
    expect(Object.keys(tried)).toEqual(expect.arrayContaining([...attempts]))
    const done = attempts.filter((name) => tried[name] === 'yes')
    if (isPossible(what, wall)) expect(done).not.toEqual([])
    else expect(done).toEqual([])
    if (what.startsWith('reach') && !isPossible(what, wall)) expect(reached).not.toContain('tcp')
    if (what.startsWith('change') && !isPossible(what, wall))
      expect(reached.filter((one) => one.includes('/'))).toEqual([])
  })

  test('nothing of it lives on when it is killed, where docs/walls.md says so', async () => {
    const { survived, tried } = await probed(wall)
    expect(survived).toBe(isPossible('live on when it is killed', wall))
    expect(tried['done']).toBe('yes')
  })
})

test.runIf(hasCompiler && wallLevel() === 'jail')('what is linked into a jail can be read there', async () => {
  const { tried } = await probed(WALLS.find(({ level }) => level === 'jail') as (typeof WALLS)[number])
  expect(tried['read-linked']).toBe('yes')
})

test.runIf(!hasCompiler)('there is no C compiler here, so native code was not tried', () => {
  expect(hasCompiler).toBe(false)
})

test('each fact of a wall that an attacker could change is tried by native code', () => {
  const differing = WALL_FACTS.filter(({ isPossible }) => new Set(WALLS.map(isPossible)).size > 1)
  expect(differing.map(({ what }) => what).toSorted()).toEqual(
    [...Object.keys(ATTEMPTS), 'live on when it is killed'].toSorted(),
  )
})

test('the table of docs/walls.md is what is known of them', () => {
  const readme = readFileSync(join(productFolder(), 'docs/walls.md'), 'utf8')
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`
  const head = row(['it could', ...WALLS.map(({ name }) => name)]) + row(['it could', ...WALLS].map(() => '---'))
  const rows = WALL_FACTS.map(({ what, isPossible }) =>
    row([what, ...WALLS.map((wall) => (isPossible(wall) ? 'yes' : 'no'))]),
  )
  expect(readme).toContain(head + rows.join(''))
})

test('every wall but the strongest is told in one line, with what it lacks and the way to a stronger one', () => {
  expect(wallNotice('jail', true)).toBeUndefined()
  expect(wallNotice('jail', false)).toBe(
    'The sandbox has the wall "jail" here: an attacker who takes over one of its processes could use io_uring, bpf, keyrings, perf and userfaultfd. A kernel with seccomp, on x64 or arm64, would filter its system calls. `easel --version --verbose` lists what holds.',
  )
  expect(wallNotice('process', true)).toMatch(
    /^The sandbox has the wall "filter" here: an attacker who takes over one of its processes could read the user's other files, other sessions and the database\. .*stronger.* `easel --version --verbose` lists what holds\.$/,
  )
})

function isPossible(what: string, wall: Wall): boolean {
  return WALL_FACTS.find((fact) => fact.what === what)?.isPossible(wall) ?? false
}
