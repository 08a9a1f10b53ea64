// Encodings of text tables: which one a file has, its bytes as UTF-8, and what is said of damage.
import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'
import { decode, toUtf8 } from '../../../../sandbox/helpers/table/encoding.ts'
import { transcode } from '../../../../sandbox/helpers/table/encoding/transcode.ts'
import { createRandom } from '../../../fuzz/random.ts'
import { ENCODED, tableText, TEXT_KINDS } from '../../../fuzz/table-texts.ts'

const encoded = (text: string, encoding: string): Uint8Array => new Uint8Array(iconv.encode(text, encoding))
const joined = (...parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts))
const guessed = (encoding: string): string =>
  `read as ${encoding}, since it is not UTF-8; if letters look wrong, pass { encoding: '…' }`

describe('detection', () => {
  test('reads short, long, terse and wordy tables of 27 languages and encodings', async () => {
    const wrong: string[] = []
    let all = 0
    for (const [language, encoding] of ENCODED) {
      for (const kind of TEXT_KINDS) {
        for (let n = 0; n < 3; n++) {
          const bytes = encoded(tableText(createRandom(all++), language, kind), encoding)
          const expected = iconv.decode(Buffer.from(bytes), encoding)
          if ((await decode(bytes)).text !== expected) wrong.push(`${language} in ${encoding}, ${kind}`)
        }
      }
    }
    // What is left are headers of one accented letter or two, such as Amžius and Amţius, or Hélène and Hélčne.
    expect(wrong.filter((one) => !/(?:brief|digits)$/.test(one))).toEqual([])
    expect(wrong.length).toBeLessThan(all * 0.03)
  })

  /** Country names of the Unicode locale data: texts that no list here was made of. */
  const countries = (locale: string): string[] => {
    const names = new Intl.DisplayNames(locale, { type: 'region' })
    return 'AE AL AM AR AT AU AZ BE BG BR BY CA CH CL CN CZ DE DK DZ EE EG ES FI FR GB GE GR HR HU IE IL IN IQ IR IS IT JP KE KR KZ LT LV MA MX NL NO NZ PE PL PT RO RS RU SA SE SG SI SK TH TR UA US VN ZA'
      .split(' ')
      .map((code) => names.of(code)!)
  }

  test.each([
    ['zh-CN', 'gb18030'],
    ['zh-TW', 'big5'],
    ['ja', 'shift_jis'],
    ['ja', 'euc-jp'],
    ['ko', 'euc-kr'],
    ['ru', 'windows-1251'],
    ['ru', 'koi8-r'],
    ['ru', 'ibm866'],
    ['de', 'windows-1252'],
    ['fr', 'windows-1252'],
    ['pl', 'windows-1250'],
    ['el', 'windows-1253'],
    ['tr', 'windows-1254'],
    ['he', 'windows-1255'],
    ['ar', 'windows-1256'],
    ['lv', 'windows-1257'],
    ['th', 'windows-874'],
  ])('reads the countries of the world in %s, %s', async (locale, encoding) => {
    const text = `id,name\n${countries(locale)
      .map((name, i) => `${i},${name}`)
      .join('\n')}\n`
    const bytes = encoded(text, encoding)
    const expected = iconv.decode(Buffer.from(bytes), encoding)
    expect(await decode(bytes)).toEqual({ text: expected, encoding, notes: [guessed(encoding)] })
  })

  test('of UTF-16 needs no mark, that of ISO-2022-JP goes by its escapes', async () => {
    const text = '姓名,分数\n张三,5\n'
    for (const encoding of ['utf-16le', 'utf-16be']) {
      expect(await decode(encoded(text, encoding))).toEqual({ text, encoding, notes: [guessed(encoding)] })
    }
    const escaped = Buffer.from('name,city\n1,\x1b$BElET\x1b(B\n', 'latin1')
    expect(await decode(escaped)).toEqual({
      text: 'name,city\n1,東都\n',
      encoding: 'iso-2022-jp',
      notes: ['read as iso-2022-jp'],
    })
  })

  test('is not misled by GBK of few characters that is well formed UTF-8 by accident', async () => {
    expect((await decode(encoded('值\n1\n', 'gb18030'))).text).toBe('值\n1\n')
    for (const text of ['é\n1\n', 'µm,°C\n1,2\n', 'Ж\n1\n', 'α,β\n1,2\n', '值\n1\n']) {
      expect(await decode(encoded(text, 'utf-8'))).toEqual({ text, encoding: 'utf-8', notes: [] })
    }
  })

  test('of a large file goes by a sample, and by what is rare in it', async () => {
    const filler = '12345,67890\n'.repeat(100_000)
    const text = `a,b\n${filler}臺北市,蘋果電腦\n${filler}`
    expect(await decode(encoded(text, 'big5'))).toMatchObject({ encoding: 'big5', text })
  })
})

describe('UTF-8', () => {
  test('is given as it is, without its mark', async () => {
    const bytes = encoded('地区,值\n北京,1\n', 'utf-8')
    expect((await toUtf8(bytes)).bytes).toBe(bytes)
    const marked = joined(new Uint8Array([0xef, 0xbb, 0xbf]), bytes)
    expect(await toUtf8(marked)).toEqual({ bytes, encoding: 'utf-8', notes: [] })
    expect((await toUtf8(new Uint8Array(0))).bytes).toHaveLength(0)
  })

  test('with broken bytes stays UTF-8, and the note has their number and line', async () => {
    const bytes = encoded('地区,值\n北京,1\n上海,2\n广东,3\n', 'utf-8')
    bytes[Buffer.from(bytes).indexOf('海')] = 0xff
    const one = await decode(bytes)
    expect([one.encoding, one.notes]).toEqual([
      'utf-8',
      ['3 characters are not valid utf-8 (the first in line 3) and stand as \uFFFD'],
    ])
    expect(one.text).toBe('地区,值\n北京,1\n上\uFFFD\uFFFD\uFFFD,2\n广东,3\n')
    const cut = encoded('地区,值\n北京,1\n上海', 'utf-8').subarray(0, -1)
    expect(await decode(cut)).toMatchObject({
      encoding: 'utf-8',
      notes: ['1 character is not valid utf-8 (in line 3) and stands as \uFFFD'],
    })
  })

  test('with lines that another program added in GBK is read whole, and the note has the line', async () => {
    const own = encoded('地区,值\n北京,1\n上海,2\n', 'utf-8')
    const bytes = joined(own, encoded('广东,3\n', 'gb18030'), encoded('浙江,4\n', 'utf-8'))
    expect(await decode(bytes)).toEqual({
      text: '地区,值\n北京,1\n上海,2\n广东,3\n浙江,4\n',
      encoding: 'utf-8',
      notes: ['the file is UTF-8, but line 4 is not; read as gb18030'],
    })
  })

  test('with NUL bytes is read without them', async () => {
    expect(await decode(encoded('a,b\n1\0,2\n地区,\0\n', 'utf-8'))).toEqual({
      text: 'a,b\n1,2\n地区,\n',
      encoding: 'utf-8',
      notes: ['2 NUL bytes were dropped (the first in line 2)'],
    })
  })
})

describe('a given encoding', () => {
  test('is used, and what is not valid in it is noted with its line', async () => {
    const bytes = joined(encoded('地区,值\n北', 'gb18030'), new Uint8Array([0xff, 0x2c]), encoded('1\n', 'gb18030'))
    expect(await decode(bytes, 'GBK')).toEqual({
      text: '地区,值\n北\uFFFD,1\n',
      encoding: 'gbk',
      notes: ['1 character is not valid gbk (in line 2) and stands as \uFFFD'],
    })
    await expect(decode(bytes, 'klingon')).rejects.toThrow("readTable: unknown encoding 'klingon'; known ones are")
  })

  test('is decoded by tables as by other programs, with the Korean syllables that TextDecoder lacks', () => {
    const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
    const read = (text: string, encoding: string, other = encoding): string =>
      utf8.decode(transcode(encoded(text, other), encoding).bytes)
    expect(read('똠방각하 펲시콜라 뷁', 'euc-kr', 'cp949')).toBe('똠방각하 펲시콜라 뷁')
    expect(read('㐀𠀀€ḿ中', 'gb18030')).toBe('㐀𠀀€ḿ中')
    expect(read('碁銹恒粧嫺', 'big5')).toBe('碁銹恒粧嫺')
    expect(read('ｱｲｳ表ソ能~\\', 'shift_jis')).toBe('ｱｲｳ表ソ能~\\')
    expect(read('ｱｲｳ丂表', 'euc-jp')).toBe('ｱｲｳ丂表')
    expect(read('a😀中', 'utf-16be')).toBe('a😀中')
    expect(read('№Ёё', 'koi8-r')).toBe('?Ёё')
  })

  test('keeps delimiters after a broken first byte', () => {
    const cases: readonly (readonly [string, number[], string])[] = [
      ['gb18030', [0xb1, 0x2c, 0x41], '\uFFFD,A'],
      ['shift_jis', [0x95, 0x0a, 0x41], '\uFFFD\nA'],
      ['big5', [0xa4, 0x22, 0x41], '\uFFFD"A'],
      ['euc-kr', [0xb0, 0x0a], '\uFFFD\n'],
      ['utf-16le', [0x41, 0, 0, 0xd8, 0x2c, 0], 'A\uFFFD,'],
    ]
    for (const [encoding, bytes, text] of cases) {
      const { bytes: utf8, broken, firstBroken } = transcode(Uint8Array.from(bytes), encoding)
      expect([new TextDecoder().decode(utf8), broken, firstBroken > -1]).toEqual([text, 1, true])
    }
  })
})
