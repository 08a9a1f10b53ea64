// Builds the product once before the tests: what runs in the sandbox is always the bundle of today's sources.
import type { TestProject } from 'vitest/node'
import { build } from '../src/build/build.ts'

/** The fast tests alone need nothing that is built. */
export default async function setup({ vitest }: TestProject): Promise<void> {
  if (vitest.projects.some(({ name }) => name !== 'fast')) await build()
}
