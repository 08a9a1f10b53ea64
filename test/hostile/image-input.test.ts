// A child that lies about a picture it prepared for a model is killed, and nothing from it is used.
import { spawn } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultLimits } from '../../sandbox/limits.ts'
import { openSandbox } from '../../src/runner/sandbox.ts'

const liar = join(import.meta.dirname, 'lying-image-child.mjs')

test.each([
  'bytes that are not there',
  'a symlink to a secret',
  'a hard link to a secret',
  'more bytes than asked for',
  'another number of bytes',
  'HTML',
  'another answer',
  'a blob above the scratch',
])('%s', async (lie) => {
  const folder = mkdtempSync(join(tmpdir(), 'easel-liar-'))
  writeFileSync(join(folder, 'secret'), '\x89PNG\r\n\x1a\n a secret', 'latin1')
  const sandbox = openSandbox({
    folder: join(folder, 'session'),
    limits: defaultLimits(),
    spawn: (scratch) =>
      spawn(process.execPath, [liar, lie, join(folder, 'secret')], {
        cwd: scratch,
        stdio: ['pipe', 'ignore', 'pipe', 'pipe'],
        detached: true,
      }),
  })
  try {
    const shown = await sandbox.show({ names: ['a.png'], box: { width: 9, height: 9 }, most: 1000 })
    expect(shown).toEqual({
      problem: '"a.png" could not be prepared for the model: the reader crashed. Make a smaller copy and look at that.',
    })
  } finally {
    await sandbox.close()
  }
})
