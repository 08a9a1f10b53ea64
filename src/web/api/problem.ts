// A failed request: the server's code and message, or that the server could not be reached.

/** `code` is the server's stable error code, or `offline` when nothing answered. */
export class RequestProblem extends Error {
  readonly status: number
  readonly code: string
  /** Names of the files that were deleted with an expired session. */
  readonly gone: readonly string[]
  constructor(status: number, code: string, message: string, gone: readonly string[] = []) {
    super(message)
    this.status = status
    this.code = code
    this.gone = gone
  }
}

/** Parses an error response. */
export function problemOf(status: number, body: string): RequestProblem {
  try {
    const { code, detail, files } = JSON.parse(body) as Readonly<Record<string, unknown>>
    if (typeof code === 'string' && typeof detail === 'string')
      return new RequestProblem(status, code, detail, namesIn(files))
  } catch {
    // Not JSON: a proxy between us and the server answered.
  }
  return new RequestProblem(status, 'unexpected', `The server answered ${status}.`)
}

function namesIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : []
}

/** Wraps anything thrown. */
export function asProblem(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error
  return new RequestProblem(0, 'offline', 'The server is not responding.')
}
