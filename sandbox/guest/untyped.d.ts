// Types for bundled packages that have none.
declare module 'path-browserify' {
  import path from 'node:path'
  export default path
}
declare module 'readable-stream' {
  export { Duplex, Readable, Writable, Transform, PassThrough } from 'node:stream'
}
declare module 'buffer/' {
  export const Buffer: typeof globalThis.Buffer
  export const constants: object
  export const INSPECT_MAX_BYTES: number
  export const kMaxLength: number
}
declare module 'events/' {
  import { EventEmitter } from 'node:events'
  export default EventEmitter
}
declare module 'gifenc'
