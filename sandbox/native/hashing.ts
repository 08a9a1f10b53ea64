// Hashes for the guest: Node's own, over complete inputs.
import { createHash, createHmac, getHashes } from 'node:crypto'
import * as z from 'zod/mini'
import type { Operations } from './operation.ts'

const requestSchema = z.object({
  algorithm: z.string().check(z.maxLength(40)),
  /** Output length in bytes, for hashes that let it be chosen. */
  length: z.optional(z.int().check(z.minimum(0), z.maximum(65_536))),
  /** Whether the first byte array is the key. */
  keyed: z.boolean(),
})

export const hashOperations: Operations = {
  'crypto.hash': (args, bytes) => {
    const { algorithm, length, keyed } = requestSchema.parse(args)
    const [key = NOTHING, ...rest] = keyed ? bytes : [undefined, ...bytes]
    const hash = keyed
      ? createHmac(algorithm, key)
      : createHash(algorithm, length === undefined ? {} : { outputLength: length })
    for (const part of rest) if (part) hash.update(part)
    return [null, [new Uint8Array(hash.digest())]]
  },
  'crypto.names': () => [getHashes(), []],
}

const NOTHING = new Uint8Array(0)
