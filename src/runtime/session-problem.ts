// A request to a session that cannot be fulfilled, with a stable code.

export class SessionProblem extends Error {
  readonly code: 'unknown_file' | 'not_replaceable' | 'bad_edit' | 'EASEL_BUSY'
  constructor(code: SessionProblem['code'], message: string) {
    super(message)
    this.code = code
  }
}
