// What Buffer says of wrong arguments
const tries: (() => unknown)[] = [
  () => Buffer.from(5 as never),
  () => Buffer.from(null),
  () => Buffer.alloc(-1),
  () => Buffer.alloc('5' as never),
  () => Buffer.alloc(4).readUInt32LE(1),
  () => Buffer.alloc(4).writeUInt8(300, 0),
  () => Buffer.alloc(4).readInt8(1.5),
  () => Buffer.alloc(4).readDoubleLE(0),
  () => Buffer.from('a').toString('nope' as never),
  () => Buffer.concat('no' as never),
  () => Buffer.from('a', 'nope' as never),
  () => Buffer.alloc(3).swap16(),
  () => Buffer.byteLength(3 as never),
  () => Buffer.compare(1 as never, Buffer.alloc(1)),
  () => Buffer.alloc(4).fill('x', 9),
]
for (const attempt of tries) {
  try {
    console.log(attempt())
  } catch (error) {
    console.log(error.name, error.code, error.message)
  }
}
