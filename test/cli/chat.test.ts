// Chats from a pipe and at a terminal; Ctrl-C at each moment; readers that go away.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { easel } from './main.ts'
import {
  eventsOf,
  eventsOfType,
  launcher,
  newFolder,
  onlyEvent,
  portrait,
  runEasel,
  startEasel,
  systemNode,
} from './program.ts'

function snippet(code: string): string {
  const file = join(newFolder(), 'snippet.ts')
  writeFileSync(file, code)
  return file
}

/** util-linux's script gives a program a terminal. */
const hasScript = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux') ?? false
const terminal = (...args: string[]): string[] => {
  const command = [systemNode(), launcher, ...args].map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ')
  return ['script', '-qefc', command, '/dev/null']
}

describe.concurrent('a conversation', () => {
  it('acts on the last result, in either language, and goes on after a line it does not understand', async () => {
    const folder = newFolder()
    await sharp(portrait).resize(160).png().toFile(join(folder, 'p.png'))
    const input = 'make it gray\nfrobnicate\nnow blur it\n\n再压缩一下\n'
    const ended = await easel(['chat', 'p.png', '--json'], { cwd: folder, input })
    expect(eventsOfType(ended, 'end').map(({ status }) => status)).toEqual(['ok', 'failed', 'ok', 'ok'])
    expect(eventsOf(ended).at(-1)?.type).toBe('end')
    expect(ended.code).toBe(1)
    const [gray, blurred, small] = eventsOfType(ended, 'file')
    expect([gray?.name, blurred?.name]).toEqual(['p-gray.png', 'p-gray-blur.png'])
    expect(small?.bytes).toBeLessThan(blurred?.bytes ?? 0)
    expect(readdirSync(join(folder, 'easel-out'))).toHaveLength(3)
  })

  it('knows a few commands, and keeps stdout JSON', async () => {
    const folder = newFolder()
    await sharp(portrait).resize(40).png().toFile(join(folder, 'a b.png'))
    const input =
      '/help\n/nonsense x\n/add\n/add nothing.png\n/add "a b.png"\n/files\nmake it gray\n/quit\nnever read\n'
    const ended = await easel(['chat', '--json'], { cwd: folder, input })
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const notices = eventsOfType(ended, 'notice').map(({ text }) => text)
    expect(notices.filter((text) => text.includes('Type what you want'))).toHaveLength(1)
    expect(notices).toContain('There is no command /nonsense; /help lists them.')
    expect(notices).toContain('There is no file "nothing.png".')
    expect(notices.at(-1)).toMatch(/^a b\.png {2}[\d.]+ KB$/)
    expect(onlyEvent(ended, 'ask')).toMatchObject({ text: 'make it gray', files: ['a b.png'] })
    expect(onlyEvent(ended, 'end')).toEqual({ type: 'end', status: 'ok' })
  })

  it.runIf(hasScript)(
    'has a prompt at a terminal, stops a turn on Ctrl-C and goes on, and ends with 0 on Ctrl-D',
    async () => {
      const program = startEasel([], { program: terminal('chat', portrait, '-o', newFolder()), env: { TERM: 'xterm' } })
      const type = (keys: string): void => void program.process.stdin?.write(keys)
      await program.saw('› ')
      type('a GIF that turns the picture a full circle in 90 frames\r')
      await program.saw('animate')
      await new Promise((resolve) => setTimeout(resolve, 400))
      type('\u0003')
      await program.saw(/cancelled/i)
      type('info\r')
      await program.saw(/info[\s\S]*640/)
      type('\u0004')
      const { code, stdout } = await program.ended
      expect(code).toBe(0)
      expect(stdout.match(/Type what you want/g)).toHaveLength(1)
    },
  )

  it.runIf(hasScript)('ends on Ctrl-C at the prompt', async () => {
    const program = startEasel([], { program: terminal('chat') })
    await program.saw('› ')
    program.process.stdin?.write('\u0003')
    expect((await program.ended).code).toBe(0)
  })
})

describe('an interrupt', () => {
  it.for(['SIGINT', 'SIGTERM'] as const)(
    '%s cancels a running cell at once, keeps what was written, and leaves nothing behind',
    async (signal) => {
      const out = newFolder()
      const temporary = newFolder()
      const code =
        "import { writeFileSync } from 'node:fs'\nwriteFileSync('a.txt', 'x')\nconsole.log('looping')\nfor (;;) {}"
      const program = startEasel(['run', snippet(code), '--json', '-o', out], { env: { TMPDIR: temporary } })
      await program.saw('"text":"looping')
      program.process.kill(signal)
      const ended = await program.ended
      // A program that has not ended by itself within 5 s is killed, with another code and no message.
      expect(ended.code).toBe(1)
      expect(onlyEvent(ended, 'end')).toMatchObject({ status: 'cancelled', code: 'EASEL_CANCELLED' })
      expect(readdirSync(temporary)).toEqual([])
    },
  )

  it('ends a chat that waits for a line', async () => {
    const program = startEasel(['chat', '--json'])
    await program.saw('notice')
    program.process.kill('SIGTERM')
    expect(await program.ended).toMatchObject({ code: 0, stderr: '' })
  })

  it('comes also when the launcher is killed without a word', async () => {
    const temporary = newFolder()
    const program = startEasel(['run', snippet("console.log('looping')\nfor (;;) {}")], { env: { TMPDIR: temporary } })
    await program.saw('looping')
    program.process.kill('SIGKILL')
    await program.ended
    for (let tries = 0; readdirSync(temporary).length > 0 && tries < 100; tries++)
      await new Promise((resolve) => setTimeout(resolve, 50))
    expect(readdirSync(temporary)).toEqual([])
  })
})

describe.concurrent('a terminal or a pipe', () => {
  it('gets colours only at a terminal without NO_COLOR, and no control codes from a snippet', async () => {
    const folder = newFolder()
    const file = snippet(
      "import { writeFileSync } from 'node:fs'\nconsole.log('\\u001b]0;title\\u0007a\\u001b[2Jb\\u001b[31mred\\u001b[0m')\nwriteFileSync('t.txt', 'x')",
    )
    const pipe = await easel(['run', file], { cwd: folder })
    expect(pipe.stdout).toMatch(/✔ easel-out/)
    expect(pipe.stdout).not.toContain('\u001b[32m')
    if (!hasScript) return
    const [plain, colours] = await Promise.all([
      runEasel([], { program: terminal('run', file), cwd: folder, env: { TERM: 'xterm', NO_COLOR: '1' } }),
      runEasel([], { program: terminal('run', file), cwd: folder, env: { TERM: 'xterm' } }),
    ])
    expect(plain.stdout).toMatch(/✔ easel-out/)
    expect(plain.stdout).not.toContain('\u001b[32m')
    expect(colours.stdout).toContain('\u001b[32m✔')
    expect(colours.stdout).toContain('ab\u001b[31mred\u001b[0m')
    for (const code of ['\u001b]', '\u001b[2J']) expect(colours.stdout).not.toContain(code)
  })

  it('finishes its work when the reader goes away', async () => {
    const out = newFolder()
    const file = snippet(
      "import { writeFileSync } from 'node:fs'\nfor (let i = 0; i < 3000; i++) console.log('line', i)\nwriteFileSync('done.txt', 'x')",
    )
    const quoted = [systemNode(), launcher, 'run', file, '-o', out].map((part) => `'${part}'`).join(' ')
    const ended = await runEasel([], { program: ['bash', '-c', `${quoted} | head -2; exit \${PIPESTATUS[0]}`] })
    expect(ended).toEqual({ code: 0, stdout: 'line 0\nline 1\n', stderr: '' })
    expect(existsSync(join(out, 'done.txt'))).toBe(true)
  })
})
