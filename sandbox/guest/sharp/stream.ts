// node:stream for sharp: npm's readable-stream, of which only Duplex is needed.
import Duplex from 'sharp:duplex'
import legacy from 'sharp:legacy-stream'

// The two functions that readable-stream's main entry would add; importing that entry would triple the size.
legacy.Stream._isUint8Array = (value) => value instanceof Uint8Array
legacy.Stream._uint8ArrayToBuffer = (chunk) =>
  Buffer.from(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.byteLength)

export default { Duplex }
