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
    'fs.space': (_args, _bytes, { limits }) => {
      const { fileBytes, sessionBytes, sessionFiles } = limits
      let held = 0
      for (const { bytes } of disk.files.values()) held += bytes
      const left = { bytes: Math.max(0, sessionBytes - held), files: Math.max(0, sessionFiles - disk.files.size) }
      return [{ fileBytes, ...left }, []]
    },
  }
}
