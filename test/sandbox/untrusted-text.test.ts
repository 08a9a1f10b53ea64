// The one sanitizer of untrusted text: characters that act without being visible are removed, readable text stays.
import { describe, expect, it } from 'vitest'
import {
  escapeUnsafeCharacters,
  hasUnsafeCharacters,
  toSingleLine,
  sanitizeStyledForTerminal,
  sanitizeForTerminal,
  removeUnsafeCharacters,
} from '../../sandbox/untrusted-text.ts'

const ESC = '\u001b'
const READ = [
  'photo (2).png',
  '中文 名字.csv',
  'caf\u00e9 cafe\u0301',
  '한국어 Приве́т',
  '👨‍👩‍👧 👩🏽‍🚀 ❤️‍🔥 1️⃣ 🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f} 🇩🇪',
  'می\u200cخواهم क्\u200dष',
  '葛\u{e0100}',
  '\u00a0\u3000\u202f',
]
const UNSEEN = [
  ...Array.from({ length: 0x20 }, (_, code) => String.fromCharCode(code)),
  ...Array.from({ length: 0x21 }, (_, code) => String.fromCharCode(0x7f + code)),
  ...'\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e',
  ...'\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206f\u3164\ufeff\uffa0\ufff9\ufffb\u{e0001}\u{e0061}',
  '\ud800',
  '\udfff',
]

describe('what is not seen', () => {
  it.each(READ)('is none of %s', (text) => {
    expect(hasUnsafeCharacters(text)).toBe(false)
    expect([
      removeUnsafeCharacters(text),
      toSingleLine(text),
      sanitizeForTerminal(text),
      sanitizeStyledForTerminal(text),
      escapeUnsafeCharacters(text),
    ]).toEqual(Array.from({ length: 5 }, () => text))
  })

  it('is found in a name, wherever it stands, and goes', () => {
    for (const sign of UNSEEN)
      for (const text of [sign, `${sign}x`, `x${sign}`, `x${sign}y`, `👩${sign}👩`]) {
        expect([text, hasUnsafeCharacters(text)]).toEqual([text, true])
        expect(removeUnsafeCharacters(text)).toBe(text.replaceAll(sign, ''))
        expect(removeUnsafeCharacters(text, '?')).toBe(text.replaceAll(sign, '?'))
      }
  })

  it('is a joiner or a selector too where it joins and selects nothing', () => {
    expect(removeUnsafeCharacters('a\u200db \u200d👩 e\u0301\u200dx 中\u200c文 👩\u200d\u200d👩 👩\u200d')).toBe(
      'ab 👩 e\u0301x 中文 👩👩 👩',
    )
    expect(removeUnsafeCharacters('a\ufe0f 1\ufe0f.png \ufe0f b\u{e0100}')).toBe('a 1.png  b')
    expect(removeUnsafeCharacters('🏴\u{e0061}\u{e0062}\u{e007f}')).toBe('🏴')
  })

  it('is escaped in a literal, which says the same', () => {
    const text = 'a\u202e\u009b\u007f\ud800\u{e0061}"👩\u200d👩\n'
    const json = escapeUnsafeCharacters(JSON.stringify(text))
    expect(json).toBe(String.raw`"a\u202e\u009b\u007f\ud800\udb40\udc61\"👩‍👩\n"`)
    expect(JSON.parse(json)).toBe(text)
  })
})

describe('one line', () => {
  it('has a space for what ends lines and steers, and nothing for what is not drawn', () => {
    expect(toSingleLine('a\r\nEasel is at evil.example\u2028b\u001b[2J \u202egnp.exe\ud800')).toBe(
      'a Easel is at evil.example b [2J gnp.exe\ufffd',
    )
  })
})

describe('at a terminal', () => {
  it('nothing is obeyed but ends of lines and tabs', () => {
    const text = `${ESC}]0;title\u0007${ESC}[2J${ESC}[H${ESC}c\u009b2J${ESC}]52;c;aGk=\u0007${ESC}[6n\u202eabc\u2066`
    expect(sanitizeForTerminal(`${text}\n\tx`)).toBe('abc\n\tx')
    expect(sanitizeForTerminal(`${ESC}Pq#0~${ESC}\\a${ESC}_x${ESC}\\b\u0090x\u009cc${ESC}(Bd${ESC}7e\u0007\bf`)).toBe(
      'abcdef',
    )
    expect(sanitizeForTerminal(`${ESC}]8;;https://e.example${ESC}\\link${ESC}]8;;${ESC}\\`)).toBe('link')
  })

  it('a sequence that never ends hides nothing of what follows', () => {
    expect(sanitizeForTerminal(`a${ESC}]0;title and more`)).toBe('a0;title and more')
    expect(sanitizeForTerminal(`a${ESC}[12`)).toBe('a[12'.replace('[', ''))
    expect(sanitizeForTerminal(`a${ESC}`)).toBe('a')
  })

  it('nothing is drawn over what stands there', () => {
    expect(sanitizeForTerminal(`boom\r${ESC}[Keasel: all is fine\r\nx\ry`)).toBe('boom\neasel: all is fine\nx\ny')
  })

  it('colours and weights that a snippet prints pass, and end with it', () => {
    expect(sanitizeStyledForTerminal(`${ESC}[32m✔${ESC}[0m ok ${ESC}[1;91mred`)).toBe(
      `${ESC}[32m✔${ESC}[0m ok ${ESC}[1;91mred${ESC}[0m`,
    )
    expect(sanitizeStyledForTerminal(`${ESC}[31mred${ESC}[m.`)).toBe(`${ESC}[31mred${ESC}[0m.`)
    expect(sanitizeForTerminal(`${ESC}[31mred${ESC}[0m`)).toBe('red')
  })

  it('no text is concealed, dimmed as ours is, or in the colour of what it stands on', () => {
    expect(sanitizeStyledForTerminal(`${ESC}[8mhidden${ESC}[30;40mblack${ESC}[97;107m${ESC}[2mnote${ESC}[37;5mx`)).toBe(
      'hiddenblacknotex',
    )
    expect(sanitizeStyledForTerminal(`${ESC}[38;5;8;1mx${ESC}[48;2;8;8;8;3my${ESC}[38:5:8mz`)).toBe(
      `${ESC}[1mx${ESC}[3myz${ESC}[0m`,
    )
  })

  it('what stands for our own sequences cannot be printed', () => {
    expect(sanitizeStyledForTerminal('\ufdd0[2J\ufdd0[8mx')).toBe('[2J[8mx')
  })
})
