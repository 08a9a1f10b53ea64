// Machine-readable output: --json, its events, and the exit code; and `easel run` as text.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { easel } from './main.ts'
import { eventsOf, eventsOfType, newFolder, onlyEvent, portrait, runEasel } from './program.ts'

function snippet(code: string): string {
  const file = join(newFolder(), 'snippet.ts')
  writeFileSync(file, code)
  return file
}

describe('easel run', () => {
  it('tells print, files with folders kept, and the end, as one JSON object a line', async () => {
    const out = newFolder()
    const code = `
      import { mkdirSync, writeFileSync } from 'node:fs'
      import sharp from 'sharp'
      console.log('one'); console.error('two')
      mkdirSync('a/b', { recursive: true })
      writeFileSync('a/b/note.txt', 'hi')
      await sharp('portrait.png').resize(32, 20).png().toFile('small.png')
      1 + 1`
    const ended = await runEasel(['run', snippet(code), portrait, '--json', '-o', out])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    const prints = eventsOfType(ended, 'print').map(({ stream, text }) => [stream, text])
    expect(prints).toEqual([
      ['stdout', 'one\n'],
      ['stderr', 'two\n'],
      ['value', '2\n'],
    ])
    const files = Object.fromEntries(eventsOfType(ended, 'file').map((file) => [file.name, file]))
    expect(files['a/b/note.txt']).toMatchObject({ path: join(out, 'a/b/note.txt'), mime: 'text/plain', bytes: 2 })
    expect(files['a/b/note.txt']).not.toHaveProperty('width')
    expect(files['small.png']).toMatchObject({ path: join(out, 'small.png'), mime: 'image/png', width: 32, height: 20 })
    expect(files['small.png']).not.toHaveProperty('card')
    expect(Object.keys(files)).toHaveLength(2)
    expect(readFileSync(join(out, 'a/b/note.txt'), 'utf8')).toBe('hi')
    expect(eventsOf(ended).at(-1)).toEqual({ type: 'end', status: 'ok' })
  })

  it.for([
    ['rejected', 'let n = 1; nothing(n)', "TS2304 at 1:12: Cannot find name 'nothing'."],
    ['rejected', "import os from 'node:os'", 'node:os'],
    ['threw', '\nJSON.parse("null").x', 'null'],
    ['threw', 'throw new RangeError("too far")', 'RangeError: too far'],
    ['timeout', 'for (;;) {}', 'The cell used up its limit of 1 s of processor time.'],
  ] as const)('ends %s with 1 and the reason on stderr: %s', async ([status, code, reason]) => {
    // However small its share of a busy machine's processors.
    const env = { EASEL_WALL: '60s' }
    const ended = await easel(['run', snippet(code), '--json', '--timeout', '1s'], { env })
    expect(ended.code).toBe(1)
    const end = onlyEvent(ended, 'end')
    expect(end).toMatchObject({
      status,
      code: expect.stringMatching(/^(EASEL_|TS\d)/),
      message: expect.stringContaining(reason),
    })
    expect(eventsOf(ended).at(-1)).toEqual(end)
    const advice = status === 'timeout' ? ' Or raise the limit with --timeout.' : ''
    expect(ended.stderr).toBe(`easel: ${end.message}${advice}\n`)
  })

  it('prints as text what the snippet prints, then the files; failures only on stderr, with the line', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'easel-out'))
    const [good, bad, wrong] = await Promise.all([
      easel(
        [
          'run',
          snippet(
            "import { writeFileSync } from 'node:fs'\nconsole.log('hello')\nwriteFileSync('t.txt', 'x'.repeat(2000))",
          ),
        ],
        { cwd: folder },
      ),
      easel(['run', snippet('console.log("before")\nthrow new Error("no")')]),
      easel(['run', snippet('let a = nothing\nlet b = nobody')]),
    ])
    expect(good).toEqual({ code: 0, stdout: 'hello\n✔ easel-out/t.txt   2.0 KB\n', stderr: '' })
    expect(bad).toEqual({ code: 1, stdout: 'before\n', stderr: 'easel: Error: no (line 2)\n' })
    expect(wrong).toMatchObject({ code: 1, stdout: '' })
    expect(wrong.stderr).toBe(
      [
        'easel: nothing was run:',
        "  1:9  Cannot find name 'nothing'. It is neither declared nor a global of the sandbox. (TS2304)",
        "  2:9  Cannot find name 'nobody'. It is neither declared nor a global of the sandbox. (TS2304)\n",
      ].join('\n'),
    )
  })

  it('says what is wrong with the snippet file itself', async () => {
    const [missing, folder] = await Promise.all([easel(['run', 'none.ts']), easel(['run', newFolder(), '--json'])])
    expect(missing).toEqual({ code: 1, stdout: '', stderr: 'easel: There is no snippet "none.ts".\n' })
    expect(onlyEvent(folder, 'end')).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('is a folder; name a snippet'),
    })
  })
})

describe('easel ask --json', () => {
  it('says the whole answer once, and files by the names they really got', async () => {
    const out = newFolder()
    const first = await runEasel(['ask', 'make it gray', portrait, '--json', '-o', out])
    const again = await easel(['ask', 'make it gray', portrait, '--json', '-o', out])
    expect(onlyEvent(first, 'message').text).toContain('portrait-gray.png')
    expect(onlyEvent(again, 'file')).toMatchObject({
      name: 'portrait-gray.png',
      path: join(out, 'portrait-gray (2).png'),
    })
    expect(onlyEvent(again, 'message').text).toContain('portrait-gray (2).png')
    expect(eventsOfType(again, 'notice').map(({ text }) => text)).toContainEqual(
      expect.stringMatching(
        /^portrait-gray\.png existed before this run, so the new one is .*portrait-gray \(2\)\.png\.$/,
      ),
    )
    expect(readFileSync(join(out, 'portrait-gray.png'))).toEqual(readFileSync(join(out, 'portrait-gray (2).png')))
  })

  it('fails with 1 and does nothing when it does not understand', async () => {
    const ended = await easel(['ask', 'frobnicate the flux', portrait, '--json'])
    expect(ended.code).toBe(1)
    expect(onlyEvent(ended, 'end')).toMatchObject({ status: 'failed', code: 'not_understood' })
    expect(onlyEvent(ended, 'message').text).toContain('OPENAI_API_KEY')
    expect(eventsOfType(ended, 'cell')).toEqual([])
  })
})
