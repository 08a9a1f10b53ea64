// node:url: the global classes and file URL conversions.
import { argumentTypeError, withCode } from '../core/node-error.ts'
import pathModule from '../core/path.ts'

function fileURLToPath(given: string | URL): string {
  if (typeof given !== 'string' && !(given instanceof URL)) {
    throw argumentTypeError('path', 'of type string or an instance of URL', given)
  }
  const { protocol, hostname, pathname } = new URL(given)
  if (protocol !== 'file:') throw withCode(new TypeError('The URL must be of scheme file'), 'ERR_INVALID_URL_SCHEME')
  if (hostname !== '') {
    throw withCode(new TypeError('File URL host must be "localhost" or empty on linux'), 'ERR_INVALID_FILE_URL_HOST')
  }
  if (/%2f/i.test(pathname)) {
    throw withCode(new TypeError('File URL path must not include encoded / characters'), 'ERR_INVALID_FILE_URL_PATH')
  }
  return decodeURIComponent(pathname)
}

function pathToFileURL(path: string): URL {
  const whole = pathModule.resolve(path) + (path.endsWith('/') && path !== '/' ? '/' : '')
  const escaped = whole.replace(/[%\\\n\r\t#?]/g, (char) => encodeURIComponent(char))
  return new URL(`file://${escaped}`)
}

/** The options of `http.request` for a URL. */
function urlToHttpOptions(url: URL): object {
  const { protocol, hostname, hash, search, pathname, href, port } = url
  return {
    protocol,
    hostname,
    hash,
    search,
    pathname,
    path: `${pathname}${search}`,
    href,
    ...(port && { port: Number(port) }),
  }
}

export const urlModule = {
  URL,
  URLSearchParams,
  fileURLToPath,
  pathToFileURL,
  urlToHttpOptions,
  format: (url: URL | string) => String(url),
  resolve: (from: string, to: string) => resolve(from, to),
}

/** Resolves a link as browsers do; both may be relative. */
function resolve(from: string, to: string): string {
  const base = new URL(from, 'resolve://')
  const url = new URL(to, base)
  return url.protocol === 'resolve:' ? `${url.pathname}${url.search}${url.hash}` : url.href
}
