// The snippet's `fs` operations, validated, on the session's file tree.
import type { Disk } from './disk.ts'
import { createMoveOperations } from './move-operations.ts'
import { createReadOperations } from './read-operations.ts'
import { createWriteOperations } from './write-operations.ts'
import type { Operations } from '../operation.ts'
import { openTree } from './tree.ts'

/** The operations on one disk; file contents are passed as byte arrays. */
export function fileOperations(disk: Disk): Operations {
  const tree = openTree(disk)
  return {
    ...createReadOperations(disk, tree),
    ...createWriteOperations(disk, tree),
    ...createMoveOperations(disk, tree),
  }
}
