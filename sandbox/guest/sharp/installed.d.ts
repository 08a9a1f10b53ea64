// Types of the modules that bundle.ts resolves: parts of the installed sharp, data read from it at build time, and npm
// replacements of Node's modules.
declare module 'sharp:dist' {
  import type { SharpConstructor } from 'sharp'
  const Sharp: SharpConstructor
  export default Sharp
}
declare module 'sharp:is' {
  const is: {
    nativeError(native: Error, context: Error): Error
    invalidParameterError(name: string, expected: string, actual: unknown): Error
    integer(value: unknown): value is number
    defined(value: unknown): boolean
  }
  export default is
}
declare module 'sharp:facts' {
  const facts: { format: object; versions: object; interpolators: object }
  export default facts
}
declare module 'sharp:events' {
  import { EventEmitter } from 'node:events'
  export default EventEmitter
}
declare module 'sharp:path' {
  const path: { resolve(...parts: string[]): string; extname(name: string): string }
  export default path
}
declare module 'sharp:duplex' {
  import { Duplex } from 'node:stream'
  export default Duplex
}
declare module 'sharp:legacy-stream' {
  interface Bytes {
    _isUint8Array(value: unknown): boolean
    _uint8ArrayToBuffer(chunk: Uint8Array): Uint8Array
  }
  const legacy: { Stream: Bytes }
  export default legacy
}
