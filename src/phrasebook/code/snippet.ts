// Writes a request's jobs as one snippet of idiomatic TypeScript.
import type { Job } from '../jobs/job.ts'
import { newDraft, type SnippetDraft } from './draft.ts'
import { writeShrink, writeSlideshow, writeSpin } from './motion-code.ts'
import { writeEdit, writeHistogram, writeInfo, writePanels } from './picture-code.ts'
import { writeChart } from './chart-code.ts'
import { writeBox } from './box-code.ts'
import { writeQuery } from './query-code.ts'
import { writeDistribution, writeRace, writeSummary } from './table-code.ts'

/** The snippet that makes the files of all jobs. */
export function snippetOf(jobs: readonly Job[]): string {
  const draft = newDraft()
  for (const [at, job] of jobs.entries()) {
    if (at > 0) draft.line('')
    write(draft, job)
  }
  return draft.text()
}

function write(draft: SnippetDraft, job: Job): void {
  switch (job.kind) {
    case 'edit':
      return writeEdit(draft, job)
    case 'panels':
      return writePanels(draft, job)
    case 'spin':
      return writeSpin(draft, job)
    case 'slideshow':
      return writeSlideshow(draft, job)
    case 'shrink':
      return writeShrink(draft, job)
    case 'histogram':
      return writeHistogram(draft, job)
    case 'info':
      return writeInfo(draft, job)
    case 'summary':
      return writeSummary(draft, job)
    case 'chart':
      return writeChart(draft, job)
    case 'query':
      return writeQuery(draft, job)
    case 'box':
      return writeBox(draft, job)
    case 'distribution':
      return writeDistribution(draft, job)
    case 'race':
      return writeRace(draft, job)
  }
}
