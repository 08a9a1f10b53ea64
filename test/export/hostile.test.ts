// Journals with malicious names and texts: nothing leaves the folder or breaks out of a string, comment or block, and
// what cannot be exported is reported.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { compose } from '../../src/export/compose.ts'
import { exportProject, type ExportedSession } from '../../src/export/project.ts'
import { newFolder, start, unpacked } from './scene.ts'
import { entriesOf } from '../unzip.ts'

const PROTECTION =
  "Protection: Node's permission model. The cells read this project and write work/; no network, no programs."
const card = { kind: 'text', mime: 'text/plain', bytes: 1 } as const
const png = { kind: 'picture', mime: 'image/png', bytes: 1, width: 1, height: 1 } as const
let hashes = 0

/** A handwritten journal; each hash has its own bytes, except those in `lost`. */
function session(events: readonly Event[], lost: readonly string[] = []): ExportedSession {
  const folder = newFolder()
  return {
    events,
    async pathOf(hash) {
      if (lost.includes(hash)) throw new Error('not kept')
      const path = join(folder, hash)
      writeFileSync(path, hash)
      return path
    },
  }
}

const hash = (): string => (++hashes).toString(16).padStart(64, '0')
const upload = (name: string): Event => ({ type: 'upload', name, card, hash: hash() })
function cell(number: number, code: string, facts: Partial<Extract<Event, { type: 'cell' }>> = {}): Event[] {
  return [
    { type: 'cell', cell: number, code, seed: 1, clock: 1_800_000_000_000, ...facts },
    { type: 'result', cell: number, status: 'ok', ms: 1, names: [] },
  ]
}

async function exported(events: readonly Event[], lost: readonly string[] = []) {
  const zip = join(newFolder(), 'out.zip')
  return { ...(await exportProject(session(events, lost), zip)), zip }
}

/** Markdown without its code blocks, read by CommonMark's rules for top-level blocks. */
function outsideBlocks(text: string): string {
  return text.replace(/^ {0,3}(`{3,}|~{3,})[^`\n]*\n(?:[^]*?\n)?? {0,3}\1[`~]*[ ]*$/gm, '')
}

const NAMES = [
  '../../outside.txt',
  '/etc/passwd',
  'a/../../b',
  '..',
  '.',
  'a\0b',
  'a\nb`${x}`\'"|<b>.png',
  '-rf',
  'CON',
  'nul.txt',
  'caf\u00e9.txt',
  'cafe\u0301.txt',
  'A.txt',
  'a.TXT',
  'x'.repeat(255),
  '画'.repeat(80),
  'dir/file.txt',
  'dir',
  'C:\\x',
  '\u202egnp.exe',
  ' ',
  'end. ',
  '~',
  '%2e%2e%2f',
  '..\\up',
  '\ud800.txt',
  'package.json',
  '__proto__',
]

describe('file names', () => {
  it('stay below their folder in the zip, each its own on every system', async () => {
    const { zip } = await exported([...NAMES.map(upload), ...cell(1, '1')])
    const names = entriesOf(zip).map(({ name }) => name)
    const inputs = names.filter((name) => name.startsWith('inputs/'))
    for (const name of names) {
      expect(name).toBe(name.normalize('NFC'))
      expect(
        name
          .split('/')
          .filter(
            (part) =>
              /^\.{0,2}$|[\p{C}\\:*?"<>|]|[. ]$|^(?:con|nul)(?:\.|$)/iu.test(part) || Buffer.byteLength(part) > 160,
          ),
      ).toEqual([])
    }
    const folded = names.map((name) => name.normalize('NFKC').toLowerCase())
    expect(new Set(folded).size).toBe(names.length)
    for (const name of folded) expect(folded.filter((other) => other.startsWith(`${name}/`))).toEqual([])
    expect(inputs.length).toBeGreaterThan(20)
    unpacked(zip)
  })

  it('that cannot be a file are left out and named, the others are brought under their own', async () => {
    const { zip, notes } = await exported([...NAMES.filter((name) => name !== 'dir').map(upload), ...cell(1, '1')])
    expect(notes.filter((note) => note.includes('cannot be'))).toHaveLength(9)
    expect(notes[0]).toBe('../../outside.txt: this cannot be used as a file name, so the file is left out.')
    const project = unpacked(zip)
    expect(await start(project)).toMatchObject({ code: 0, stderr: '' })
    const work = readdirSync(join(project, 'work'))
    expect(work).toContain('a\nb`${x}`\'"|<b>.png')
    expect(work).toContain('__proto__')
    expect(existsSync(join(project, '..', 'outside.txt'))).toBe(false)
  })

  it('of outputs end neither strings nor tables nor links', async () => {
    const name = ')](x) | <img src=x>\n# `a`.png'
    const made: Event = { type: 'file', cell: 1, name, mime: 'image/png', bytes: 64, card: png, hash: hash() }
    const [ran, ended] = cell(1, '1')
    const { zip } = await exported([ran!, made, ended!])
    const texts = entriesOf(zip)
      .filter((entry) => entry.name.endsWith('.md'))
      .map(({ bytes }) => bytes.toString())
    expect(texts).toHaveLength(2)
    for (const text of texts) {
      expect(text).not.toMatch(/(?<!\\)<img|^# `a`/m)
      expect(text).toContain('](outputs/%29%5D%28x%29%20-%20-img%20src%3Dx---%20-a-.png)')
    }
  })
})

describe('words', () => {
  it('of person and model bring neither HTML nor pictures from elsewhere into the transcript', async () => {
    const evil =
      '![x](http://e.example/a.png)\n<img src="http://e.example">\n```\n<script>\n``\n# Heading\n- a\n  ```\n<b>'
    const { zip } = await exported([
      { type: 'ask', text: evil, files: [] },
      { type: 'plan', text: evil },
      ...cell(1, '1 // ```\n', { purpose: evil }),
      { type: 'print', cell: 1, stream: 'stdout', text: '```\n<img src=x>\n````\n' },
      { type: 'message', text: evil },
      { type: 'notice', text: evil },
    ])
    const text =
      entriesOf(zip)
        .find(({ name }) => name === 'TRANSCRIPT.md')
        ?.bytes.toString() ?? ''
    expect(outsideBlocks(text)).not.toMatch(/(?<!\\)(?:<(?:img|script|b)|!\[)/)
    // The model's block is closed, and the output's fence is longer than any in it.
    expect(text).toContain('`````text\n```\n<img src=x>\n````\n`````')
    expect(text.match(/^```$/gm)?.length).toBe(2)
  })

  it.for([
    ' ```\n```\n<img src=x>',
    '```\na\n   ```\n<img src=x>',
    '- ```\n```\n<img src=x>\n```',
    '~~~ a`b\n~~~\n<img src=x>',
    '````\n```\n````  \n<img src=x>\n![a][b]\n\n[b]: http://e.example',
  ])('of a model are no HTML wherever a block of code seems to begin: %j', async (evil) => {
    const { zip } = await exported([{ type: 'message', text: evil }])
    const text =
      entriesOf(zip)
        .find(({ name }) => name === 'TRANSCRIPT.md')
        ?.bytes.toString() ?? ''
    expect(outsideBlocks(text)).not.toMatch(/<img|(?<!\\)!\[/)
  })

  it('of a purpose cannot run in the module', async () => {
    const { zip } = await exported([
      { type: 'ask', text: 'x\nprocess.exit(3)', files: [] },
      ...cell(1, '1', { purpose: '\u2028process.exit(4)\r\nprocess.exit(5)' }),
    ])
    expect(await start(unpacked(zip))).toMatchObject({ code: 0 })
  })
})

describe('what is not there', () => {
  it('is said: bytes that are not kept, cells that did not end', async () => {
    const lost = hash()
    const events: Event[] = [
      { type: 'upload', name: 'old.txt', card, hash: lost },
      ...cell(1, 'console.log(1)'),
      { type: 'cell', cell: 2, code: 'nothing', seed: 1, clock: 1 },
    ]
    const { notes, cells } = await exported(events, [lost])
    expect({ cells, notes }).toEqual({
      cells: 1,
      notes: [
        'old.txt: its content is no longer stored, so a cell that reads it fails.',
        'Cell 2 did not end well and is left out.',
      ],
    })
  })

  it('an empty session is a project that says so', async () => {
    const { zip, cells, files } = await exported([])
    expect({ cells, files }).toEqual({ cells: 0, files: 0 })
    expect(await start(unpacked(zip))).toEqual({
      code: 0,
      stderr: '',
      stdout: `${PROTECTION}\nThe session left no files.\n`,
    })
  })

  it('the same session makes the same zip, and nothing else is left beside it', async () => {
    const events = [upload('a.txt'), ...cell(1, '1')]
    const [one, two] = [await exported(events), await exported(events)]
    expect(readFileSync(one.zip).equals(readFileSync(two.zip))).toBe(true)
    expect(readdirSync(join(one.zip, '..'))).toEqual(['out.zip'])
    expect(one.bytes).toBe(readFileSync(one.zip).length)
  })
})

describe('code that breaks a parser', () => {
  it.for([
    ['nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`],
    ['a chain', `a${'.b'.repeat(200_000)}`],
    ['half a program', 'const = `'],
  ])('ends in a sentence: %s', async ([, code = '']) => {
    const failed = await exported(cell(1, code)).catch((error: unknown) => error)
    if (failed instanceof Error)
      expect(failed).toMatchObject({
        code: 'EASEL_EXPORT_UNREADABLE',
        message: expect.stringMatching(/^(?:Cell 1|The session's cells) cannot be read: /),
      })
    else expect(failed).toMatchObject({ cells: 1 })
  })

  it('a process that says nothing, or says it wrong, is an error too', async () => {
    const entry = join(newFolder(), 'liar.mjs')
    const input = { title: '', cells: [], after: [] }
    for (const text of ['', 'console.log("{}")', 'console.log(JSON.stringify({ ok: true, source: 1, modules: {} }))']) {
      writeFileSync(entry, text)
      await expect(compose(input, entry)).rejects.toMatchObject({ code: 'EASEL_EXPORT_UNREADABLE' })
    }
  })
})
