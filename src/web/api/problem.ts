// A request that failed, as the page tells it: the server's sentence and code, or that the server was not reached.

/** `code` is the server's stable one, `offline` when nothing answered. */
export class RequestProblem extends Error {
  readonly status: number
  readonly code: string
  /** Names of the files that went with an expired session. */
  readonly gone: readonly string[]
  constructor(status: number, code: string, message: string, gone: readonly string[] = []) {
    super(message)
    this.status = status
    this.code = code
    this.gone = gone
  }
}

/** The problem that an answer is. */
export function problemOf(status: number, body: string): RequestProblem {
  try {
    const { code, detail, files } = JSON.parse(body) as Readonly<Record<string, unknown>>
    if (typeof code === 'string' && typeof detail === 'string')
      return new RequestProblem(status, code, detail, namesIn(files))
  } catch {
    // No JSON: something between us and the server answered.
  }
  return new RequestProblem(status, 'unexpected', `The server answered ${status}.`)
}

function namesIn(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((name): name is string => typeof name === 'string') : []
}

/** Whatever was thrown, as a problem. */
export function asProblem(error: unknown): RequestProblem {
  if (error instanceof RequestProblem) return error
  return new RequestProblem(0, 'offline', 'The server does not answer.')
}
