// The files that a cell makes, taken from the child as it reports them.
import { toSingleLine } from '../../sandbox/untrusted-text.ts'
import type { Limits } from '../../sandbox/limits.ts'
import type { Report } from '../../sandbox/protocol.ts'
import { FileRefused } from './file-rules.ts'
import type { KeptFiles } from './kept-files.ts'
import { formatMegabytes } from './overuse.ts'
import type { CellReport } from './run.ts'

export interface Outputs {
  /** Passes on a report of the child; one of a file once the file is kept. */
  readonly report: (report: CellReport) => void
  /** Resolves when all reported files are kept; `lost`: those still waiting are given up. */
  settled(lost: boolean): Promise<void>
}

/** Copies the files that the child in `scratch` made into `kept`. */
export function takeOutputs(
  kept: KeptFiles,
  scratch: string,
  limits: Pick<Limits, 'writtenBytes'>,
  emit: (event: CellReport) => void,
): Outputs {
  /** Bytes copied so far: a hole in a sparse file costs the child nothing, but the copy has its bytes. */
  let copied = 0

  // One after another, so that each is checked against the quotas with all earlier ones counted.
  let taking = Promise.resolve()
  let givenUp = false

  const take = async (report: Extract<Report, { type: 'file' }>): Promise<void> => {
    if (givenUp) return
    try {
      if (copied > limits.writtenBytes) throw writtenBytesError(limits)
      const file = await kept.takeBlob(report.name, report.blob, scratch)
      copied += file.bytes
      emit({ ...report, name: file.name, bytes: file.bytes })
    } catch (error) {
      const reason = error instanceof FileRefused ? error.message : 'It could not be read back.'
      const text = `${toSingleLine(report.name)} was not kept: ${reason}\n`
      emit({ type: 'print', cell: report.cell, stream: 'stderr', text })
    }
  }

  return {
    report(report) {
      if (report.type === 'file') {
        taking = taking.then(() => take(report))
        return
      }
      if (report.type === 'removed') {
        taking = taking.then(() => kept.remove(report.name))
        // `settled` reports the failure.
        taking.catch(() => undefined)
      }
      emit(report)
    },
    settled(lost) {
      givenUp = lost
      return taking
    },
  }
}

function writtenBytesError({ writtenBytes }: Pick<Limits, 'writtenBytes'>): FileRefused {
  const message = `All versions of the files of this cell together exceed ${formatMegabytes(writtenBytes)}, the limit. Write them less often.`
  return new FileRefused('EASEL_WRITTEN_BYTES', message)
}
