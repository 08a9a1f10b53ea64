// Serves the built page: the files of its folder by exact path, read once, compressed for clients that accept it. Only
// files listed from the folder are served, so no path leads out of it.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Context } from 'hono'
import { PAGE_POLICY } from './headers.ts'
import { notFound } from './problem.ts'

interface Asset {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly packed: Uint8Array<ArrayBuffer> | undefined
  readonly type: string
  readonly tag: string
  /** Its name contains a hash of its bytes, so it never changes. */
  readonly fixed: boolean
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/vnd.microsoft.icon',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.txt': 'text/plain; charset=utf-8',
}
const PACKED = /^text\/|json|svg/

/** Serves the page of a folder; a folder that is not built yet is checked again at each request. */
export function createPage(folder: string): (c: Context) => Promise<Response> {
  let reading: Promise<ReadonlyMap<string, Asset>> | undefined
  const assets = async (): Promise<ReadonlyMap<string, Asset>> => {
    reading ??= readAssets(folder)
    const found = await reading
    if (!found.has('/index.html')) reading = undefined
    return found
  }
  return async (c) => {
    const found = await assets()
    const path = c.req.path
    const asset = found.get(path)
    if (asset) return answer(c, asset)
    const isPage = path === '/' || (extname(path) === '' && (c.req.header('accept') ?? '').includes('text/html'))
    if (!isPage || (c.req.method !== 'GET' && c.req.method !== 'HEAD')) throw notFound('page')
    const index = found.get('/index.html')
    return index ? answer(c, index) : plainPage(503, NOT_BUILT)
  }
}

const NOT_BUILT = `<h1>Easel is running, but its page is not built.</h1>
<p>Build it with <code>npm run build</code> and reload. The API works without it: see <a href="/api/openapi.json">/api/openapi.json</a>.</p>`

/** A page without scripts, for responses before the real page can be shown. */
export function plainPage(status: number, body: string): Response {
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Easel</title><body>${body}</body></html>`
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': PAGE_POLICY,
    'cache-control': 'no-store',
  }
  return new Response(html, { status, headers })
}

async function readAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
  const pairs = files.map(async (entry) => {
    const path = join(entry.parentPath, entry.name)
    const url = `/${relative(folder, path).split(sep).join('/')}`
    return [url, await readAsset(path, url)] as const
  })
  return new Map(await Promise.all(pairs))
}

async function readAsset(path: string, url: string): Promise<Asset> {
  const bytes = new Uint8Array(await readFile(path))
  const type = TYPES[extname(path)] ?? 'application/octet-stream'
  const packed =
    PACKED.test(type) && bytes.length > 1000 ? new Uint8Array(await promisify(gzip)(bytes, { level: 9 })) : undefined
  const tag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  return { bytes, packed, type, tag, fixed: /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(url) }
}

function answer(c: Context, { bytes, packed, type, tag, fixed }: Asset): Response {
  const headers = new Headers({
    'content-type': type,
    etag: tag,
    'cache-control': fixed ? 'public, max-age=31536000, immutable' : 'no-cache',
    'content-security-policy': PAGE_POLICY,
    vary: 'accept-encoding',
  })
  if ((c.req.header('if-none-match') ?? '').includes(tag)) return new Response(null, { status: 304, headers })
  const small = packed && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '') ? packed : undefined
  if (small) headers.set('content-encoding', 'gzip')
  const body = small ?? bytes
  headers.set('content-length', String(body.length))
  return new Response(c.req.method === 'HEAD' ? null : body, { headers })
}
