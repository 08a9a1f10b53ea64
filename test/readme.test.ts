// Runs each `sh` block of the README as it is in a copy of the working tree; it must succeed.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LIMITS } from '../sandbox/limits.ts'
import { formatAmount } from '../src/config/config.ts'
import { newFolder, product, startEasel, systemNode } from './cli/program.ts'

const text = readFileSync(join(product, 'README.md'), 'utf8')

/** The commands of `sh` blocks one by one; comments and continued lines are read as a shell reads them. */
function commands(): string[] {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map((match) => match[1] ?? '')
  return blocks
    .flatMap((block) => block.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
}

/** Installing again would take a minute, and running the tests would never end: these two steps must only exist. */
const SKIPPED: Readonly<Record<string, RegExp>> = { 'npm ci': /^npm ci$/, 'npm test': /^npm (?:test|run test)$/ }

function steps(command: string): string[] {
  return command.split(' && ').map((step) => step.trim())
}

describe("the README's commands", () => {
  it('are those that the first blocks promise', () => {
    const [first = '', second = '', third = ''] = commands()
    expect(steps(first)).toEqual(['npm ci', 'npm start'])
    expect(steps(second)[0]).toBe('npm ci')
    expect(second).toContain('npx easel ask')
    expect(steps(third)).toEqual(['npm ci', 'npm test'])
    const { scripts } = JSON.parse(readFileSync(join(product, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
    }
    expect(scripts['test']).toBeTruthy()
    expect(existsSync(join(product, 'package-lock.json'))).toBe(true)
  })

  it.for(commands())('%s', (command) => {
    const left = steps(command).filter((step) => !Object.values(SKIPPED).some((pattern) => pattern.test(step)))
    if (left.length === 0) return
    if (left.includes('npm start')) return startsServer()
    const folder = workingCopy()
    const { HOME } = process.env
    const PATH = `${dirname(systemNode())}:${process.env['PATH'] ?? ''}`
    const ended = spawnSync('sh', ['-ec', left.join(' && ')], {
      cwd: folder,
      env: {
        PATH,
        HOME,
        EASEL_DATA: join(folder, 'data'),
        npm_config_offline: 'true',
        npm_config_yes: 'false',
        npm_config_update_notifier: 'false',
      },
      encoding: 'utf8',
    })
    const complaints = ended.stderr.split('\n').filter((line) => line !== '' && !line.startsWith('npm warn'))
    expect([...complaints, ...(ended.error ? [ended.error.message] : [])]).toEqual([])
    expect(ended.status).toBe(0)
    if (!command.includes('easel ask')) return
    const made = readdirSync(join(folder, 'easel-out'))
    expect(made.length).toBeGreaterThan(0)
    for (const name of made) expect(ended.stdout).toContain(`easel-out/${name}`)
  })

  it('name files that exist', () => {
    const paths = [...text.matchAll(/\]\(([^)#:]+)\)|(examples\/[\w.-]+)/g)].map((match) => match[1] ?? match[2] ?? '')
    expect(paths).not.toEqual([])
    expect(paths.filter((path) => !existsSync(join(product, path)))).toEqual([])
  })
})

describe('the documents', () => {
  const documents = [
    ...readdirSync(join(product, 'docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
    'README.md',
    'CONTRIBUTING.md',
    'sandbox/LIMITS.md',
  ]
  it.for(documents)('%s links to files that exist', (path) => {
    const links = [...readFileSync(join(product, path), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)]
    const missing = links.filter(([, link = '']) => !existsSync(join(product, dirname(path), link)))
    expect(missing.map(([, link]) => link)).toEqual([])
  })

  it.for(['docs/ARCHITECTURE.md', 'CONTRIBUTING.md'])('%s names files and folders that exist', (path) => {
    const named = readFileSync(join(product, path), 'utf8').matchAll(/`((?:src|sandbox|sessions|test)\/[\w./-]+)`/g)
    const paths = Array.from(named, ([, name = '']) => name).filter((name) => !name.includes('NAME'))
    expect(paths.length).toBeGreaterThan(5)
    expect(paths.filter((name) => !existsSync(join(product, name)))).toEqual([])
  })

  it('docs/walls.md lists every limit with its variable, its default and its meaning', () => {
    const rows = readFileSync(join(product, 'docs/walls.md'), 'utf8').matchAll(
      /^\| `(EASEL_\w+)`.*\| (.+) \| (.+) \|$/gm,
    )
    const facts = Object.values(LIMITS).map(({ env, value, unit, meaning }) => {
      const amount = env === 'EASEL_WALL' ? 'five times that' : formatAmount(value, unit)
      return [env, amount, env === 'EASEL_WRITTEN_BYTES' ? `${meaning} (Linux)` : meaning]
    })
    expect(Array.from(rows, ([, ...cells]) => cells)).toEqual(facts)
  })

  it('README.md is short enough to be read', () => {
    expect(text.split('\n').length).toBeLessThanOrEqual(150)
  })
})

/** The command behind `npm start` prints the page's URL, which answers, and ends at an interrupt. */
async function startsServer(): Promise<void> {
  const folder = workingCopy()
  const port = String(20_000 + (process.pid % 10_000))
  const script = (JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { scripts: { start: string } })
    .scripts.start
  const [node, ...words] = script.split(' ')
  expect(node).toBe('node')
  // The script's command, but on a port that is certainly free.
  const server = startEasel([...words, '--port', port], { program: [systemNode()], cwd: folder })
  await server.saw(`http://127.0.0.1:${port}`)
  const answer = await fetch(`http://127.0.0.1:${port}/`)
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
  server.process.kill('SIGINT')
  expect((await server.ended).stderr).toBe('')
}

/** The README's files with links to the product, so that nothing is written into the repository. */
function workingCopy(): string {
  const folder = newFolder()
  cpSync(join(product, 'examples'), join(folder, 'examples'), { recursive: true })
  cpSync(join(product, 'package.json'), join(folder, 'package.json'))
  for (const name of ['node_modules', 'src', 'dist', 'sandbox']) symlinkSync(join(product, name), join(folder, name))
  return folder
}
