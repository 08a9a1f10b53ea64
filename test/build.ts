// Builds the product once before the tests, so that the sandbox always runs a bundle of the current sources.
import type { TestProject } from 'vitest/node'
import { build } from '../src/build/build.ts'

/** The fast tests need no build. */
export default async function setup({ vitest }: TestProject): Promise<void> {
  if (vitest.projects.some(({ name }) => name !== 'fast')) await build()
}
