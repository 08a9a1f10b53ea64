// Sessions on the command line: continuing one, what is restored, what has expired, listing and deleting.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { easel } from './main.ts'
import {
  eventsOf,
  eventsOfType,
  newFolder,
  onlyEvent,
  portrait,
  product,
  runEasel,
  startEasel,
  type Ended,
} from './program.ts'

const UNKNOWN = 'unknownunknownunknown000'

function snippet(code: string): string {
  const file = join(newFolder(), 'snippet.ts')
  writeFileSync(file, code)
  return file
}

const asRun = (code: string, more: readonly string[]) => ['run', snippet(code), '--json', '-o', newFolder(), ...more]
const run = (code: string, ...more: string[]): Promise<Ended> => easel(asRun(code, more))
const runProgram = (code: string, ...more: string[]): Promise<Ended> => runEasel(asRun(code, more))

const idOf = (ended: Ended): string => onlyEvent(ended, 'session').id
const valueOf = (ended: Ended): string | undefined => eventsOfType(ended, 'print').at(-1)?.text

describe('going on with a session', () => {
  it('says the id first, and restores variables and files in another process', async () => {
    const first = await runProgram(
      "const big: number[] = [1, 2, 3]; big.push(Math.random()); const noise = Date.now(); (await import('fs')).writeFileSync('a.txt', 'one')",
      portrait,
    )
    const [session] = eventsOf(first)
    expect(session).toMatchObject({ type: 'session', id: expect.stringMatching(/^[\w-]{22,}$/) })
    const left = Date.parse(onlyEvent(first, 'session').expiresAt) - Date.now()
    expect(left / 3_600_000).toBeCloseTo(24.5, 1)

    const asked = "`${big.length} ${noise} ${big[3]} ${(await import('fs')).readdirSync('.').join()}`"
    const [second, third] = [
      await runProgram(asked, '--session', idOf(first)),
      await runProgram(asked, '--session', idOf(first)),
    ]
    expect(onlyEvent(second, 'session').id).toBe(idOf(first))
    expect(onlyEvent(second, 'restored')).toMatchObject({ cells: 1, files: 2, missing: [] })
    expect(valueOf(second)).toMatch(/^4 \d{13} 0\.\d+ a\.txt,portrait\.png\n$/)
    expect(valueOf(third)).toBe(valueOf(second))
  })

  it('ends failed for an id that leads to nothing, and ask goes on in a new session', async () => {
    const ended = await run('1', '--session', UNKNOWN)
    expect(ended.code).toBe(1)
    const message = `There is no session ${UNKNOWN}.`
    const advice = `${message} See easel sessions.`
    expect(eventsOf(ended)).toEqual([{ type: 'end', status: 'failed', code: 'session_unknown', message: advice }])

    const asked = await easel([
      'ask',
      'make this grayscale',
      portrait,
      '--session',
      UNKNOWN,
      '--json',
      '-o',
      newFolder(),
    ])
    expect(asked.code).toBe(0)
    expect(eventsOf(asked)[0]).toMatchObject({ type: 'session', id: expect.not.stringMatching(UNKNOWN) })
    expect(eventsOf(asked)[1]).toEqual({ type: 'notice', text: `${message} This is a new session.` })
  })

  it('tells what an expired session took with it', async () => {
    const first = await run('const kept = 1', portrait, '--idle', '100ms', '--retention', '1s')
    const id = idOf(first)
    await wait(1200)
    const ended = await run('kept', '--session', id)
    expect(onlyEvent(ended, 'end')).toMatchObject({ status: 'failed', code: 'session_expired' })
    expect(ended.stderr).toMatch(new RegExp(`^easel: The session ${id} expired \\d+ s ago\\.\n$`))
    const asked = await easel(['ask', 'make this grayscale', portrait, '--session', id, '--json', '-o', newFolder()])
    expect(onlyEvent(asked, 'gone')).toEqual({ type: 'gone', id, files: ['portrait.png'], variables: ['kept'] })
    expect(asked.code).toBe(0)
  })

  it('leaves nothing behind with retention 0', async () => {
    const data = newFolder()
    const first = await run('const kept = 1', portrait, '--idle', '1ms', '--retention', '0', '--data', data)
    const ended = await run('kept', '--session', idOf(first), '--data', data)
    expect(onlyEvent(ended, 'end')).toMatchObject({ status: 'failed', code: 'session_unknown' })
    const listed = await easel(['sessions', '--data', data])
    expect(listed.stdout).toMatch(/^No sessions in /)
    expect(
      readdirSync(join(data, 'blobs'), { recursive: true, withFileTypes: true }).filter((e) => e.isFile()),
    ).toEqual([])
  })

  it('keeps the durations it was made with, until a later flag changes them', async () => {
    const first = await run('1', '--idle', '1h', '--retention', '2h')
    const hours = (ended: Ended): number => (Date.parse(onlyEvent(ended, 'session').expiresAt) - Date.now()) / 3_600_000
    expect(hours(first)).toBeCloseTo(3, 1)
    expect(hours(await run('1', '--session', idOf(first)))).toBeCloseTo(3, 1)
    expect(hours(await run('1', '--session', idOf(first), '--retention', '10h'))).toBeCloseTo(11, 1)
    expect(hours(await run('1', '--session', idOf(first)))).toBeCloseTo(11, 1)
  })
})

describe('a chat', () => {
  it('restores after it was idle, and after it was killed in the middle of a turn', async () => {
    const out = newFolder()
    // Without the launcher in between, so that the kill hits the program itself.
    const program = [process.execPath, '--disable-warning=ExperimentalWarning', join(product, 'dist/entry.js')]
    const chat = startEasel(['chat', portrait, '--json', '-o', out, '--idle', '2s', '--retention', '1h'], { program })
    chat.process.stdin?.write('make this grayscale\n')
    await chat.saw('"type":"end"')
    await chat.saw('The session was idle')
    chat.process.stdin?.write('now make it half the size\n')
    await chat.saw(/"type":"restored"[^]*"type":"end"/)
    chat.process.stdin?.write('make it spin as a gif\n')
    await chat.saw(/"type":"end"[^]*"type":"end"[^]*"type":"cell"/)
    chat.process.kill('SIGKILL')
    const killed = await chat.ended
    const session = eventsOf({ ...killed, stdout: killed.stdout.split('\n').slice(0, 1).join('\n') })[0]
    expect(session?.type).toBe('session')
    const id = session?.type === 'session' ? session.id : ''

    const input = '/files\nmake it sepia\n'
    const again = await easel(['chat', '--session', id, '--json', '-o', out], { input, fresh: true })
    expect(again.code).toBe(0)
    expect(onlyEvent(again, 'restored').files).toBeGreaterThanOrEqual(3)
    expect(eventsOfType(again, 'end')).toEqual([{ type: 'end', status: 'ok' }])
  })

  it('lets no other program have its session, and gives it back', async () => {
    const data = newFolder()
    const chat = startEasel(['chat', '--json', '-o', newFolder(), '--data', data])
    await chat.saw('"type":"notice"')
    const listed = await easel(['sessions', '--json', '--data', data])
    const { id, inUse } = JSON.parse(listed.stdout) as { id: string; inUse: boolean }
    expect(inUse).toBe(true)
    const refused = await run('1', '--session', id, '--data', data)
    expect(onlyEvent(refused, 'end')).toMatchObject({ status: 'failed', code: 'EASEL_SESSION_IN_USE' })
    chat.process.stdin?.end()
    await chat.ended
    expect(await run('1', '--session', id, '--data', data)).toMatchObject({ code: 0 })
  })

  it('runs a snippet again with a change, and takes the last change of a file back', async () => {
    const out = newFolder()
    const code =
      "import { writeFileSync } from 'node:fs'\nconst times: number = 2\nwriteFileSync('a.txt', 'ab'.repeat(times))"
    const id = idOf(await run(code))
    const said = [
      '/versions a.txt',
      '/cells',
      '/rerun 1 times: number = 2 => times: number = 3',
      '/undo',
      '/versions a.txt',
      '/rerun 7',
      '/rerun x',
      'undo',
      '/undo b.txt',
    ]
    const chat = await easel(['chat', '--session', id, '--json', '-o', out], { input: said.join('\n') })
    const notices = eventsOfType(chat, 'notice').map(({ text }) => text)
    expect(notices.join('\n')).toContain('  1  ok        const times: number = 2')
    expect(eventsOfType(chat, 'file').map(({ bytes }) => bytes)).toEqual([6, 4])
    expect(eventsOfType(chat, 'undo')).toEqual([
      { type: 'undo', name: 'a.txt', version: 1 },
      { type: 'undo', name: 'a.txt', version: 0 },
    ])
    expect(notices).toContain('› 1    4 bytes  snippet 1')
    expect(notices).toContain('› 1    4 bytes  snippet 1\n  2    6 bytes  snippet 2')
    expect(notices.at(-1)).toBe('b.txt has no earlier version.')
    expect(readdirSync(out)).toEqual([])
    const [cell] = eventsOfType(chat, 'cell')
    expect(cell?.from).toEqual({ cell: 1, edits: [{ find: 'times: number = 2', replace: 'times: number = 3' }] })
  })
})

describe('easel sessions', () => {
  it('lists age, size, files and state, and deletes', async () => {
    const data = newFolder()
    const id = idOf(await run("(await import('fs')).writeFileSync('a.txt', 'x')", portrait, '--data', data))
    const listed = await runEasel(['sessions', '--data', data])
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    const [head, row, total] = listed.stdout.split('\n')
    expect(head).toMatch(/^ID +AGE +SIZE +FILES +STATE$/)
    expect(row).toMatch(new RegExp(`^${id}  \\d+ s +\\d+ KB +2      idle in 29 min, deleted in 24 h$`))
    expect(total).toMatch(/ of 20000 MB in /)
    expect(await easel(['sessions', 'rm', id, UNKNOWN, '--data', data])).toEqual({
      code: 1,
      stdout: `Deleted ${id}.\n`,
      stderr: `easel: There is no session ${UNKNOWN}.\n`,
    })
    expect((await easel(['sessions', '--data', data, '--json'])).stdout).toBe('')
  })

  it('exports one as a zip, and says what cannot be', async () => {
    const data = newFolder()
    const id = idOf(await run("(await import('fs')).writeFileSync('a.txt', 'x')", '--data', data))
    const out = join(newFolder(), 'out.zip')
    const told = await runEasel(['export', id, '-o', out, '--data', data])
    expect(told).toMatchObject({ code: 0, stderr: '' })
    expect(told.stdout).toMatch(/out\.zip +\d+(?:\.\d)? KB, 1 cell, 1 file\n.*npm install && npm start\n$/s)
    expect(readFileSync(out).subarray(0, 4)).toEqual(Buffer.from('PK\u0003\u0004'))
    const message = `There is no session ${UNKNOWN}, or it has expired. See easel sessions.`
    expect(await easel(['export', UNKNOWN, '--json', '--data', data])).toEqual({
      code: 1,
      stdout: `${JSON.stringify({ type: 'end', status: 'failed', code: 'session_unknown', message })}\n`,
      stderr: `easel: ${message}\n`,
    })
  })

  it('refuses wrong words, durations and folders with 2', async () => {
    const cases: [string[], string][] = [
      [['sessions', 'drop'], 'There is no "easel sessions drop". Try easel sessions, or easel sessions rm ID.'],
      [['sessions', 'rm'], 'easel sessions rm needs an id: easel sessions rm ID. See easel sessions.'],
      [['chat', '--idle', 'soon'], '--idle cannot be "soon"; write it like 2s, 30m, 24h or 7d, at most ten years.'],
      [['chat', '--data', ' '], '--data needs a folder: --data sessions.'],
    ]
    for (const [args, message] of cases) {
      expect(await easel(args)).toEqual({ code: 2, stdout: '', stderr: `easel: ${message}\n` })
    }
    const file = snippet('1')
    const ended = await run('1', '--data', file)
    expect(onlyEvent(ended, 'end')).toMatchObject({ status: 'failed', code: 'EASEL_STORE_FOREIGN' })
    expect(ended.stderr.split('\n')).toHaveLength(2)
    expect(readFileSync(file, 'utf8')).toBe('1')
  })
})
