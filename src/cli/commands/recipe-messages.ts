// Formats recipes as events and their names as typed arguments.
import type { Recipe } from '../../recipe/recipe.ts'

/** A recipe as one event. */
export function recipeEvent({ name, savedAt, inputs, result, cells, renames }: Recipe) {
  const names = inputs.map((input) => input.name)
  return { type: 'recipe', name, savedAt, inputs: names, result, cells: cells.length, renames }
}

/** A name as it can be typed. */
export function typedName(name: string): string {
  return name.includes(' ') ? `"${name}"` : name
}
