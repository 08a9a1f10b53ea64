// Answers a model's lookup with the topic it names, else the best matches, else the list of topics.
import type { Topic } from './topic.ts'
import { TOPICS } from './topics.ts'

const MAX_TOPICS = 3
const MAX_TOPIC = 200

/** Signatures and examples for a topic: a function name, a family or a few words. */
export function helpOn(topic: string): string {
  const asked = topic.slice(0, MAX_TOPIC)
  const words: readonly string[] = asked.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const named = TOPICS.filter(({ names }) => names.some((name) => words.includes(name.toLowerCase())))
  if (named.length > 0) return named.slice(0, MAX_TOPICS).map(formatTopic).join('\n\n')
  const family = TOPICS.filter((one) => one.family === asked.trim().toLowerCase())
  if (family.length > 0) return family.map(({ text }) => text).join('\n')
  const found = TOPICS.map((one) => ({ one, fit: scoreTopic(one, words) }))
    .filter(({ fit }) => fit > 0)
    .toSorted((a, b) => b.fit - a.fit)
  if (found.length > 0)
    return found
      .slice(0, MAX_TOPICS)
      .map(({ one }) => formatTopic(one))
      .join('\n\n')
  return `There is nothing on ${JSON.stringify(asked)}. There are:\n${familyLines()}`
}

function familyLines(): string {
  const families = Map.groupBy(TOPICS, ({ family }) => family)
  return [...families]
    .map(([family, all]) => `${family}: ${all.flatMap(({ names }) => names[0]!).join(', ')}`)
    .join('\n')
}

function formatTopic({ text, example }: Topic): string {
  return `${text}\n${example}`
}

/** How many of the words occur in a topic; words that begin one of its names count double. */
function scoreTopic({ names, family, text }: Topic, words: readonly string[]): number {
  const all = `${names.join(' ')} ${family} ${text}`.toLowerCase()
  return words
    .filter((word) => word.length > 2)
    .reduce((sum, word) => {
      if (names.some((name) => name.toLowerCase().startsWith(word))) return sum + 2
      return sum + (all.includes(word) ? 1 : 0)
    }, 0)
}
