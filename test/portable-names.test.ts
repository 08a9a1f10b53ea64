// File names that every system accepts: inside their folder, and no two alike, whatever the original names.
import { describe, expect, it } from 'vitest'
import { dispositionOf } from '../src/http/files/file-response.ts'
import { createPortableNames, portableName } from '../src/portable-names.ts'
import { uploadName } from '../src/runtime/upload-name.ts'

const all = (...names: string[]): string[] => {
  const pathOf = createPortableNames()
  return names.map((name) => pathOf('', name))
}

describe('a portable name', () => {
  it.each([
    ['photo (2).png', 'photo (2).png'],
    ['中文 名字.csv', '中文 名字.csv'],
    ['👨‍👩‍👧 ❤️‍🔥.png', '👨‍👩‍👧 ❤️‍🔥.png'],
    ['a: b.png', 'a- b.png'],
    ['C:\\evil.txt', 'C--evil.txt'],
    ['..\\..\\evil.txt', '_-..-evil.txt'],
    ['/etc/passwd', 'etc/passwd'],
    ['../../x', 'x'],
    ['..', 'file'],
    ['...', 'file'],
    ['', 'file'],
    ['\0', 'file'],
    ['con', '_con'],
    ['NUL.txt', '_NUL.txt'],
    ['com1 .png', '_com1 .png'],
    ['COM¹', '_COM¹'],
    ['d/aux/x', 'd/_aux/x'],
    ['-rf', '_-rf'],
    ['a. ', 'a'],
    ['.env', 'env'],
    ['a\nb', 'a-b'],
    ['\u202egnp.exe', '_-gnp.exe'],
    ['cafe\u0301', 'caf\u00e9'],
    ['<img src=x>"|?*', '-img src=x-----'.replace(/^/, '_')],
  ])('of %j is %j, and stays so', (name, portable) => {
    expect(portableName(name)).toBe(portable)
    expect(portableName(portable)).toBe(portable)
  })

  it('is cut where it is too long, with its ending, and a deep one loses its folders', () => {
    expect(portableName(`${'n'.repeat(300)}.png`)).toBe(`${'n'.repeat(146)}.png`)
    expect(Buffer.byteLength(portableName(`${'中'.repeat(300)}.png`))).toBeLessThanOrEqual(150)
    expect(portableName(`${'n'.repeat(149)} x`)).toBe('n'.repeat(149))
    expect(portableName(`${'deep/'.repeat(100)}x.png`)).toBe('x.png')
  })

  it('is no other one, whatever a system minds: case, form, width, folders', () => {
    expect(all('A.png', 'a.png', 'a.PNG')).toEqual(['A.png', 'a-2.png', 'a-3.PNG'])
    expect(all('caf\u00e9', 'cafe\u0301', 'CAFÉ')).toEqual(['café', 'café-2', 'CAFÉ-2'.replace('2', '3')])
    expect(all('ａ', 'a', 'ﬁ', 'fi', 'ſ', 's', 'ς', 'σ')).toEqual(['ａ', 'a-2', 'ﬁ', 'fi-2', 'ſ', 's-2', 'ς', 'σ-2'])
    expect(all('a: b', 'a? b', 'a- b')).toEqual(['a- b', 'a- b-2', 'a- b-3'])
    expect(all('d', 'D/x', 'e/x', 'E')).toEqual(['d', 'D-x-2', 'e/x', 'E-2'])
    expect(all(`${'n'.repeat(200)}.png`, `${'n'.repeat(201)}.png`)).toEqual([
      `${'n'.repeat(146)}.png`,
      `${'n'.repeat(144)}-2.png`,
    ])
  })
})

describe('the name of a download', () => {
  it.each([
    ['d/a: "b".png', `attachment; filename="a- -b-.png"; filename*=UTF-8''a-%20-b-.png`],
    ['cat\u202egnp.exe', `attachment; filename="cat-gnp.exe"; filename*=UTF-8''cat-gnp.exe`],
    ['x\r\nset-cookie: a', `attachment; filename="x--set-cookie- a"; filename*=UTF-8''x--set-cookie-%20a`],
    ['é.png', `attachment; filename="_.png"; filename*=UTF-8''%C3%A9.png`],
  ])('of %j is portable in the header', (name, header) => {
    expect(dispositionOf(name, 'attachment')).toBe(header)
  })
})

describe('the name of what a person brings', () => {
  it('keeps what is seen, and no more', () => {
    expect(uploadName('/home/me/\u200ephoto\u202e.png', new Set())).toBe('photo.png')
    expect(uploadName('a\nb.png', new Set(['a b.png']))).toBe('a b (2).png')
    expect(uploadName('\u200b', new Set())).toBe('file')
    expect(uploadName('..', new Set())).toBe('file')
    expect(uploadName('a: con.png', new Set())).toBe('a: con.png')
    expect(Buffer.byteLength(uploadName(`${'é'.repeat(200)}.png`, new Set()))).toBe(240)
  })
})
