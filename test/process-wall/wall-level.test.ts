// The wall's strength depends on the machine only, not on the state of its disk or on other programs.
import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { isLimitPerNamespace } from '../../src/process-wall/wall.ts'

test.runIf(process.platform === 'linux' && spawnSync('unshare', ['--version']).status === 0)(
  'a full temporary folder at the start does not lower the wall for good',
  async () => {
    const { wallLevel } = await import('../../src/process-wall/wall.ts')
    const level = wallLevel()
    vi.resetModules()
    const fresh = await import('../../src/process-wall/wall.ts')
    vi.stubEnv('TMPDIR', join(mkdtempSync(join(tmpdir(), 'full-')), 'gone'))
    expect(() => fresh.wallLevel()).toThrow(/^The walls of a sandbox cannot be built in /)
    vi.unstubAllEnvs()
    expect(fresh.wallLevel()).toBe(level)
  },
)

test('processes are only limited where the kernel counts those of the jail alone', () => {
  const kernels = ['5.4.0-42-generic', '5.10.0', '5.13.19', '5.14.0', '5.15.0-91', '6.1.0', '6.18.44-fc', '4.19.0']
  expect(kernels.filter((kernel) => isLimitPerNamespace(kernel))).toEqual([
    '5.14.0',
    '5.15.0-91',
    '6.1.0',
    '6.18.44-fc',
  ])
})
