// The project's README: how to run it, what it contains and what it leaves out.
import type { ProjectPlan } from './plan.ts'
import type { Version } from './history.ts'
import { escapeMarkdown, linkTarget } from './markdown.ts'
import { formatBytes } from './transcript.ts'

/** Writes the README. `pathOf` gives the path of a version's bytes. */
export function readmeOf(title: string, plan: ProjectPlan, pathOf: (version: Version) => string | undefined): string {
  const { cells, inputs, outputs, notes } = plan
  const files = (versions: readonly Version[]): string =>
    versions
      .map((version) => {
        const path = pathOf(version)
        const name =
          path === undefined ? escapeMarkdown(version.name) : `[${escapeMarkdown(version.name)}](${linkTarget(path)})`
        return `| ${name} | ${formatBytes(version.bytes)} | ${originOf(version)} |\n`
      })
      .join('')
  const table =
    [...inputs, ...outputs].length === 0
      ? ''
      : `| file | size | from |\n| --- | --- | --- |\n${files([...inputs, ...outputs])}\n`
  return `# ${escapeMarkdown(title)}

${cells.length === 1 ? 'One cell' : `${cells.length} cells`} of an Easel session as a Node project. It needs Node 20 or newer with npm, and nothing else:

\`\`\`sh
npm install
npm start
\`\`\`

**Read [cells.ts](cells.ts) before you run it.** A model, or another person, wrote it, and here it runs on your machine under your
name. \`npm start\` puts it under Node's permission model, with an environment of its own (no keys): it reads this project and
\`node_modules/\`, writes \`work/\` and a temporary folder, and reaches no network, no other program and no further native module.
That is a seat belt, not a wall: sharp and canvas are native code, which Node does not watch, a process of yours can be signalled,
and without \`npm start\` none of this applies. Run what you do not trust in a container or a virtual machine.

\`npm start\` runs [cells.ts](cells.ts) in the folder \`work/\`, which is made anew each time, and compares every file with the session's
by its SHA-256 ([outputs.json](outputs.json)); it ends with code 1 if one differs. npm installs the Node that the session
had beside the packages: Linux (x64, arm64) and macOS (arm64); elsewhere it uses yours, which must be Node 26 or newer. Names below \`/mnt/data\` became relative.
The bytes are the same on the same kind of machine; processors of another kind may round a pixel otherwise.

[TRANSCRIPT.md](TRANSCRIPT.md) is the whole conversation, with all code and pictures.

${table}${notes.map((note) => `- ${escapeMarkdown(note)}\n`).join('')}${notes.length > 0 ? '\n' : ''}\`easel/\` is source of Easel under the MIT license, [easel/LICENSE](easel/LICENSE). The rest is yours.
`
}

function originOf({ cell, drawn }: Version): string {
  if (drawn) return 'drawn by a model'
  return cell === undefined ? 'uploaded' : `cell ${cell}`
}
