// What somebody asked of a session and cannot have, with a stable code.

export class SessionProblem extends Error {
  readonly code: 'unknown_file' | 'not_replaceable' | 'bad_edit' | 'EASEL_BUSY'
  constructor(code: SessionProblem['code'], message: string) {
    super(message)
    this.code = code
  }
}
