// The order of a message's files: the order in which the user chose them, whichever arrives first.
import { expect, test } from 'vitest'
import { chooseFile, chooseUploads, inOrder, leaveOut, nameUpload, type Choices } from '../../src/web/model/choices.ts'

const [large, small] = ['large', 'small'] as const
const chosen = chooseFile(chooseUploads([], [large, small]), 'old.png')

test('an upload has its place from the moment it is chosen, and its name when it arrives', () => {
  const first = nameUpload(chosen, small, ['small.png'])
  expect(inOrder(first, ['small.png'])).toEqual(['small.png', 'old.png'])
  expect(inOrder(nameUpload(first, large, ['large.png']), [])).toEqual(['large.png', 'small.png', 'old.png'])
})

test('what came in another way stands behind, and nothing stands twice', () => {
  expect(inOrder(nameUpload(chosen, large, ['large.png']), ['other.png', 'large.png'])).toEqual([
    'large.png',
    'old.png',
    'other.png',
  ])
})

test('what is chosen once more is the last; what is left out goes', () => {
  const named: Choices = nameUpload(chosen, large, ['large.png'])
  expect(inOrder(chooseFile(named, 'large.png'), [])).toEqual(['old.png', 'large.png'])
  expect(inOrder(leaveOut(named, 'old.png'), [])).toEqual(['large.png'])
})
