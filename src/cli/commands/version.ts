// The text of `easel --version`; with --verbose also the process wall of this machine and what it enforces.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { productFolder } from '../../../sandbox/product.ts'
import { WALL_FACTS, wallName, wallNotice, type Wall } from '../../process-wall/levels.ts'
import { findWall } from '../../runner/wall-report.ts'

/** The product's version. */
export function version(): string {
  const text = readFileSync(join(productFolder(), 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** The versions, and the process wall on this machine. */
export async function verboseVersion(): Promise<string> {
  const wall = await findWall()
  const lines = [`easel ${version()}`, `Node ${process.versions.node} on ${process.platform} ${process.arch}`]
  return [...lines, ...(wall ? describeWall(wall) : ['The sandbox does not start here.'])].join('\n')
}

/** Name and properties of a process wall, one a line. */
function describeWall(wall: Wall): string[] {
  const notice = wallNotice(wall.level, wall.isFiltered)
  const line = ({ what, isPossible }: (typeof WALL_FACTS)[number]): string =>
    `  ${isPossible(wall) ? 'can   ' : 'cannot'} ${what}`
  return [
    `Sandbox wall: ${wallName(wall)}. A sandbox process that is wholly in an attacker's hands`,
    ...WALL_FACTS.map(line),
    ...(notice === undefined ? [] : [notice]),
  ]
}
