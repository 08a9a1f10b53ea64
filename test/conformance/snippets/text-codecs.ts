// TextEncoder and TextDecoder, legacy encodings included
import { readFileSync } from 'node:fs'

console.log(new TextEncoder().encode('é中😀'), new TextEncoder().encodeInto('中文', new Uint8Array(4)), new TextEncoder().encoding)
console.log(new TextDecoder('gb18030').decode(readFileSync('gb.csv')))
for (const [label, bytes] of [['gbk', [0xd6, 0xd0]], ['shift_jis', [0x93, 0xfa, 0x96, 0x7b]], ['big5', [0xa4, 0xa4]], ['utf-16le', [0x41, 0, 0x2d, 0x4e]], ['windows-1252', [0x80, 0xe9]], ['utf-16be', [0x4e, 0x2d]], ['euc-kr', [0xc7, 0xd1]], ['latin1', [0xe9]]] as const) {
  const decoder = new TextDecoder(label)
  console.log(label, decoder.encoding, decoder.decode(Uint8Array.from(bytes)))
}
console.log(new TextDecoder().decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61)), JSON.stringify(new TextDecoder('utf-8', { ignoreBOM: true }).decode(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61))))
console.log(new TextDecoder().decode(Uint8Array.of(0x61, 0xff, 0xe4, 0xb8)), new TextDecoder().decode(new ArrayBuffer(2)).length, new TextDecoder().decode())
for (const attempt of [() => new TextDecoder('klingon'), () => new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.of(0xff))]) {
  try {
    attempt()
  } catch (error) {
    console.log(error.name, error.code, error.message)
  }
}
const long = '中文 text '.repeat(1000)
console.log(new TextDecoder().decode(new TextEncoder().encode(long)) === long, new TextDecoder().fatal)
