// Builds the product once before the tests: what runs in the sandbox is always the bundle of today's sources.
import { build } from '../src/build.ts'

export default async function setup(): Promise<void> {
  await build()
}
