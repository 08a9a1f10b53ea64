// The conformance snippets as cells of one session: many redeclared names, files that come and go. The exported project
// makes the same files. EVERY=1 runs all of them.
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { drawInputs } from '../conformance/inputs.ts'
import { openScene, sha256, start, unpacked } from './scene.ts'

const every = Number(process.env['EVERY'] ?? 4)
const folder = new URL('../conformance/snippets/', import.meta.url)
const snippets = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !name.startsWith('throws-') && !needsCanvas(name) && !copies(name))
  .filter((_, at) => at % every === 0)

/** Whether it needs the project's own package `canvas`, which only `npm install` links; see install.test.ts. */
function needsCanvas(name: string): boolean {
  return /'(?:canvas|chartjs-node-canvas)'/.test(readFileSync(new URL(name, folder), 'utf8'))
}

/** Whether it copies folders with fs's own `cp`, which Node's permission model refuses (sandbox/LIMITS.md). */
function copies(name: string): boolean {
  return /\bcp\(/.test(readFileSync(new URL(name, folder), 'utf8'))
}

it(`${snippets.length} snippets one after the other make the same files outside`, async () => {
  const { scene, close } = await openScene()
  const inputs = await drawInputs()
  const uploads = readdirSync(inputs.folder).map((name) => ({ name, path: join(inputs.folder, name) }))
  let well = 0
  try {
    for (const name of snippets) {
      // Snippets change and remove existing files.
      for (const upload of uploads)
        if (scene.files()[upload.name] !== sha256(upload.path))
          await scene.upload(upload.name, readFileSync(upload.path))
      const { status } = await scene.run(readFileSync(new URL(name, folder), 'utf8'), { purpose: name })
      if (status === 'ok') well++
    }
    const { zip, files, cells } = await scene.export()
    expect(cells).toBe(well)
    expect(well).toBeGreaterThan(snippets.length * 0.75)
    const project = unpacked(zip)
    const { code, stdout, stderr } = await start(project)
    // What it says before it fails is long: the reason comes first.
    expect(code === 0 ? '' : stderr).toBe('')
    expect(stdout).toMatch(new RegExp(`\n${files} of ${files} files are the same as in the session\\.`))
    expect(code).toBe(0)
    expect(files).toBeGreaterThan(snippets.length / 2)
    for (const [name, hash] of Object.entries(scene.files()))
      expect([name, sha256(join(project, 'work', name))]).toEqual([name, hash])
  } finally {
    await inputs.remove()
    await close()
  }
}, 300_000)
