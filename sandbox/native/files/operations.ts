// The snippet's `fs` operations, validated, on the session's file tree.
import type { Disk } from './disk.ts'
import { fileMoving } from './move-operations.ts'
import { fileReading } from './read-operations.ts'
import { fileWriting } from './write-operations.ts'
import type { Operations } from '../operation.ts'
import { openTree } from './tree.ts'

/** The operations on one disk; file contents are passed as byte arrays. */
export function fileOperations(disk: Disk): Operations {
  const tree = openTree(disk)
  return { ...fileReading(disk, tree), ...fileWriting(disk, tree), ...fileMoving(disk, tree) }
}
