// A compromised child: it answers a run with whatever its lie (an argument) says.
import { execFileSync } from 'node:child_process'
import { chmodSync, linkSync, mkdirSync, symlinkSync, truncateSync, writeFileSync, writeSync } from 'node:fs'

const [, , lie, secret] = process.argv
const raw = (bytes) => {
  for (let at = 0; at < bytes.length;) at += writeSync(3, bytes, at)
}
const frame = (value) => {
  const json = Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  const head = Buffer.alloc(4)
  head.writeUInt32BE(json.length)
  return Buffer.concat([head, json])
}
const send = (value) => raw(frame(value))
const name = 'abcdefabcdef12345678'
const card = { kind: 'other', mime: 'text/plain', bytes: 1 }

const LIES = {
  'not JSON': () => send('{"type":'),
  'a frame too long': () => raw(Buffer.from([0x7f, 0xff, 0xff, 0xff])),
  'a frame of 4 MB': () => send(JSON.stringify({ type: 'print', text: 'x'.repeat(3_900_000) })),
  'an unknown type': () => send({ type: 'exec', command: 'id' }),
  'a wrong type': (cell) => send({ type: 'print', cell, stream: 'stdout', text: 7 }),
  'a text too long': (cell) => send({ type: 'print', cell, stream: 'stdout', text: 'x'.repeat(80_000) }),
  'a stream that is not there': (cell) => send({ type: 'print', cell, stream: '__proto__', text: 'x' }),
  null: () => send('null'),
  'a list': () => send('[]'),
  'very deep JSON': () => send('['.repeat(500_000)),
  'a polluting key': (cell) =>
    send(
      `{"type":"print","cell":${cell},"stream":"stdout","text":"x","__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}`,
    ),
  'helpers without end': () => {
    for (let n = 0; n < 9; n++) send({ type: 'helper', name: 'sql' })
  },
  'a helper that is not there': () => send({ type: 'helper', name: '../sh' }),
  'no end': () => undefined,
  'its own death': () => process.kill(process.pid, 'SIGKILL'),
  'a closed pipe': () => process.exit(0),
  'folders deeper than a path can be long': (cell) => {
    for (let n = 0; n < 30; n++) {
      mkdirSync('d'.repeat(250))
      process.chdir('d'.repeat(250))
    }
    send({ type: 'end', cell: cell + 1, status: 'ok', names: [] })
  },
  'a folder that is closed to its owner': (cell) => {
    mkdirSync('inner')
    chmodSync('.', 0)
    send({ type: 'end', cell: cell + 1, status: 'ok', names: [] })
  },
  'two ends': (cell) => {
    send({ type: 'end', cell, status: 'ok', names: [] })
    send({ type: 'end', cell, status: 'threw', names: [] })
  },
  'an end of another cell': (cell) => send({ type: 'end', cell: cell + 1, status: 'ok', names: [] }),
  'a status that is not there': (cell) => send({ type: 'end', cell, status: 'root', names: [] }),
  'a card nobody asked for': () => send({ type: 'card', id: 1, card }),
  'names without end': (cell) => send({ type: 'end', cell, status: 'ok', names: Array(6000).fill('n') }),
  'a flood of prints': (cell) => {
    const one = frame({ type: 'print', cell, stream: 'stdout', text: 'x' })
    const many = Buffer.concat(Array(1000).fill(one))
    for (;;) raw(many)
  },
  'a flood of progress': (cell) => {
    const many = Buffer.concat(Array(1000).fill(frame({ type: 'progress', cell, done: 1, total: 2, label: 'x' })))
    for (;;) raw(many)
  },
  'a flood of blanks': (cell) => {
    const one = JSON.stringify({ type: 'progress', cell, done: 1, total: 2, label: 'x' })
    const blank = frame(`${one.slice(0, -1)}${' '.repeat(3_900_000)}}`)
    for (;;) raw(blank)
  },
  'a flood of files': (cell) => {
    writeFileSync(name, 'x')
    for (;;) send({ type: 'file', cell, name: 'a', blob: name, bytes: 1, card })
  },
  'a flood of junk on stderr': () => {
    for (;;) writeSync(2, 'x'.repeat(100_000))
  },
}
const FILES = {
  'a name above the root': [() => writeFileSync(name, 'x'), { name: '../evil.txt' }],
  'an absolute name': [() => writeFileSync(name, 'x'), { name: '/tmp/evil.txt' }],
  'a name with NUL': [() => writeFileSync(name, 'x'), { name: 'a\0b' }],
  'an empty name': [() => writeFileSync(name, 'x'), { name: '' }],
  'a blob above the scratch': [() => undefined, { blob: '../../../../etc/passwd' }],
  'an absolute blob': [() => undefined, { blob: secret }],
  'a blob that is not there': [() => undefined, {}],
  'a symlink to a secret': [() => symlinkSync(secret, name), {}],
  'a hard link to a secret': [() => linkSync(secret, name), {}],
  'a symlink to a device': [() => symlinkSync('/dev/zero', name), {}],
  'a FIFO': [() => execFileSync('mkfifo', [name]), {}],
  'a folder': [() => mkdirSync(name), {}],
  'a sparse file of 10 GB': [() => (writeFileSync(name, ''), truncateSync(name, 1e10)), {}],
}
for (const [title, [make, lied]] of Object.entries(FILES)) {
  LIES[title] = (cell) => {
    make()
    send({ type: 'file', cell, name: 'out.txt', blob: name, bytes: 1, card, ...lied })
    send({ type: 'end', cell, status: 'ok', names: [] })
  }
}
// The test asks for the titles.
if (lie === undefined) process.stdout.write(JSON.stringify(Object.keys(LIES)))
else {
  let rest = Buffer.alloc(0)
  process.stdin.on('data', (chunk) => {
    rest = Buffer.concat([rest, chunk])
    while (rest.length >= 4 && rest.length >= 4 + rest.readUInt32BE()) {
      const asked = JSON.parse(rest.toString('utf8', 4, 4 + rest.readUInt32BE()))
      rest = rest.subarray(4 + rest.readUInt32BE())
      if (asked.type === 'start') send({ type: 'ready', ms: 1, isFiltered: true })
      if (asked.type === 'run') LIES[lie](asked.cell)
    }
  })
  process.stdin.on('end', () => process.exit(0))
}
