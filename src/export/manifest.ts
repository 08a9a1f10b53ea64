// package.json and package-lock.json of a project: the packages that it uses, in exactly the session's versions.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { productFolder } from '../../sandbox/product.ts'

type Versions = Readonly<Record<string, string>>

interface ProductManifest {
  readonly dependencies: Versions
  readonly devDependencies: Versions
  readonly optionalDependencies: Versions
}

interface Locked {
  readonly version?: string
  readonly resolved?: string
  readonly link?: boolean
  readonly dependencies?: Versions
  readonly optionalDependencies?: Versions
}

const NAME = 'easel-export'
/** Our own `canvas` over @napi-rs/canvas, which compiles nothing. */
const CANVAS = 'file:easel/canvas'

/** The texts of both files; no lock file where the product has none. */
export function manifestFiles(packages: Iterable<string>, description: string): Map<string, string> {
  const product = readJson('package.json') as ProductManifest
  const manifest = manifestOf(product, new Set(packages), description)
  const files = new Map([['package.json', jsonText(manifest)]])
  if (existsSync(join(productFolder(), 'package-lock.json'))) {
    const { packages: locked } = readJson('package-lock.json') as { packages: Record<string, Locked> }
    files.set('package-lock.json', jsonText(lockOf(manifest, locked)))
  }
  return files
}

type Manifest = ReturnType<typeof manifestOf>

function manifestOf(product: ProductManifest, used: Set<string>, description: string) {
  if (used.has('chartjs-node-canvas')) used.add('canvas').add('chart.js')
  if ([...used].some((name) => /chartjs-(?:chart|plugin|adapter)-/.test(name))) used.add('chart.js')
  if (used.has('chartjs-adapter-date-fns')) used.add('date-fns')
  const dependencies: Record<string, string> = {}
  for (const name of [...used].toSorted()) {
    const version = name === 'canvas' ? CANVAS : product.dependencies[name]
    if (version === undefined) throw new Error(`The project needs ${name}, which is no dependency of Easel.`)
    dependencies[name] = version
  }
  return {
    name: NAME,
    version: '1.0.0',
    private: true,
    description,
    type: 'module',
    scripts: { start: 'node easel/node-setup/start.js' },
    dependencies,
    optionalDependencies: product.optionalDependencies,
    ...(used.has('chartjs-node-canvas') ? { overrides: { 'chartjs-node-canvas': { canvas: '$canvas' } } } : {}),
    engines: { node: '>=20' },
  }
}

/** The part of the product's lock file that the project's packages depend on. */
function lockOf(manifest: Manifest, locked: Readonly<Record<string, Locked>>): unknown {
  const { name, version, dependencies, optionalDependencies, engines } = manifest
  const kept = new Map<string, unknown>()
  const waiting: [from: string, name: string][] = Object.keys({ ...dependencies, ...optionalDependencies }).map(
    (each) => ['', each],
  )
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const place = placeOf(locked, ...next)
    if (place === undefined || kept.has(place)) continue
    const entry = locked[place] ?? {}
    if (entry.link) {
      kept.set(place, { resolved: 'easel/canvas', link: true })
      kept.set('easel/canvas', locked[entry.resolved ?? ''])
      waiting.push(
        ...Object.keys(locked[entry.resolved ?? '']?.dependencies ?? {}).map((each) => ['', each] as [string, string]),
      )
      continue
    }
    const { dev: _, devOptional: __, peer: ___, ...facts } = entry as Record<string, unknown>
    kept.set(place, facts)
    for (const each of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies }))
      waiting.push([place, each])
  }
  const root = { name, version, dependencies, optionalDependencies, engines }
  const packages = { '': root, ...Object.fromEntries([...kept].toSorted(([a], [b]) => (a < b ? -1 : 1))) }
  return { name, version, lockfileVersion: 3, requires: true, packages }
}

/** The key of the entry that Node resolves for package `name`, required from the package at `from`. */
function placeOf(locked: Readonly<Record<string, Locked>>, from: string, name: string): string | undefined {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const place = at === '' ? `node_modules/${name}` : `${at}/node_modules/${name}`
    if (locked[place]) return place
    if (at === '') return undefined
  }
}

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(productFolder(), name), 'utf8'))
}

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
