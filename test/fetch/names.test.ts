// Names of fetched files, and file URLs in users' texts.
import { describe, expect, it } from 'vitest'
import { fetchedName } from '../../src/fetch/fetched-name.ts'
import { detectExtension } from '../../sandbox/file-signature.ts'
import { urlsIn } from '../../src/fetch/urls-in.ts'
import { checkName } from '../../src/runner/file-rules.ts'
import { uploadName } from '../../src/runtime/upload-name.ts'
import { cpuMsOf } from '../measures.ts'

interface Given {
  readonly path?: string
  readonly disposition?: string
  readonly type?: string
  readonly ending?: string
}

/** The file's name in a session, which must accept it. */
function nameOf({ path = '/', disposition, type, ending }: Given): string {
  const href = new URL(path, 'https://example.org').href
  const name = fetchedName({ href, disposition, contentType: type, ending })
  checkName(uploadName(name, new Set()))
  expect(uploadName(name, new Set())).toBe(name)
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(120)
  return name
}

describe('the name of a fetched file', () => {
  it.each<[Given, string]>([
    [{ path: '/photos/cat.jpg?w=1#x' }, 'cat.jpg'],
    [{ path: '/%E7%8C%AB.png' }, '猫.png'],
    [{ path: '/cafe%CC%81.csv' }, 'café.csv'],
    [{ path: '/', ending: 'png' }, 'download.png'],
    [{ path: '/image', ending: 'jpg' }, 'image.jpg'],
    [{ path: '/image.php', ending: 'gif' }, 'image.php.gif'],
    [{ path: '/wrong.jpg', ending: 'webp' }, 'wrong.jpg'],
    [{ path: `/${'x'.repeat(300)}`, ending: 'webp' }, `${'x'.repeat(115)}.webp`],
    [{ path: '/x%2fy%5cz' }, 'z'],
    [{ path: '/export', type: 'text/csv; charset=utf-8' }, 'export.csv'],
    [{ path: '/export', type: 'application/octet-stream' }, 'export'],
    [{ path: '/export', type: 'text/plain', ending: 'pdf' }, 'export.pdf'],
    [{ disposition: 'attachment; filename="a b.png"' }, 'a b.png'],
    [{ disposition: 'attachment; filename=plain.png; size=3' }, 'plain.png'],
    [{ disposition: "attachment; filename=x.png; filename*=UTF-8''%e4%b8%ad%e6%96%87.png" }, '中文.png'],
    [{ disposition: 'inline; filename="\xe4\xb8\xad.png"' }, '中.png'],
    [{ disposition: 'inline; filename="na\xefve.png"' }, 'naïve.png'],
    [{ disposition: 'attachment', path: '/b.png' }, 'b.png'],
    [{ disposition: String.raw`attachment; filename="say \"hi\".png"` }, 'say _hi_.png'],
  ])('of %j is %j', (given, name) => expect(nameOf(given)).toBe(name))

  it.each(
    'png jpg jpeg jfif gif webp avif tif tiff svg bmp heic heif jxl ico csv tsv json txt md xml log yml yaml pdf'
      .split(' ')
      .concat('zip xls xlsx docx pptx PNG'.split(' ')),
  )('that ends in .%s gets no other ending', (known) => {
    expect(nameOf({ path: `/a.${known}`, ending: 'bin' })).toBe(`a.${known}`)
    for (const other of [`a${known}`, `a.${known}q`, `a.q${known}`, `a.${known}.q`])
      expect(nameOf({ path: `/${other}`, ending: 'bin' })).toBe(`${other}.bin`)
  })

  it.each([
    ['text/csv', 'csv'],
    ['text/tab-separated-values', 'tsv'],
    ['application/json', 'json'],
    ['text/markdown', 'md'],
    ['text/plain', 'txt'],
    [' Text/CSV ; charset=x', 'csv'],
  ])('of the type %j ends in .%s', (type, ending) => expect(nameOf({ type })).toBe(`download.${ending}`))

  it.each([
    ["a;filename*=utf-8''b.png", 'b.png'],
    [`a; \tFILENAME* = \t"ISO-8859-1'en'b%20c.png";d`, 'b c.png'],
    ["a; filename*=UTF-8''b.png c; filename=d", 'b.png'],
    ["a; filename*=utf-16''b.png; filename=c.png", 'c.png'],
    ["a; filename*=utf-8''; filename=c.png", 'c.png'],
    ["a; filename*=utf-8''it's.png", "it's.png"],
    ["a; xfilename*=utf-8''b.png", 'of-path'],
    ["a filename*=utf-8''b.png", 'of-path'],
    ['a;filename="b.png"', 'b.png'],
    ['a; filename="b.png"; c="d"', 'b.png'],
    ['a; \t FILENAME \t = \t "b.png" ;d', 'b.png'],
    [String.raw`a; filename="b\c.png"`, 'bc.png'],
    [String.raw`a; filename="b\\c.png"`, 'c.png'],
    [String.raw`a; filename="b\"c;d.png"`, 'b_c;d.png'],
    ['a; filename=""', 'of-path'],
    ['a; filename="b', 'of-path'],
    ['a; xfilename="b"', 'of-path'],
    ['a filename="b"', 'of-path'],
    ['a;filename=b.png', 'b.png'],
    ['a; \t Filename \t = \t b.png c', 'b.png'],
    ['a; filename=b.png;c', 'b.png'],
    ['a; filename=b"c', 'b'],
    ['a; xfilename=b', 'of-path'],
    ['a filename=b', 'of-path'],
    ['a; filename=%E7%8C%AB.png', '猫.png'],
    ['a; filename=%E7.png', '%E7.png'],
    ["a; filename*=utf-8''%E7.png", '%E7.png'],
  ])('of the header %j is %j', (disposition, name) => expect(nameOf({ path: '/of-path', disposition })).toBe(name))

  it.each<[string, string]>([
    ['../../etc/passwd', 'passwd'],
    ['..%2f..%2fetc%2fpasswd', 'passwd'],
    ['/etc/cron.d/x.png', 'x.png'],
    [String.raw`C:\\Windows\\x.png`, 'x.png'],
    ['..', 'download'],
    ['.', 'download'],
    ['/', 'download'],
    ['.bashrc', 'bashrc'],
    ['a.png%00.exe', 'a.png.exe'],
    ['a%0d%0aset-cookie: x.png', 'aset-cookie_ x.png'],
    ['%e2%80%aegnp.exe', 'gnp.exe'],
    ['%1b[31mred.png', '[31mred.png'],
    ['con.png', '_con.png'],
    ['NUL', '_NUL'],
    ['a<b>|c?.png', 'a_b__c_.png'],
    ['a.png. . ', 'a.png'],
    ['%ff%fe.png', '%ff%fe.png'],
    ['%ed%a0%80.png', '%ed%a0%80.png'],
    ['%e2%80%8b%e2%80%8b', 'download'],
    ['a%07%7f%c2%9f%e2%80%8f%e2%80%a8%e2%80%a9%ef%bf%bdb.png', 'ab.png'],
    ['a%3cb%3ec%3ad%22e%7cf%3fg%2ah.png', 'a_b_c_d_e_f_g_h.png'],
    ['a%20%20b%c2%a0%e3%80%80c%09d.png', 'a b cd.png'],
    ['%20. .a. b.%20.%20', 'a. b'],
    ...['con', 'prn', 'aux', 'nul', 'com1', 'LPT9', 'con.tar.gz'].map((name): [string, string] => [name, `_${name}`]),
    ...['console', 'acon', 'xnul.png', 'com', 'comx', 'lpt.png'].map((name): [string, string] => [name, name]),
    [`${'x'.repeat(300)}.${'p'.repeat(10)}`, `${'x'.repeat(109)}.${'p'.repeat(10)}`],
    [`${'x'.repeat(300)}.${'p'.repeat(11)}`, 'x'.repeat(120)],
    [`${'x'.repeat(300)}.a.b`, `${'x'.repeat(118)}.b`],
    [`${'x'.repeat(120)}.`, 'x'.repeat(120)],
    [`${'x'.repeat(115)} y.png`, `${'x'.repeat(115)}.png`],
    [`${'x'.repeat(114)}${'%f0%9f%90%88'.repeat(2)}.png`, `${'x'.repeat(114)}.png`],
    [`${'x'.repeat(300)}.png`, `${'x'.repeat(116)}.png`],
    [`${'猫'.repeat(100)}.png`, `${'猫'.repeat(38)}.png`],
    [`a.${'p'.repeat(300)}`, `a.${'p'.repeat(118)}`],
  ])('that a server sends as %j is %j', (sent, name) => {
    const header = `attachment; filename="${sent.replaceAll('\\', '\\\\')}"`
    expect(nameOf({ disposition: Buffer.from(header).toString('latin1') })).toBe(name)
  })
})

describe('the first bytes', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n', 'png'],
    ['\xff\xd8\xff\xe0', 'jpg'],
    ['GIF89a', 'gif'],
    ['RIFF\x10\0\0\0WEBPVP8 ', 'webp'],
    ['II*\0', 'tif'],
    ['\0\0\0\x1cftypavif', 'avif'],
    ['\0\0\0\x1cftypmif1\0\0\0\0mif1avif', 'avif'],
    ['\0\0\0\x1cftypheic', 'heic'],
    ['BM\x46\0\0\0\0\0\0\0', 'bmp'],
    ['%PDF-1.7', 'pdf'],
    ['PK\x03\x04', 'zip'],
    ['\xef\xbb\xbf<?xml version="1.0"?>\n<!-- a --><svg width="1">', 'svg'],
    ['  <!DOCTYPE html>', 'html'],
    ['<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">', 'html'],
    ['<HTML lang="en">', 'html'],
    ['<htmlish>', undefined],
    ['name,value\n', undefined],
    ['', undefined],
  ])('%j say %s', (bytes, ending) => expect(detectExtension(Buffer.from(bytes, 'latin1'))).toBe(ending))
})

describe('addresses in a message', () => {
  const A = 'https://example.org/a.jpg'
  it.each<[string, readonly string[]]>([
    [A, [A]],
    [`describe ${A}, please`, [A]],
    [`What is this? ${A}.`, [A]],
    [`(see ${A})`, [A]],
    [`<${A}> and "${A}" and '${A}'`, [A]],
    [`![cat](${A}) [b](https://example.org/b.png)!`, [A, 'https://example.org/b.png']],
    [`介绍下这幅图：${A}。谢谢`, [A]],
    [`看${A}这幅图`, [A]],
    [`把（${A}）变成灰度`, [A]],
    [`「${A}」と『https://example.org/b.png』`, [A, 'https://example.org/b.png']],
    [
      `${A}，https://example.org/b.png、https://example.org/c.png`,
      [A, 'https://example.org/b.png', 'https://example.org/c.png'],
    ],
    [
      `${A},https://example.org/b.png;https://example.org/c.png`,
      [A, 'https://example.org/b.png', 'https://example.org/c.png'],
    ],
    ['https://example.org/图片.png和这个', ['https://example.org/%E5%9B%BE%E7%89%87.png']],
    ['https://en.wikipedia.org/wiki/Cat_(animal).jpg', ['https://en.wikipedia.org/wiki/Cat_(animal).jpg']],
    ['(https://example.org/x_(y).jpg)then', ['https://example.org/x_(y).jpg']],
    ['HTTPS://EXAMPLE.org/A.jpg#part', ['https://example.org/A.jpg']],
    [`${A} ${A}#1 ${A}`, [A]],
    [`**${A}** and _${A}_ and ~${A}~`, [A]],
    ['https://example.org/a?u=https://b.org/c.png&x=1', ['https://example.org/a?u=https://b.org/c.png&x=1']],
    ['https://127.1/x', ['https://127.0.0.1/x']],
    ['http://example.org/a.PNG and http://www.w3.org/2000/svg', ['http://example.org/a.PNG']],
    ['https:// and https://… and https://1.2.3.999/ and xhttps', []],
    ['ftp://example.org/a.png file:///etc/passwd example.org/a.png', []],
  ])('%j', (text, urls) => expect(urlsIn(text)).toEqual({ urls, more: false }))

  it('are at most five', () => {
    const text = [1, 2, 3, 4, 5, 6].map((n) => `https://example.org/${n}`).join(' ')
    expect(urlsIn(text).urls).toHaveLength(5)
    expect(urlsIn(text).more).toBe(true)
  })

  it('are found in a long text at once', () => {
    const find = (): void => {
      for (const part of ['https://a.b/(', 'https://a.b/[', 'https://', 'https://a,;', `https://a.b/${'('.repeat(50)}`])
        urlsIn(part.repeat(200_000 / part.length))
      urlsIn(`https://example.org/${'猫'.repeat(200_000)}`)
      urlsIn(`https://example.org/${'.'.repeat(200_000)}x`)
    }
    expect(cpuMsOf(find)).toBeLessThan(1500)
  })
})
