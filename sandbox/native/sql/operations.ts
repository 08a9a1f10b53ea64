// The native half of `sql` in the child: it knows which bytes the session's files have, and passes requests on to the
// helper process, which checks them.
import * as z from 'zod/mini'
import { HelperRestarted, type Helper } from '../../helper-process/client.ts'
import { nameBelowRoot } from '../files/disk-names.ts'
import type { Disk } from '../files/disk.ts'
import type { Operations } from '../operation.ts'

const path = z.string().check(z.maxLength(4096))
const MAX_HEAD = 10_000_000
const head = z.object({ name: path, bytes: z.int().check(z.minimum(1), z.maximum(MAX_HEAD)) })

/** What is not for the helper alone. */
const asked = z.looseObject({ op: z.string(), generation: z.optional(z.number()) })

/** The operations over the files of one disk. */
export function sqlOperations(disk: Disk, helper: (name: 'sql') => Helper): Operations {
  const find = (at: string) => disk.files.get(nameBelowRoot(at) ?? '')
  return {
    'sql.call': async (request, bytes) => {
      const files = Object.fromEntries(
        [...disk.files].map(([name, { blob, isLinked = false }]) => [name, { blob, isLinked }]),
      )
      const sql = helper('sql')
      const { op, generation } = asked.parse(request)
      try {
        const { value, bytes: arrays } = await sql.call({ request, files }, bytes, generation)
        return [op === 'names' ? { generation: sql.generation, names: value } : value, arrays]
      } catch (error) {
        if (error instanceof HelperRestarted) return [{ isStale: true }, []]
        throw error
      }
    },
    'sql.file': (args) => {
      const found = find(path.parse(args))
      return [found ? { version: found.blob, bytes: found.bytes } : null, []]
    },
    'sql.head': (args) => {
      const { name, bytes } = head.parse(args)
      return [null, find(name) ? [disk.open(nameBelowRoot(name) ?? '').read(0, bytes)] : []]
    },
  }
}
