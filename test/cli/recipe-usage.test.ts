// Recipes on the command line: usage errors, and recipes that give no result.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { easel } from './main.ts'
import { newFolder, onlyEvent, portrait, type Ended } from './program.ts'

function recipe(data: string, ...args: string[]): Promise<Ended> {
  return easel(['recipe', ...args, '--data', data])
}

describe('wrong usage of easel recipe', () => {
  it('is told with exit code 2', async () => {
    const cases: [string[], string][] = [
      [['cook'], 'There is no "easel recipe cook". Try easel recipe save, run, list or rm; see easel --help.'],
      [['save'], 'easel recipe save needs a name: easel recipe save NAME --session ID [FILE].'],
      [['rm'], 'easel recipe rm needs a name: easel recipe rm NAME.'],
      [['save', 'a'], 'easel recipe save needs a session: easel recipe save NAME --session ID. See easel sessions.'],
      [['list', 'a'], 'easel recipe list takes no other words.'],
      [
        ['save', '../a', '--session', 'x'],
        'A recipe cannot be called "../a": use letters, digits, "-", "_" and spaces, at most 60 characters.',
      ],
      [
        ['save', 'a', 'b', 'c', '--session', 'x'],
        'easel recipe save saves the snippets of one file: name one, or none for the last.',
      ],
    ]
    const data = newFolder()
    for (const [args, message] of cases) {
      expect(await recipe(data, ...args)).toEqual({ code: 2, stdout: '', stderr: `easel: ${message}\n` })
    }
  })

  it('is a number of files that the recipe cannot share out', async () => {
    const folder = join(newFolder(), 'recipes')
    mkdirSync(folder)
    const two = {
      version: 1,
      name: 'two',
      savedAt: '',
      inputs: ['a.png', 'b.png'].map((name) => ({ name, columns: [] })),
      result: 'c.png',
      renames: 'code',
    }
    writeFileSync(
      join(folder, 'two.json'),
      JSON.stringify({ ...two, cells: [{ code: '1', seed: 0, made: ['c.png'] }] }),
    )
    const data = join(folder, '..')
    expect(await recipe(data, 'run', 'two', 'x', 'y', 'z')).toMatchObject({
      code: 2,
      stderr: 'easel: The recipe "two" takes 2 files at a time (like a.png, b.png); 3 cannot be divided so.\n',
    })
    expect(await recipe(data, 'run', 'two')).toMatchObject({
      code: 2,
      stderr: 'easel: The recipe "two" needs files like a.png, b.png: easel recipe run two FILES...\n',
    })
  })

  it('is no reason to hide what leads to nothing', async () => {
    const data = newFolder()
    const lost = await recipe(data, 'save', 'a', '--session', 'unknown', '--json')
    expect(onlyEvent(lost, 'end')).toEqual({
      type: 'end',
      status: 'failed',
      code: 'session_unknown',
      message: 'There is no session unknown, or it has expired. See easel sessions.',
    })
    expect(await recipe(data, 'run', 'a', portrait)).toEqual({
      code: 1,
      stdout: '',
      stderr: 'easel: There is no recipe "a". None has been saved yet.\n',
    })
  })
})
