// The image detail of a message over HTTP.
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import type { Planner } from '../../src/planner/planner.ts'
import { openScene, portraitPath } from './scene.ts'
import { problemOf } from './client.ts'

test('how closely the model looks at pictures is said with the message; other words are refused', async () => {
  const asked: unknown[] = []
  const planner: Planner = {
    description: 'a planner that sees',
    sight: { model: 'gpt-4o', detail: 'auto' },
    // oxlint-disable-next-line require-yield
    async *next(journal) {
      const looks = journal.filter((event) => event.type === 'look')
      asked.push(looks.at(-1)?.pictures.map(({ names, detail }) => [...names, detail]))
      return { type: 'answer', text: 'Seen.' }
    },
  }
  const { client } = await openScene({ planner })
  const one = client()
  const id = await one.session()
  await one.upload(id, { 'p.png': await readFile(portraitPath) })
  await one.ask(id, 'what is this?', { detail: 'low' })
  expect(asked).toEqual([[['p.png', 'low']]])
  expect(await problemOf(one.post(`/api/sessions/${id}/messages`, { text: 'x', detail: 'huge' }))).toMatchObject({
    status: 422,
    code: 'bad_request',
    detail: '"detail" is not as it should be: it is one of low, high, auto.',
  })
})
