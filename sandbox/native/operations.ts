// All native operations except those on files, which belong to one session's disk.
import { makeCanvasOperations } from './canvas/operations.ts'
import { chartOperations } from './chart-library.ts'
import { compressionOperations } from './compression.ts'
import { gifOperations } from './gif/operations.ts'
import { hashOperations } from './hashing.ts'
import type { Operations } from './operation.ts'
import { sharpOperations } from './sharp/operations.ts'
import { textOperations } from './text.ts'

/** The operation table of one session. */
export function operationTable(): Operations {
  return {
    ...textOperations,
    ...hashOperations,
    ...compressionOperations,
    ...sharpOperations,
    ...makeCanvasOperations(),
    ...gifOperations,
    ...chartOperations,
  }
}
