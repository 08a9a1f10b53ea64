// A compromised child: it answers a request for a picture with whatever its lie (an argument) says.
import { linkSync, symlinkSync, writeFileSync, writeSync } from 'node:fs'

const [, , lie, secret] = process.argv
const send = (value) => {
  const json = Buffer.from(JSON.stringify(value))
  const head = Buffer.alloc(4)
  head.writeUInt32BE(json.length)
  writeSync(3, Buffer.concat([head, json]))
}
const blob = 'abcdefabcdef12345678'
const png = Buffer.from('\x89PNG\r\n\x1a\n a secret', 'latin1')
const shown = { blob, mime: 'image/png', bytes: png.length, width: 1, height: 1 }

const LIES = {
  'bytes that are not there': () => shown,
  'a symlink to a secret': () => (symlinkSync(secret, blob), shown),
  'a hard link to a secret': () => (linkSync(secret, blob), shown),
  'more bytes than asked for': () => (
    writeFileSync(blob, Buffer.concat([png, Buffer.alloc(2000)])),
    { ...shown, bytes: png.length + 2000 }
  ),
  'another number of bytes': () => (writeFileSync(blob, png), { ...shown, bytes: 3 }),
  HTML: () => (writeFileSync(blob, '<script>1</script>'), { ...shown, bytes: 18 }),
  'another answer': () => undefined,
  'a blob above the scratch': () => ({ ...shown, blob: '../../secret' }),
}

let rest = Buffer.alloc(0)
process.stdin.on('data', (chunk) => {
  rest = Buffer.concat([rest, chunk])
  while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE()) {
    const asked = JSON.parse(rest.toString('utf8', 4, 4 + rest.readUInt32BE()))
    rest = rest.subarray(4 + rest.readUInt32BE())
    if (asked.type === 'start') send({ type: 'ready', ms: 1, isFiltered: true })
    if (asked.type !== 'picture') continue
    if (lie === 'another answer') send({ type: 'picture', id: asked.id + 1, problem: 'x' })
    else send({ type: 'picture', id: asked.id, shown: LIES[lie]() })
  }
})
process.stdin.on('end', () => process.exit(0))
