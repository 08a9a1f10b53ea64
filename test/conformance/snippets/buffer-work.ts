// Searching, slicing, filling, comparing, concatenating
import { Buffer as B, constants, kMaxLength } from 'node:buffer'

const a = Buffer.from('the quick brown fox')
console.log(a.indexOf('quick'), a.includes('cat'), a.lastIndexOf('o'), a.indexOf(Buffer.from('fox')), a.indexOf(0x71), a.indexOf('o', -3))
console.log(Buffer.concat([a, Buffer.from(' jumps'), new Uint8Array([33])]).toString(), Buffer.concat([a, a], 22).toString())
console.log(a.slice(4, 9).toString(), a.subarray(-3).toString(), a.at(-1), a.length)
console.log(Buffer.alloc(7, 'ab').toString(), Buffer.alloc(4, 1), Buffer.alloc(5).fill('é'), Buffer.allocUnsafe(3).fill(9))
console.log(Buffer.compare(Buffer.from('a'), Buffer.from('b')), a.equals(Buffer.from(a)), a.compare(Buffer.from('the'), 0, 3, 0, 3))
const target = Buffer.alloc(10, '.')
console.log(a.copy(target, 2, 4, 9), target.toString(), target.write('中文字', 1), target, target.write('zz', 8, 1, 'latin1'))
console.log(JSON.stringify(Buffer.from([1, 2])), Buffer.from(JSON.parse(JSON.stringify(Buffer.from([3, 4])))), Buffer.isBuffer(a), Buffer.isBuffer(new Uint8Array(1)))
console.log([...Buffer.from('hi').entries()], [...a.keys()].length, Buffer.of(1, 2, 3), B === Buffer, constants.MAX_LENGTH === kMaxLength)
const floats = Float32Array.of(1, 2)
console.log(Buffer.from(floats.buffer), Buffer.from(floats), Buffer.copyBytesFrom(floats, 1), a instanceof Uint8Array, a.constructor.name)
console.log(Buffer.alloc(0), Buffer.alloc(60), [Buffer.from('x')], { b: Buffer.from('yy') }, a.toString('latin1', 4), a.toJSON().data.length)
console.log(Object.prototype.toString.call(a), a.map((x) => x + 1).constructor.name, a.filter((x) => x > 115).toString(), typeof a.buffer)
