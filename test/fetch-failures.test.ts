// What the system says of a fetch that fails, in words for a person.
import { describe, expect, it } from 'vitest'
import { fetchFile } from '../src/fetch/fetch-file.ts'
import { refusal } from './fetch-server.ts'

const A = '93.184.215.14'

describe('what the system says', () => {
  const said = (code: string | undefined): Promise<unknown> => {
    const resolve = () => Promise.resolve([{ address: A, family: 4 }])
    const connect = (): never => {
      throw Object.assign(new Error('connect 10.0.0.1 /tmp/x'), code === undefined ? {} : { code })
    }
    const signal = new AbortController().signal
    return refusal(fetchFile('https://a.org/', { signal, folder: '/none', mostBytes: 1, resolve, connect }))
  }

  it.each([
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'SELF_SIGNED',
    'UNABLE_TO_GET_ISSUER',
    'UNABLE_TO_VERIFY',
  ])('of a certificate is told with its name: %s', async (code) =>
    expect(await said(code)).toEqual({
      code: 'fetch_certificate',
      message: `The certificate of a.org is not valid (${code}).`,
    }),
  )

  it.each([
    ['ENOSPC', 'The disk for temporary files is full. Choose another folder with TMPDIR.'],
    ['EDQUOT', 'The disk for temporary files is full. Choose another folder with TMPDIR.'],
    ['HPE_HEADER_OVERFLOW', 'a.org sent too long a header.'],
    ['ECONNREFUSED', 'a.org refused the connection.'],
    ['ECONNRESET', 'a.org broke the connection off before the file was whole.'],
    ['EPIPE', 'a.org broke the connection off before the file was whole.'],
    ['EHOSTUNREACH', 'a.org could not be reached (EHOSTUNREACH).'],
    ['ERR_X', 'a.org could not be reached (ERR_X).'],
    ['X/tmp', 'a.org could not be reached.'],
    ['/tmpX', 'a.org could not be reached.'],
    ['10.0.0.1', 'a.org could not be reached.'],
    ['', 'a.org could not be reached.'],
    [undefined, 'a.org could not be reached.'],
  ])('as %s is put in words without addresses or paths', async (code, message) =>
    expect(await said(code)).toEqual({ code: 'fetch_failed', message }),
  )
})
