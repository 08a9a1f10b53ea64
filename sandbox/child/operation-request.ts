// Validates a guest's request: the operation's name, its arguments, its byte arrays.
import * as z from 'zod/mini'
import type { OperationResult, OperationContext, Operations } from '../native/operation.ts'

const request = z.tuple([z.string().check(z.maxLength(60)), z.unknown(), z.int().check(z.minimum(0), z.maximum(4096))])
const MAX_JSON = 64_000_000

/** Parses a request into the operation call, not yet started. Throws TypeError. */
export function readRequest(
  json: unknown,
  bytes: readonly Uint8Array[],
  operations: Operations,
  context: OperationContext,
): () => OperationResult | Promise<OperationResult> {
  if (typeof json !== 'string' || json.length > MAX_JSON) throw new TypeError('The request is not a bounded string.')
  const [name, args, count] = request.parse(JSON.parse(json))
  if (count !== bytes.length) throw new TypeError('The request does not match its byte arrays.')
  const operation = Object.hasOwn(operations, name) ? operations[name] : undefined
  if (!operation) throw new TypeError(`There is no operation ${name}.`)
  return () => operation(args, bytes, context)
}
