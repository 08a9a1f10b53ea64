// What the guest may learn of an error on the host: name, message, code and fs's fields, but never a host path.
import * as z from 'zod/mini'
import { productFolder } from '../product.ts'

export interface OperationError {
  readonly name: string
  readonly message: string
  readonly code?: string
  readonly [extra: string]: unknown
}

/** Describes whatever value an operation threw. */
export function describeError(error: unknown): OperationError {
  if (error instanceof z.core.$ZodError) {
    const issue = error.issues[0]
    return {
      name: 'TypeError',
      message: `Invalid argument${issue?.path.length ? ` ${issue.path.join('.')}` : ''}: ${issue?.message ?? ''}`,
    }
  }
  if (!(error instanceof Error)) return { name: 'Error', message: 'The operation failed.' }
  const { code, errno, syscall, path, dest } = error as NodeJS.ErrnoException & { dest?: string }
  const fs = typeof syscall === 'string' ? { errno, syscall, path: hideHostPaths(path), dest: hideHostPaths(dest) } : {}
  return {
    name: error.name,
    message: hideHostPaths(error.message.slice(0, 4000)),
    ...(typeof code === 'string' ? { code } : {}),
    ...fs,
  }
}

const product = productFolder()

/** Replaces host paths (scratch folder, product) that native libraries put in their messages. */
function hideHostPaths<T extends string | undefined>(text: T): T {
  return text?.replaceAll(process.cwd(), '/mnt/data').replaceAll(product, 'easel') as T
}
