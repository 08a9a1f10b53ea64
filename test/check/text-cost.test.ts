// Untrusted texts that are read on the shared event loop: four times the length takes about four times as long.
import { expect, test } from 'vitest'
import { mismatchOf } from '../../src/check/diagnostics/mismatch.ts'
import { formatDiagnostics } from '../../src/check/diagnostics/messages.ts'
import { pythonLine } from '../../src/check/diagnostics/other-languages.ts'
import { createMarkdownStream } from '../../src/cli/rendering/markdown-stream.ts'
import { sanitizeMarkdown } from '../../src/export/markdown.ts'
import { analyzeSnippet } from '../../src/snippet/analysis.ts'
import { rewriteLiterals } from '../../src/snippet/literals.ts'
import { withNodeImports } from '../../src/snippet/node-imports.ts'
import { wordsOfFile } from '../../src/phrasebook/names/column-names.ts'
import { createFenceReader } from '../../src/planner/openai/reply/fence.ts'
import { readUnsupportedFeature } from '../../src/planner/openai/unsupported-features.ts'
import { readJsonCalls } from '../../src/planner/openai/reply/text-call.ts'
import { describeResult } from '../../src/planner/messages/result.ts'
import { foldersFor } from '../../src/runtime/replay/folders.ts'
import { cpuMsOf } from '../measures.ts'

const printed = (text: string): string =>
  describeResult({
    cell: { type: 'cell', cell: 1, code: '', seed: 1, clock: 0 },
    changed: [],
    prints: [{ type: 'print', cell: 1, stream: 'stdout', text }],
    files: new Map(),
    removed: new Set(),
    diagnostics: [],
    hints: [],
    notes: [],
    result: { type: 'result', cell: 1, status: 'ok', ms: 1, names: [] },
  })
const mentions = { uses: [], declares: [], imports: [], closes: false }
const cell = { cell: 1, code: '', seed: 1, clock: 0, ms: 1, at: 0, names: [], made: new Map([['a/b', undefined]]) }
const place = { line: 0, character: 0 }

const READERS: Readonly<Record<string, readonly [piece: string, read: (text: string) => unknown]>> = {
  'a cell prints pictures without an end': ['0 Sharp {\n\r', printed],
  'a cell imports a name behind blanks': ['\t', (text) => withNodeImports(`import { a${text}b } from 'gifenc'`)],
  'a snippet imports from a package again and again': ["import { a } from 'gifenc'\n", (text) => withNodeImports(text)],
  'a snippet declares without an end': ['const a ', (text) => analyzeSnippet(text)],
  'a snippet declares patterns without an end': ['const[a]', (text) => analyzeSnippet(text)],
  'a snippet nests templates': ['`${a}`', (text) => rewriteLiterals(text, (parts) => parts.map((part) => `${part}b`))],
  'lines of a snippet look like Python': [`${'print("'.repeat(30)}${')#0'.repeat(60)}\n`, pythonLine],
  'a snippet names a folder of slashes': [
    '/',
    (text) => foldersFor({ ...mentions, literals: [[`${text}x`]] } as never, [cell as never], new Set()),
  ],
  'a type error names types within types': ["' is not assignable to type 's", (text) => mismatchOf(`Type 'a${text}\n`)],
  'a type error names paths': [
    'node_modules/o',
    (text) => formatDiagnostics([{ range: { start: place }, severity: 1, code: 1, message: text }]),
  ],
  'an answer has a fence without an end': ['~', (text) => sanitizeMarkdown(`${text}\``)],
  'an answer begins with blanks': ['\t', (text) => readJsonCalls(text, new Set(['run']))],
  'an answer has a text without an end': ['"\\', (text) => readJsonCalls(`{"name": ${text}`, new Set(['run']))],
  'an answer may begin a block of code': ['  ', (text) => createFenceReader().push(`\`\`\`edit${text}T`)],
  'an answer in a terminal is blank': ['\t', (text) => createMarkdownStream(() => 80).push(text)],
  'an endpoint refuses streaming in many words': [
    'notallow',
    (text) => readUnsupportedFeature(text, { stream: true, tools: true, pictures: true }),
  ],
  'a file has a name without an end': ['N', (text) => wordsOfFile(`${text}/`)],
}

test.each(Object.entries(READERS))('grows no faster than its length where %s', (_, [piece, read]) => {
  const text = (length: number): string => piece.repeat(Math.ceil(length / piece.length))
  const time = (length: number): number => cpuMsOf(() => read(text(length)))
  time(1000)
  // Quadratic time would be sixteen times as long. Repeated if too long, because of compilation.
  const isInProportion = (): boolean => time(80_000) < 8 * Math.max(time(20_000), 20)
  expect(Array.from({ length: 3 }).some(isInProportion)).toBe(true)
})
