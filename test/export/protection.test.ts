// An export runs foreign code with the rights of the user who starts it: what that code cannot do.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { exportProject } from '../../src/export/project.ts'
import { newFolder, runIn, unpacked } from './scene.ts'

/** Tried one after the other, each as `[name, what it does]`; OUT is a folder of the user's. */
const TROJAN = `
import { writeFileSync } from 'node:fs'
import sharp from 'sharp'
writeFileSync('hello.txt', 'hello')
const node = (name: string): any => (globalThis as any).process.getBuiltinModule('node:' + name)
const p = (globalThis as any).process
const fs = node('fs')
const picture = sharp({ create: { width: 1, height: 1, channels: 3, background: 'red' } }).png()
const tries: [string, () => unknown][] = [
  ['write outside', () => fs.writeFileSync('OUT/1', 'x')],
  ['write up', () => fs.writeFileSync('../PWNED', 'x')],
  ['change the code', () => fs.appendFileSync('../cells.ts', '//')],
  ['read outside', () => fs.readFileSync('OUT/secret', 'utf8')],
  ['link out', () => { fs.symlinkSync('OUT', 'link'); fs.writeFileSync('link/2', 'x') }],
  ['start a program', () => node('child_process').execSync('touch OUT/3')],
  ['become a program', () => p.execve('/usr/bin/touch', ['touch', 'OUT/4'])],
  ['start a thread', () => new (node('worker_threads').Worker)('require("fs").writeFileSync("OUT/5", "x")', { eval: true, execArgv: [] })],
  ['open a database', () => new (node('sqlite').DatabaseSync)('OUT/6').exec('create table t (a)')],
  ['write a report', () => p.report.writeReport('OUT/7')],
  ['open the inspector', () => node('inspector').open(0)],
  ['connect', () => new Promise((done, no) => node('net').connect(PORT, '127.0.0.1').on('error', no).on('connect', done))],
  ['send a datagram', () => new Promise((done, no) => { const s = node('dgram').createSocket('udp4'); s.on('error', no); s.send('x', PORT, '127.0.0.1', (e: Error | null) => (e ? no(e) : done(0))) })],
  ['have sharp write', () => picture.toFile('OUT/8.png')],
  ['have sharp write up', () => picture.toFile('../PWNED.png')],
  ['have sharp read', () => sharp('OUT/secret.png').metadata()],
  ['have sharp lay on', () => picture.composite([{ input: 'OUT/secret.png' }]).toBuffer()],
]
for (const [name, act] of tries) {
  try {
    await act()
    console.log('PASSED ' + name)
  } catch {}
}
console.log(['addon', 'worker', 'child', 'net', 'inspector'].filter((one) => p.permission.has(one)).join())
console.log('env ' + Object.keys(p.env).sort().join(' '))
`

it('what npm start runs reaches nothing outside its project, no key, no program and no network', async () => {
  const outside = newFolder()
  writeFileSync(join(outside, 'secret'), 'SECRET')
  writeFileSync(join(outside, 'secret.png'), readFileSync(new URL('../../examples/portrait.png', import.meta.url)))
  const code = TROJAN.replaceAll('OUT', outside).replaceAll('PORT', '9')
  const events: Event[] = [
    { type: 'cell', cell: 1, code, seed: 1, clock: 1_800_000_000_000 },
    { type: 'result', cell: 1, status: 'ok', ms: 1, names: [] },
  ]
  const zip = join(newFolder(), 'out.zip')
  await exportProject({ events, pathOf: () => Promise.reject(new Error('not kept')) }, zip)
  const project = unpacked(zip)
  const before = readFileSync(join(project, 'cells.ts'), 'utf8')
  const command = 'OPENAI_API_KEY=sk-1 NPM_TOKEN=t NODE_OPTIONS=--no-warnings exec node easel/node-setup/start.js'
  const ran = await runIn(project, '/bin/sh', ['-c', command])
  expect(ran).toEqual({
    code: 0,
    stderr: '',
    stdout: [
      "Protection: Node's permission model. The cells read this project and write work/; no network, no programs.",
      '',
      'env DISABLE_SYSTEM_FONTS_LOAD FONTCONFIG_FILE LANG LC_ALL PATH TEMP TMP TMPDIR TZ VIPSHOME',
      'The session left no files.',
      '',
    ].join('\n'),
  })
  expect(readFileSync(join(project, 'work/hello.txt'), 'utf8')).toBe('hello')
  expect(readFileSync(join(project, 'cells.ts'), 'utf8')).toBe(before)
  expect(existsSync(join(project, 'PWNED')) || existsSync(join(project, 'PWNED.png'))).toBe(false)
  for (const name of ['1', '2', '3', '4', '5', '6', '7', '8.png']) expect(existsSync(join(outside, name))).toBe(false)
  expect(readFileSync(join(project, 'README.md'), 'utf8')).toContain('**Read [cells.ts](cells.ts) before you run it.**')
})
