import { describe, expect, test } from 'vitest'
import type { Event } from '../../sessions/event.ts'
import { describeUpload } from '../../src/planner/messages/card.ts'
import { buildMessages } from '../../src/planner/messages/messages.ts'
import { withoutBase64 } from '../../src/planner/messages/text.ts'
import { ask, cell, made, picture, print, result } from '../doubles/model-server/journal.ts'

describe('Bounds', () => {
  const base64 = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 131) % 251)).toString('base64')
  const lastOf = (journal: Event[]) => buildMessages(journal, 'tools').at(-1)?.content as string

  test('long output keeps its head and tail', () => {
    const lines = Array.from({ length: 20_000 }, (_, i) => `line ${i}`).join('\n')
    const text = lastOf([ask('x'), cell(1, '1'), print(1, lines), print(1, lines, 'value'), result(1)])
    expect(text.length).toBeLessThan(9000)
    expect(text).toMatch(/^cell 1, status: ok\nprinted:\nline 0\n/)
    expect(text).toMatch(/\n\[… 202,889 characters cut …\]\n/)
    expect(text).toContain('line 19999\nvalue: line 0')
  })

  test('everything together stays below 24,000 characters', () => {
    const long = 'wörter und 😀 '.repeat(20_000)
    const diagnostics = Array.from({ length: 500 }, (_, i) => ({ line: 1, column: i, code: 'TS1', message: long }))
    const files = Array.from({ length: 200 }, (_, i) => made(1, `${'n'.repeat(60)}${i}.png`))
    const journal = [
      ask('x'),
      cell(1, long),
      print(1, long),
      print(1, long, 'value'),
      ...files,
      { type: 'rejected', cell: 1, diagnostics } as Event,
      result(1, { status: 'threw', message: long, line: 1 }),
    ]
    const text = lastOf(journal)
    expect(text.length).toBeLessThan(24_000)
    expect(text.isWellFormed()).toBe(true)
    expect(text).toContain('and 488 more problems')
    expect(text).toContain('- and 160 more')
  })

  test('no base64 and no data URL goes to the model, wherever it stood', () => {
    const wrapped = base64.replace(/.{76}/g, '$&\n')
    const texts = [
      `data:image/png;base64,${base64}`,
      base64,
      `<img src="data:image/svg+xml;charset=utf-8;base64,${base64}">`,
      wrapped,
    ]
    for (const text of texts) {
      const journal: Event[] = [
        { type: 'upload', name: 'a.txt', card: { kind: 'text', mime: 'text/plain', bytes: 9, head: [text] } },
        ask(text),
        cell(1, '1'),
        print(1, text),
        print(1, text, 'value'),
        result(1, { status: 'threw', message: text, line: 1 }),
        { type: 'unreadable', callId: 'u', arguments: text, problem: 'x' },
      ]
      const sent = JSON.stringify(buildMessages(journal, 'tools').slice(1))
      expect(sent).not.toMatch(/[A-Za-z0-9+/]{100}/)
      expect(sent).not.toContain(';base64,')
      expect(sent).toMatch(/\[(?:base64|data URL)/)
    }
    expect(withoutBase64(`data:image/png;base64,${base64}`)).toBe('[data URL of image/png, 4,022 characters]')
    expect(withoutBase64('-'.repeat(300))).toBe('-'.repeat(300))
    expect(withoutBase64(`see data:image/png;base64,${base64} here`)).toBe(
      'see [data URL of image/png, 4,022 characters] here',
    )
    expect(withoutBase64(`<${wrapped}>\nrest`)).toMatch(/^<\[base64, [\d,]+ characters\]>\nrest$/)
  })

  test('a megabyte without a line break, or of short lines, takes no time', () => {
    const start = process.cpuUsage()
    for (const text of [
      'aB1/'.repeat(250_000),
      'x'.repeat(59).concat(' ').repeat(17_000),
      'data:a/b;'.repeat(110_000),
    ]) {
      withoutBase64(text)
      lastOf([ask('x'), cell(1, '1'), print(1, text), result(1, { status: 'threw', message: text })])
    }
    // Microseconds of processor time; a quadratic search would take minutes.
    expect(process.cpuUsage(start).user).toBeLessThan(2_000_000)
  })
})

describe('The card of a file', () => {
  test('tells a table by its columns, rows and first lines', () => {
    const head = ['地区,2003年', '北京,5267.2']
    const columns = [
      { name: '地区', type: 'text' },
      { name: '2003年', type: 'number' },
    ]
    expect(
      describeUpload('gdp.csv', {
        kind: 'table',
        mime: 'text/csv',
        bytes: 5120,
        encoding: 'gb18030',
        delimiter: ',',
        rows: 31,
        columns,
        head,
      }),
    ).toBe(
      '- "gdp.csv": table, 31 rows, 2 columns, gb18030, delimiter ",", 5,120 bytes\n  columns: 地区 (text), 2003年 (number)\n  first lines:\n    地区,2003年\n    北京,5267.2',
    )
  })

  test('tells what was measured of the files a cell made: gray, blank, see-through, moving or not, how fast', () => {
    const file = (name: string, more: object, frames?: number): Event => {
      return {
        type: 'file',
        cell: 1,
        name,
        mime: 'image/png',
        bytes: 9,
        width: 4,
        height: 3,
        frames,
        card: { ...picture, ...more },
      }
    }
    const files = [
      file('a.png', { gray: true }),
      file('b.png', { gray: true, blank: '#ffffff' }),
      file('c.png', { gray: false, transparent: 0.254 }),
      file('d.png', { transparent: 0.001 }),
      file('e.gif', { still: true, delay: [40, 40] }, 2),
      file('f.gif', { still: false, transparent: 0 }, 30),
      file('g.png', { channels: 2, hasAlpha: true, gray: true }),
      file('h.tif', { channels: 4, space: 'cmyk', depth: 'ushort' }),
    ]
    const said = buildMessages([ask('x'), cell(1, '1'), ...files, result(1)], 'tools').at(-1)?.content as string
    expect(said.split('\n').slice(-8)).toEqual([
      '- "a.png": image/png, 4x3, RGB, gray, 9 bytes',
      '- "b.png": image/png, 4x3, RGB, blank #ffffff, 9 bytes',
      '- "c.png": image/png, 4x3, RGB, 25 % transparent, 9 bytes',
      '- "d.png": image/png, 4x3, RGB, under 1 % transparent, 9 bytes',
      '- "e.gif": image/png, 4x3, RGB, 2 frames of 40 ms, all frames the same, 9 bytes',
      '- "f.gif": image/png, 4x3, RGB, 30 frames, 9 bytes',
      '- "g.png": image/png, 4x3, grayscale with alpha, 9 bytes',
      '- "h.tif": image/png, 4x3, CMYK ushort, 9 bytes',
    ])
  })

  test('tells of frames, orientation, colour and depth where they are unusual', () => {
    const gif = { ...picture, format: 'gif', frames: 30, delay: [40, 100], bytes: 900 }
    expect(describeUpload('a.gif', gif)).toBe(
      '- "a.gif": GIF picture, 1200x800, 3 channels, 30 frames of 40-100 ms, 900 bytes',
    )
    const heif = (mime: string): string =>
      describeUpload('a.avif', { ...picture, format: 'heif', mime }).split(',', 1)[0] ?? ''
    expect([heif('image/avif'), heif('image/heif')]).toEqual(['- "a.avif": AVIF picture', '- "a.avif": HEIF picture'])
    const odd = { ...picture, format: 'tiff', channels: 4, space: 'cmyk', depth: 'ushort', orientation: 6 }
    expect(describeUpload('a.tif', odd)).toBe(
      '- "a.tif": TIFF picture, 1200x800, 4 channels, cmyk, depth ushort, EXIF orientation 6 (shown upright it is turned a quarter), 245,120 bytes',
    )
    expect(describeUpload('x"\n.png', { kind: 'broken', mime: 'image/png', bytes: 3, problem: 'It is text.' })).toBe(
      '- "x\\"\\n.png": cannot be read: It is text, 3 bytes',
    )
  })

  test('of a file that cannot be read, and of a bitmap that sharp cannot read', () => {
    const broken = (name: string, card: object) =>
      describeUpload(name, { kind: 'broken', mime: 'image/png', bytes: 18, ...card })
    expect(broken('a.png', { problem: 'Its content is not a picture.' })).toBe(
      '- "a.png": cannot be read: Its content is not a picture, 18 bytes',
    )
    expect(broken('a.bmp', { mime: 'image/bmp', width: 4, height: 3, problem: 'It is a BMP.' })).toBe(
      '- "a.bmp": picture (image/bmp), 4x3, 18 bytes, It is a BMP',
    )
  })

  test('of a table with 500 columns is bounded', () => {
    const columns = Array.from({ length: 500 }, (_, i) => ({ name: `column ${i}`.repeat(20), type: 'number' }))
    const text = describeUpload('wide.csv', {
      kind: 'table',
      mime: 'text/csv',
      bytes: 1,
      rows: 1,
      columns,
      head: ['x'.repeat(400)],
    })
    expect(text.length).toBeLessThan(5000)
    expect(text).toContain(', and 440 more')
  })
})
