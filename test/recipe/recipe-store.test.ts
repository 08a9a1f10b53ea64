// Recipes in the data folder: written whole or not at all, never overwritten, and validated when read.
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isRecipeName, type Recipe } from '../../src/recipe/recipe.ts'
import { openRecipeStore } from '../../src/recipe/recipe-store.ts'
import { openStore } from '../../sessions/sqlite/store.ts'
import { newFolder } from '../cli/program.ts'

function recipeOf(name: string): Recipe {
  return {
    version: 1,
    name,
    savedAt: '2026-11-22T00:00:00.000Z',
    inputs: [{ name: '照片 "1".png', columns: ['a'] }],
    result: 'b.png',
    cells: [{ code: 'x()\n', seed: 7, made: ['b.png'] }],
    renames: 'code',
  }
}

describe('a shelf', () => {
  it('gives back what was saved, by name, and forgets what was removed', async () => {
    const store = openRecipeStore(newFolder())
    expect(await store.list()).toEqual([])
    await store.save(recipeOf('two words'))
    await store.save(recipeOf('灰度'))
    expect(await store.read('two words')).toEqual(recipeOf('two words'))
    expect((await store.list()).map(({ name }) => name).sort()).toEqual(['two words', '灰度'])
    expect([await store.remove('灰度'), await store.remove('灰度')]).toEqual([true, false])
    await expect(store.read('灰度')).rejects.toMatchObject({
      code: 'EASEL_RECIPE_UNKNOWN',
      message: 'There is no recipe "灰度". There are: two words.',
    })
    await expect(openRecipeStore(newFolder()).read('x')).rejects.toThrow(
      'There is no recipe "x". None has been saved yet.',
    )
  })

  it('never writes over a recipe, not even when two save at once, and leaves no half of one', async () => {
    const folder = newFolder()
    const store = openRecipeStore(folder)
    const all = await Promise.allSettled(
      [1, 2, 3, 4].map((seed) => store.save({ ...recipeOf('gray'), savedAt: String(seed) })),
    )
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const message = 'There is a recipe "gray" already. Choose another name, or remove it first: easel recipe rm gray'
    const failed = all.find((one) => one.status === 'rejected')
    expect(failed).toMatchObject({ reason: { code: 'EASEL_RECIPE_EXISTS', message } })
    await expect(store.checkFree('gray')).rejects.toThrow(message)
    expect(readdirSync(join(folder, 'recipes'))).toEqual(['gray.json'])
  })

  it('lies in a folder that only its owner can enter, beside the sessions', async () => {
    const folder = join(newFolder(), 'data')
    await (await openStore({ folder })).close()
    await openRecipeStore(folder).save(recipeOf('gray'))
    await (await openStore({ folder })).close()
    const mode = (...path: string[]): string => (statSync(join(folder, ...path)).mode & 0o777).toString(8)
    expect([mode(), mode('recipes'), mode('recipes', 'gray.json')]).toEqual(['700', '700', '600'])
    expect(await openRecipeStore(folder).list()).toHaveLength(1)
  })

  it('says of a file that is no recipe that it is damaged, and of a newer one that it is newer', async () => {
    const folder = newFolder()
    mkdirSync(join(folder, 'recipes'))
    const write = (name: string, text: string): void => writeFileSync(join(folder, 'recipes', name), text)
    write('a.json', '{"version":1')
    write('b.json', JSON.stringify({ ...recipeOf('b'), version: 2 }))
    write('c.json', JSON.stringify({ ...recipeOf('c'), cells: [] }))
    write('no recipe.txt', '')
    write('no.name.json', '')
    expect(await openRecipeStore(folder).list()).toEqual([
      {
        name: 'a',
        problem: `The recipe "a" cannot be read: ${folder}/recipes/a.json is damaged. Remove it and save it again.`,
      },
      { name: 'b', problem: 'The recipe "b" was saved by a newer Easel (version 2; this one reads up to 1).' },
      {
        name: 'c',
        problem: `The recipe "c" cannot be read: ${folder}/recipes/c.json is damaged. Remove it and save it again.`,
      },
    ])
  })

  it('does not follow a link that stands in its place', async () => {
    const [folder, elsewhere] = [newFolder(), newFolder()]
    symlinkSync(elsewhere, join(folder, 'recipes'))
    await expect(openRecipeStore(folder).save(recipeOf('gray'))).rejects.toMatchObject({
      code: 'EASEL_STORE_FAILED',
      message: expect.stringMatching(/^The data folder .* failed: E(?:NOTDIR|LOOP)/),
    })
    expect(readdirSync(elsewhere)).toEqual([])
  })

  it('keeps a recipe as readable JSON', async () => {
    const folder = newFolder()
    await openRecipeStore(folder).save(recipeOf('gray'))
    expect(JSON.parse(readFileSync(join(folder, 'recipes', 'gray.json'), 'utf8'))).toEqual(recipeOf('gray'))
  })
})

describe("a recipe's name", () => {
  it.for(['gray', 'a b', '灰度 2', 'x_y-z', 'é', 'a'.repeat(60)])('can be %s', (name) =>
    expect(isRecipeName(name)).toBe(true),
  )
  it.for(['', ' a', 'a ', '../a', 'a/b', 'a.b', 'a\nb', 'a\n', '.', 'a'.repeat(61), '\\', '😀'])(
    'cannot be %j',
    (name) => expect(isRecipeName(name)).toBe(false),
  )
})
