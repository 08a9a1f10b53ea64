// The parts of node:crypto that the sandbox supports, and the global `crypto`.
declare module 'node:crypto' {
  import type { Transform } from 'node:stream'
  type Data = string | NodeJS.ArrayBufferView | ArrayBuffer
  type Encoding = 'hex' | 'base64' | 'base64url' | 'latin1' | 'binary' | 'utf8'
  interface Hash extends Transform {
    update(data: Data, encoding?: string): this
    digest(): Buffer
    digest(encoding: Encoding): string
    copy(): Hash
  }
  interface Hmac extends Hash {}
  function createHash(algorithm: string, options?: { outputLength?: number }): Hash
  function createHmac(algorithm: string, key: Data): Hmac
  function hash(algorithm: string, data: Data, encoding?: Encoding): string
  function hash(algorithm: string, data: Data, encoding: 'buffer'): Buffer
  function getHashes(): string[]
  function randomBytes(size: number): Buffer
  function randomBytes(size: number, done: (error: Error | null, bytes: Buffer) => void): void
  function randomFillSync<T extends NodeJS.ArrayBufferView>(view: T, from?: number, size?: number): T
  function randomInt(most: number): number
  function randomInt(least: number, most: number): number
  function randomInt(most: number, done: (error: Error | null, value: number) => void): void
  function randomInt(least: number, most: number, done: (error: Error | null, value: number) => void): void
  function randomUUID(): `${string}-${string}-${string}-${string}-${string}`
  function getRandomValues<T extends NodeJS.ArrayBufferView>(view: T): T
  function timingSafeEqual(a: NodeJS.ArrayBufferView, b: NodeJS.ArrayBufferView): boolean
  const subtle: {
    digest(algorithm: string | { name: string }, data: ArrayBuffer | NodeJS.ArrayBufferView): Promise<ArrayBuffer>
  }
  const webcrypto: {
    getRandomValues: typeof getRandomValues
    randomUUID: typeof randomUUID
    subtle: typeof subtle
  }
}
declare module 'crypto' {
  export * from 'node:crypto'
}
declare var crypto: typeof import('node:crypto').webcrypto
