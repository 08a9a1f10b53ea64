// Events, streams and pipelines
import EventEmitter, { on, once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { PassThrough, Readable, Transform, Writable, finished } from 'node:stream'
import { finished as isFinished, pipeline } from 'node:stream/promises'

class Bell extends EventEmitter {
  ring(times: number): boolean {
    return this.emit('ring', times)
  }
}
const bell = new Bell()
bell.on('ring', (times) => console.log('rang', times)).once('ring', () => console.log('first'))
console.log(bell.ring(1), bell.ring(2), bell.emit('nothing'), bell.listenerCount('ring'), bell.eventNames())
setTimeout(() => bell.ring(3), 5)
console.log(await once(bell, 'ring'))
setTimeout(() => {
  bell.ring(4)
  bell.ring(5)
}, 5)
for await (const [times] of on(bell, 'ring')) {
  console.log('heard', times)
  if (times === 5) break
}
try {
  bell.emit('error', new Error('broken'))
} catch (error) {
  console.log((error as Error).message)
}
const upper = new Transform({
  transform(part, _encoding, done) {
    done(null, String(part).toUpperCase())
  },
})
await pipeline(Readable.from(['one ', 'two ', 'three']), upper, createWriteStream('upper.txt'))
let text = ''
for await (const part of createReadStream('upper.txt', 'utf8')) text += part
console.log(text)
const taken: unknown[] = []
const sink = new Writable({
  objectMode: true,
  write(part, _encoding, done) {
    taken.push(part)
    done()
  },
})
finished(sink, (error) => console.log('done', error))
for (const n of [1, 2, 3]) sink.write({ n })
sink.end()
await isFinished(sink)
console.log(taken, await new PassThrough().end('through').toArray())
console.log(await Readable.from([1, 2, 3]).map((n) => n * 2).toArray())
await pipeline(Readable.from(['x']), async function* (source) {
  for await (const part of source) throw new Error(`no ${part}`)
}, new PassThrough()).catch((error: Error) => console.log(error.message))
