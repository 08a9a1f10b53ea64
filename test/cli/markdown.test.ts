// Markdown answers at a terminal: styles, columns, and nothing that moves a cursor.
import { describe, expect, it } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { columnsOf } from '../../src/cli/rendering/text-width.ts'
import { renderMarkdown } from '../../src/cli/rendering/markdown.ts'
import { createMarkdownStream } from '../../src/cli/rendering/markdown-stream.ts'
import { createRenderer } from '../../src/cli/rendering/renderer.ts'
import { cpuMsOf } from '../measures.ts'

/** Styles as ‹1›bold‹›, to be readable here. */
// oxlint-disable-next-line no-control-regex
const readable = (text: string): string => text.replace(/\u001b\[0m/g, '‹›').replace(/\u001b\[([\d;]*)m/g, '‹$1›')
const rendered = (text: string, columns = 40): string => readable(renderMarkdown(text, columns))

describe('an answer at a terminal', () => {
  it('has headings, emphasis, code and links in styles, with one empty line between blocks', () => {
    const text =
      '# Was *ist*\nEin **Bild**, ~~alt~~, `a*b` und\n[Seite](https://a.example/x).\n\n\n***\nhttps://b.example/ &lt;b&gt;'
    expect(rendered(text, 60)).toBe(
      [
        '‹1›Was ‹›‹1;3›ist‹›',
        '',
        'Ein ‹1›Bild‹›, ‹9›alt‹›, ‹36›a*b‹› und',
        '‹4›Seite‹› ‹2›(https://a.example/x)‹›.',
        '',
        `‹2›${'─'.repeat(40)}‹›`,
        '',
        '‹4›https://b.example/‹› <b>',
      ].join('\n'),
    )
  })

  it('ends a table before the line that follows it', () => {
    const table = '| a | b |\n|---|---|\n| 1 | 2 |'
    expect(rendered(`${table}\nb.csv was left out.`)).toBe(rendered(`${table}\n\nb.csv was left out.`))
  })

  it('hangs the lines of a list below its text, and nests lists', () => {
    const text = '- one that is longer than what fits\n  - two **deep**\n    1. three\n- [x] done\n- [ ] open\n\nAfter'
    expect(rendered(text, 24)).toBe(
      [
        '• one that is longer',
        '  than what fits',
        '  • two ‹1›deep‹›',
        '    1. three',
        '☑ done',
        '☐ open',
        '',
        'After',
      ].join('\n'),
    )
    expect(rendered('9. a\n10. b\n\n    more')).toBe(' 9. a\n\n10. b\n\n    more')
  })

  it('takes a line after a list that is no part of it for a paragraph, and keeps lines apart', () => {
    expect(rendered('- a\n- b\nDone.\nAll of it.')).toBe('• a\n• b\n\nDone.\nAll of it.')
  })

  it('sets tables in columns, a Chinese character as two', () => {
    const text = '| 国家 | Wert | Note |\n|:--|--:|:-:|\n| 中国 | 1 234 | **a** |\n| Japan | 5 | `bcde` |'
    expect(rendered(text)).toBe(
      [
        '‹1›国家‹›    ‹1›Wert‹›  ‹1›Note‹›',
        '‹2›─────‹›  ‹2›─────‹›  ‹2›────‹›',
        '中国   1 234   ‹1›a‹›',
        'Japan      5  ‹36›bcde‹›',
      ].join('\n'),
    )
  })

  it('wraps the widest columns of a table that is too wide', () => {
    const text = '| k | text |\n|---|---|\n| a | one two three four |\n| b | https://c.example/long/path |'
    expect(rendered(text, 18)).toBe(
      [
        '‹1›k‹›  ‹1›text‹›',
        '‹2›─‹›  ‹2›───────────────‹›',
        'a  one two three',
        '   four',
        'b  ‹4›https://c.examp‹›',
        '   ‹4›le/long/path‹›',
      ].join('\n'),
    )
  })

  it('sets numbers to the right, whatever the delimiter row says nothing of, and narrows them last', () => {
    const text =
      '| 地区 | sum | n | id |\n|---|---|:--|---|\n| 华东 East region | 1,250.5 | 7 | A1 |\n| x | -3% | – | 22 |'
    expect(rendered(text, 28)).toBe(
      [
        '‹1›地区‹›              ‹1›sum‹›  ‹1›n‹›  ‹1›id‹›',
        '‹2›────────────‹›  ‹2›───────‹›  ‹2›─‹›  ‹2›──‹›',
        '华东 East     1,250.5  7  A1',
        'region',
        'x                 -3%  –  22',
      ].join('\n'),
    )
  })

  it('leaves out columns for which a narrow terminal has no space, and says so', () => {
    const names = ['country', 'population', 'capital', 'currency', 'language']
    const text = [names, names.map(() => '---'), ['Norway', '5500000', 'Oslo', 'krone', 'Norwegian']]
      .map((row) => `| ${row.join(' | ')} |`)
      .join('\n')
    expect(rendered(text, 26).split('\n')).toEqual([
      '‹1›country‹›  ‹1›population‹›  …',
      '‹2›───────‹›  ‹2›──────────‹›  ‹2›─‹›',
      'Norway      5500000',
    ])
  })

  it('breaks Chinese between characters, never before a closing sign', () => {
    expect(rendered('今天天气很好，我们去公园。看花', 12)).toBe('今天天气很\n好，我们去公\n园。看花')
    expect(rendered('一二三 **四五** six，七', 10)).toBe('一二三 ‹1›四‹›\n‹1›五‹› six，七')
  })

  it('leaves code as it is, in from the edge, and marks quotations', () => {
    const text = 'So:\n\n```ts\nconst a = "**b**"\n\n  c()\n```\n\n> said **so**\n> again'
    expect(rendered(text)).toBe(
      ['So:', '', '    ‹36›const a = "**b**"‹›', '', '    ‹36›  c()‹›', '', '‹2›│ ‹›said ‹1›so‹›', '‹2›│ ‹›again'].join(
        '\n',
      ),
    )
  })

  it('lets no control character of the model through, however it is written', () => {
    const text =
      'a\u001b[2Jb\u009b31mc &#27;[1m &#x1b;]0;t&#7; `\u001b[7m` [x](https://e.example/\u001b[5m\u202e)\n\n```\n\u001b]52;c;x\u0007\r\n```'
    const told = renderMarkdown(text, 80)
    // oxlint-disable-next-line no-control-regex
    expect(told.replace(/\u001b\[(?:0|2|4|36)m/g, '')).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    expect(readable(told)).toBe('abc `` ‹4›x‹› ‹2›(https://e.example/)‹›\n\n\n')
  })

  it('is done with anything in a moment', () => {
    const hostile = [
      '*a_'.repeat(19_000),
      '*'.repeat(59_000),
      '[a]('.repeat(10_000),
      '> '.repeat(20_000),
      '中'.repeat(9000),
    ]
    const render = (): void => {
      for (const text of [...hostile, 'a'.repeat(200_000)]) expect(renderMarkdown(text, 80)).not.toBe('')
    }
    expect(cpuMsOf(render)).toBeLessThan(10_000)
  })

  it('counts columns as terminals do', () => {
    expect(['abc', '中文', 'é', 'e\u0301', '👨‍👩‍👧', '✔ ok', '✔️', '한', '（'].map(columnsOf)).toEqual([
      3, 4, 1, 1, 2, 4, 2, 2, 2,
    ])
  })
})

/** The output after each line, and at the end. */
function streamed(text: string): string[][] {
  const stream = createMarkdownStream(() => 40)
  return [text.split(/(?<=\n)/).map((line) => stream.push(line)), [stream.rest()]].map((all) => all.map(readable))
}

describe('an answer that streams', () => {
  it('is shown block by block, each when it is complete', () => {
    expect(streamed('# Head\n\nOne\ntwo\n\n```\na\n\nb\n```\nlast')).toEqual([
      ['', '‹1›Head‹›', '', '', '\n\nOne\ntwo', '', '', '', '', '\n\n    ‹36›a‹›\n\n    ‹36›b‹›', ''],
      ['\n\nlast'],
    ])
  })

  it('shows items of a long list before its end, and goes on with their numbers', () => {
    expect(streamed('1. a\n\n1. b\n\n1. c\n\n   more\n\nEnd\n')).toEqual([
      ['', '', '', '1. a', '', '\n\n2. b', '', '', ''],
      ['\n\n3. c\n\n   more\n\nEnd'],
    ])
  })

  it('is the same as a whole, whatever its pieces', () => {
    const text =
      'A **b**\n\n- x\n- y\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n> q\n\n1. one\n   - in\n2. two\n\n```js\nf(`x`)\n```\nend'
    for (const size of [1, 2, 5, 17, 400]) {
      const stream = createMarkdownStream(() => 40)
      const pieces = Array.from({ length: Math.ceil(text.length / size) }, (_, n) =>
        text.slice(n * size, n * size + size),
      )
      expect(pieces.map((piece) => stream.push(piece)).join('') + stream.rest()).toBe(renderMarkdown(text, 40))
    }
  })
})

describe('the text of a turn', () => {
  const delta = (...pieces: string[]): Event[] => pieces.map((text) => ({ type: 'delta', of: 'text', text }))
  const show = (events: readonly Event[], colour: boolean): string => {
    let out = ''
    const add = (text: string): void => void (out += text)
    const render = createRenderer(
      { out: add, err: add, print: add, styled: add, safe: String, colour, moving: false, columns: 40 },
      { layout: 'told', values: 'none' },
    )
    for (const event of events) render(event)
    return readable(out)
  }
  const turn: Event[] = [
    ...delta('I **wi', 'll**\n\n- do', ' it'),
    { type: 'delta', of: 'code', text: 'a()' },
    { type: 'plan', text: 'I **will**\n\n- do it' },
    { type: 'cell', cell: 1, code: 'a()', seed: 1, clock: 0 },
    { type: 'result', cell: 1, status: 'ok', ms: 1, names: [] },
    ...delta('It is\n\n', '# don', 'e'),
    { type: 'notice', text: 'By the way.' },
    { type: 'message', text: 'It is\n\n# done' },
    { type: 'end', status: 'ok' },
  ]

  it('is rendered where there are colours, once, before whatever comes next', () => {
    expect(show(turn, true)).toBe('I ‹1›will‹›\n\n• do it\n\n  ‹2›│‹› a()\n\nIt is\n\n‹1›done‹›\n\n‹2›By the way.‹›\n')
    expect(
      show(
        [
          { type: 'message', text: '**Yes**' },
          { type: 'end', status: 'ok' },
        ],
        true,
      ),
    ).toBe('‹1›Yes‹›\n')
  })

  it('stays as it is where there are none', () => {
    expect(show(turn, false)).toBe('I **will**\n\n- do it\n\n  │ a()\n\nIt is\n\n# done\n\nBy the way.\n')
  })
})
