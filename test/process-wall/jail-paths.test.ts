// A jail shows the folders of Easel, its packages and its temporary files, whatever they are called, and no others.
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { OLD_ROOT, SCRATCH } from '../../src/process-wall/jail-root.ts'
import { confine, wallLevel } from '../../src/process-wall/wall.ts'

const NAMES = [
  `a b'c"d\\e#f`,
  'tab\tand\nline',
  'carriage\rreturn',
  'wide\u3000space',
  'no\u00a0break',
  'line\u2028separator\ufeff',
  '$(touch run)`touch run`',
  '-o exec',
  'LABEL=x',
  '\\040\\134',
  '中文',
  'old',
  'scratch',
]

/** Runs in a jail: what it sees of its argument, a list of file paths, and of the folders above them. */
const LOOK = `
const fs = require('node:fs')
const seen = (path) => { try { return fs.readFileSync(path, 'utf8') } catch (error) { return error.code } }
console.log(JSON.stringify([JSON.parse(process.argv[1]).map(seen), fs.readdirSync(process.argv[2]).length, fs.readdirSync('/').join()]))`

test.runIf(wallLevel() === 'jail')('folders of any name are seen in a jail, and nothing beside them', async () => {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'jail-paths-')))
  const folders = NAMES.map((name) => join(base, name))
  for (const folder of [...folders, join(base, 'other')]) {
    mkdirSync(folder)
    writeFileSync(join(folder, 'file'), folder)
  }
  const files = [...folders, join(base, 'other')].map((folder) => join(folder, 'file'))
  const command = [process.execPath, '-e', LOOK, JSON.stringify(files), base] as const
  const [program, ...args] = confine({ command, readable: [process.execPath, ...folders] }, 'jail')
  // The last pipe keeps the jail alive; closing it ends the whole group.
  const stdio = ['ignore', 'pipe', 'pipe', 'ignore', 'pipe'] as const
  const child = spawn(program, args, { cwd: '/', env: {}, stdio: [...stdio], detached: true })
  const [stdout, stderr] = await Promise.all([child.stdout, child.stderr].map((end) => text(end as Readable)))
  child.stdio[4]?.destroy()
  expect(stderr).toBe('')
  const [seen, count, root] = JSON.parse(stdout ?? '') as [string[], number, string]
  expect(seen).toEqual([...folders, 'ENOENT'])
  expect(count).toBe(NAMES.length)
  expect(root).not.toContain('run')
  // What a jail needs itself hides nothing that the machine has under such a name.
  for (const own of [OLD_ROOT, SCRATCH]) expect(own).toMatch(/^\/easel-\w+$/)
})
