// The command line itself: help, version, wrong usage, limits from flags, environment and config file.
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../sandbox/limits.ts'
import { readConfig, formatAmount } from '../../src/config/config.ts'
import { WALL_FACTS, wallName } from '../../src/process-wall/levels.ts'
import { wallLevel } from '../../src/process-wall/wall.ts'
import { easel } from './main.ts'
import { launcher, newFolder, product, runEasel, systemNode } from './program.ts'

const TOKEN_SHOWS =
  'A token on the command line shows in the list of processes to every user of this machine. Choose another one, and set EASEL_TOKEN or put it into a file that only you can read: --token-file FILE.'

describe('easel', () => {
  it('says what it can do, within 80 columns, with every limit and its default', async () => {
    const { code, stdout, stderr } = await easel(['--help'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(Math.max(...stdout.split('\n').map((row) => row.length))).toBeLessThanOrEqual(80)
    for (const { env, value, unit } of Object.values(LIMITS))
      expect(stdout).toMatch(new RegExp(`${env} +${formatAmount(value, unit)} `))
  })

  it('says its version', async () => {
    const { version } = JSON.parse(readFileSync(join(product, 'package.json'), 'utf8')) as { version: string }
    const said = { code: 0, stdout: `${version}\n`, stderr: '' }
    expect(await easel(['--version'])).toEqual(said)
    expect(await runEasel(['--version'])).toEqual(said)
  })

  it('says with --verbose what the wall of its sandbox holds on this machine', async () => {
    const { code, stdout } = await easel(['--version', '--verbose'])
    expect(code).toBe(0)
    const [own, node, wall, ...facts] = stdout.trim().split('\n')
    expect([own, node]).toEqual([
      expect.stringMatching(/^easel \d/),
      expect.stringMatching(/^Node 26\.\d+\.\d+ on \S+ \S+$/),
    ])
    expect(wall).toBe(
      `Sandbox wall: ${wallName({ level: wallLevel(), isFiltered: process.platform === 'linux' })}. A sandbox process that is wholly in an attacker's hands`,
    )
    const lines = facts.filter((line) => line.startsWith('  '))
    expect(lines.map((line) => line.slice(9))).toEqual(WALL_FACTS.map(({ what }) => what))
    for (const line of lines) expect(line).toMatch(/^ {2}can(?: {3}|not) \w/)
  })

  it('starts through links, as npm link and npm install -g make them', async () => {
    const folder = newFolder()
    symlinkSync(launcher, join(folder, 'easel'))
    symlinkSync('easel', join(folder, 'twice'))
    const { code, stdout } = await runEasel(['--version'], {
      program: [systemNode(), join(folder, 'twice')],
      cwd: folder,
    })
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
  })

  it.for([
    [[], 'Say what to do: easel ask "REQUEST" [FILES...]. See easel --help.'],
    [
      ['paint'],
      'There is no "easel paint". Try: easel ask "REQUEST" [FILES...], easel chat, easel run SNIPPET.ts, easel sessions.',
    ],
    [['ask'], 'easel ask needs a request: easel ask "make this grayscale" photo.png'],
    [['ask', ' '], 'easel ask needs a request: easel ask "make this grayscale" photo.png'],
    [['run'], 'easel run needs a snippet: easel run snippet.ts [FILES...]'],
    [['ask', 'x', '--sepia'], "Unknown option '--sepia'. See easel --help."],
    [['ask', 'x', '-o', ''], '-o needs a folder: -o results.'],
    [['ask', 'x', '--timeout', 'soon'], '--timeout cannot be "soon"; write it like 5s, 500ms or 2m.'],
    [['ask', 'x', '--detail', 'huge'], '--detail cannot be "huge"; it is low, high or auto.'],
    [['serve', '--token', 'a-token-of-many-characters'], TOKEN_SHOWS],
    [['serve', '--token=a-token-of-many-characters'], TOKEN_SHOWS],
    [['ask', 'x', '--timeout', '0'], '--timeout cannot be "0"; write it like 5s, 500ms or 2m.'],
  ] as const)('ends with 2 and a sentence on stderr for %j', async ([args, sentence]) => {
    expect(await easel(args)).toEqual({ code: 2, stdout: '', stderr: `easel: ${sentence}\n` })
  })

  it('ends with the same code as a program', async () => {
    const sentence = 'easel ask needs a request: easel ask "make this grayscale" photo.png'
    expect(await runEasel(['ask'])).toEqual({ code: 2, stdout: '', stderr: `easel: ${sentence}\n` })
  })

  it('ends with 2 when a variable or the config file is wrong', async () => {
    const config = join(newFolder(), 'config.json')
    writeFileSync(config, '{"timeoutMs":"5s","colour":1}')
    const [variable, file, missing] = await Promise.all([
      easel(['ask', 'x'], { env: { EASEL_MEMORY: 'lots' } }),
      easel(['ask', 'x'], { env: { EASEL_CONFIG: config } }),
      easel(['ask', 'x'], { env: { EASEL_CONFIG: '/nonexistent/config.json' } }),
    ])
    expect(variable).toEqual({
      code: 2,
      stdout: '',
      stderr: 'easel: EASEL_MEMORY cannot be "lots"; write it like 512MB.\n',
    })
    expect(file.code).toBe(2)
    expect(file.stderr).toMatch(/has an unknown setting "colour"\. Known: model, api, detail, data, .*timeoutMs, /)
    expect(missing.stderr).toBe('easel: The config file /nonexistent/config.json (EASEL_CONFIG) cannot be read.\n')
  })
})

describe('the configuration', () => {
  const config = (text: string): NodeJS.ProcessEnv => {
    const file = join(newFolder(), 'config.json')
    writeFileSync(file, text)
    return { EASEL_CONFIG: file }
  }

  it('takes a flag before the environment, that before the file, and that before the default', () => {
    const file = config('{"timeoutMs":"7s","memoryBytes":"256MB","sessionFiles":9,"model":"tiny"}')
    const env = { ...file, EASEL_TIMEOUT: '3s', EASEL_MEMORY: '' }
    expect(readConfig({}, file).limits).toMatchObject({ timeoutMs: 7000, sessionFiles: 9 })
    expect(readConfig({}, env).limits).toMatchObject({
      timeoutMs: 3000,
      memoryBytes: 256e6,
      rssBytes: LIMITS.rssBytes.value,
    })
    expect(readConfig({ timeout: '1500ms' }, env).limits.timeoutMs).toBe(1500)
    expect(readConfig({}, file).limits.wallMs).toBe(35_000)
    expect(readConfig({ timeout: '1500ms' }, env).limits.wallMs).toBe(7500)
    expect(readConfig({ timeout: '8s' }, { ...env, EASEL_WALL: '9s' }).limits.wallMs).toBe(9000)
    expect(readConfig({ timeout: '500h' }, env).limits.wallMs).toBe(2 ** 31 - 1000)
  })

  it('takes how closely a model looks at pictures from the flag, EASEL_DETAIL or the file', () => {
    const env = { ...config('{"detail":"high"}'), OPENAI_API_KEY: 'k' }
    expect(readConfig({}, env).model?.detail).toBe('high')
    expect(readConfig({}, { ...env, EASEL_DETAIL: 'Auto' }).model?.detail).toBe('auto')
    expect(readConfig({ detail: 'low' }, { ...env, EASEL_DETAIL: 'auto' }).model?.detail).toBe('low')
    expect(readConfig({}, { EASEL_CONFIG: '', OPENAI_API_KEY: 'k' }).model?.detail).toBeUndefined()
    expect(() => readConfig({}, { ...env, EASEL_DETAIL: 'all' })).toThrow(
      'EASEL_DETAIL cannot be "all"; it is low, high or auto.',
    )
  })

  it('takes how an endpoint is spoken to from --api, EASEL_API or the file', () => {
    const env = { ...config('{"api":"responses"}'), OPENAI_API_KEY: 'k' }
    expect(readConfig({}, env).model?.api).toBe('responses')
    expect(readConfig({}, { ...env, EASEL_API: 'chat' }).model?.api).toBe('chat')
    expect(readConfig({ api: 'Responses' }, { ...env, EASEL_API: 'chat' }).model?.api).toBe('responses')
    expect(() => readConfig({ api: 'rest' }, env)).toThrow('--api cannot be "rest"; it is chat or responses.')
  })

  it('reads a bare number as seconds on the command line and as the unit of its name in the file', () => {
    expect(readConfig({ timeout: '5' }, { EASEL_CONFIG: '' }).limits.timeoutMs).toBe(5000)
    expect(readConfig({}, config('{"timeoutMs":1500}')).limits.timeoutMs).toBe(1500)
  })

  it('knows no model without a key or a base URL, and takes either alone; empty counts as unset', () => {
    const none = { EASEL_CONFIG: config('{}')['EASEL_CONFIG'], OPENAI_API_KEY: ' ', OPENAI_BASE_URL: '' }
    expect(readConfig({ model: 'm' }, none)).toMatchObject({ model: undefined, modelIgnored: 'm' })
    expect(readConfig({}, { ...none, OPENAI_BASE_URL: 'http://h/v1', EASEL_MODEL: ' ' }).model).toEqual({
      apiKey: undefined,
      baseUrl: 'http://h/v1',
      model: undefined,
    })
    expect(readConfig({ model: 'a' }, { ...none, OPENAI_API_KEY: 'k', EASEL_MODEL: 'b' }).model).toMatchObject({
      apiKey: 'k',
      model: 'a',
    })
  })
})
