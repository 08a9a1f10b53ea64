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

/** The ES module of the package, whose types belong to its CommonJS file. */
declare module 'chartjs-plugin-datalabels/dist/chartjs-plugin-datalabels.esm.js' {
  import type { Plugin } from 'chart.js'
  const plugin: Plugin
  export default plugin
}
declare module 'chartjs-adapter-date-fns'
declare module 'chartjs-plugin-trendline' {
  import type { Plugin } from 'chart.js'
  const plugin: Plugin
  export default plugin
}
