// Why a file was not fetched: a stable code and a sentence, which reveals nothing about internal addresses.

export type FetchCode =
  | 'fetch_url'
  | 'fetch_scheme'
  | 'fetch_credentials'
  | 'fetch_address'
  | 'fetch_dns'
  | 'fetch_redirects'
  | 'fetch_status'
  | 'fetch_html'
  | 'fetch_encoding'
  | 'fetch_empty'
  | 'fetch_too_large'
  | 'fetch_slow'
  | 'fetch_timeout'
  | 'fetch_certificate'
  | 'fetch_cancelled'
  | 'fetch_failed'
  | 'fetch_off'

/** A file was not fetched; the message is a complete sentence. */
export class FetchError extends Error {
  readonly code: FetchCode
  constructor(code: FetchCode, message: string) {
    super(message)
    this.code = code
  }
}
