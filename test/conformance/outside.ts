// Runs a snippet in plain Node with the real packages and our setup file, in a folder of its own.
import { spawn } from 'node:child_process'
import { cp, mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CHANCE, fingerprint, sorted, type Trace } from './trace.ts'

const setup = new URL('../../sandbox/node-setup/setup.ts', import.meta.url).href
const witness = new URL('witness.ts', import.meta.url).href

/** Runs the snippet's file with `inputs` copied into its working directory; in `cache` Node keeps the packages' compiled code. */
export async function runOutside(snippet: URL, inputs: string, cache: string): Promise<Trace> {
  const folder = await mkdtemp(join(tmpdir(), 'easel-outside-'))
  try {
    await cp(inputs, folder, { recursive: true })
    const [stdout, stderr, error] = await runNode(fileURLToPath(snippet), folder, cache)
    const files = new Map<string, string>()
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      if (entry.isFile()) files.set(path.slice(folder.length + 1), fingerprint(await readFile(path)))
    }
    return { files: sorted(files), stdout, stderr, error }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Standard output, standard error and what the witness wrote to descriptor 3. */
async function runNode(path: string, cwd: string, cache: string): Promise<[string, string, string]> {
  const { PATH = '', HOME = '' } = process.env
  const chance = { EASEL_SEED: String(CHANCE.seed), EASEL_CLOCK: String(CHANCE.clock) }
  const env = { PATH, HOME, NODE_COMPILE_CACHE: cache, ...chance }
  const child = spawn(process.execPath, ['--import', setup, '--import', witness, path], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const ended = new Promise((resolve, reject) => child.on('error', reject).on('close', resolve))
  const [, stdout, stderr, words] = child.stdio
  const [texts] = await Promise.all([Promise.all([textOf(stdout), textOf(stderr), textOf(words)]), ended])
  return texts
}

async function textOf(stream: unknown): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of stream as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString()
}
