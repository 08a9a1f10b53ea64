// Uploads files with XMLHttpRequest, since fetch does not report upload progress.
import { uploadUrl } from './client.ts'
import { problemOf, RequestProblem } from './problem.ts'
import type { FileShape } from '../../http/schemas.ts'

export interface Sending {
  readonly done: Promise<readonly FileShape[]>
  readonly cancel: () => void
}

/** Uploads one file; `onProgress` gets fractions from 0 to 1. A cancelled upload rejects with code `cancelled`. */
export function sendFile(session: string, file: File, onProgress: (share: number) => void): Sending {
  const request = new XMLHttpRequest()
  const done = new Promise<readonly FileShape[]>((resolve, reject) => {
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total)
    })
    request.addEventListener('load', () => {
      if (request.status !== 200) return reject(problemOf(request.status, request.responseText))
      resolve((JSON.parse(request.responseText) as { files: FileShape[] }).files)
    })
    request.addEventListener('error', () => reject(new RequestProblem(0, 'offline', 'The server is not responding.')))
    request.addEventListener('abort', () => reject(new RequestProblem(0, 'cancelled', 'Cancelled.')))
  })
  const form = new FormData()
  form.append('files', file, file.name || 'file')
  request.open('POST', uploadUrl(session))
  request.send(form)
  return { done, cancel: () => request.abort() }
}
