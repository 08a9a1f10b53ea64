// `easel models`: lists the endpoint's models; with --probe, tests which features the chosen ones accept.
import { UsageError } from '../../config/config.ts'
import type { UnsupportedFeatureCache } from '../../planner/openai/unsupported-feature-cache.ts'
import type { Endpoint } from '../../planner/openai/transport/failure.ts'
import type { Finding, Probe } from '../../planner/openai/probe.ts'
import { escapeName } from '../rendering/messages.ts'
import type { CliEnvironment } from '../command-context.ts'

/** Returns the exit code: 1 if the endpoint, or with --probe a chosen model, cannot be reached. */
export async function models(environment: CliEnvironment): Promise<number> {
  const { args, config, screen, interrupts } = environment
  if (args.subject !== '') throw new UsageError('easel models takes no arguments: easel models --probe --model NAME.')
  if (!config.model)
    throw new UsageError('No endpoint is connected. Set OPENAI_API_KEY, or OPENAI_BASE_URL to the address of one.')
  const [
    { connectionsOf },
    { createProbe },
    { createSecret },
    { unsupportedFeatureCachePath: capabilityCachePath, openUnsupportedFeatureCache: openCapabilityCache },
  ] = await Promise.all([
    import('../../planner/openai/planner.ts'),
    import('../../planner/openai/probe.ts'),
    import('../../planner/openai/transport/secret.ts'),
    import('../../planner/openai/unsupported-feature-cache.ts'),
  ])
  const stop = new AbortController()
  const release = interrupts.during(() => stop.abort())
  const secret = createSecret(config.model.apiKey)
  const connections = connectionsOf({ ...config.model, timeoutMs: PATIENCE_MS })
  const book = openCapabilityCache(capabilityCachePath(config.sessions.folder))
  const probes = connections.map((connection) => ({
    name: connection.model,
    probe: createProbe(connection, secret, stop.signal),
    connection,
  }))
  try {
    const [{ shown: address }, first] = [connections[0], probes[0]]
    if (!first) return 1
    const listed = await showModels(environment, address, first.probe, new Set(probes.map(({ name }) => name)))
    if (!args.probe) return listed ? 0 : 1
    let reached = true
    for (const { name, probe, connection } of probes) {
      const findings = recordCapabilities(probe.model(), book, connection)
      reached = (await showFindings(environment, name, findings)) && reached
    }
    if (reached) await showFindings(environment, undefined, first.probe.endpoint(), address)
    return reached ? 0 : 1
  } catch (error) {
    if (!stop.signal.aborted) throw error
    screen.err('easel: Cancelled.\n')
    return 1
  } finally {
    release()
  }
}

/** A local server may have to load the model first. */
const PATIENCE_MS = 120_000

/** Shows the endpoint's models; false if it returned no list. */
async function showModels(
  { args, screen }: CliEnvironment,
  address: string,
  probe: Probe,
  chosen: Set<string>,
): Promise<boolean> {
  const answer = await probe.list()
  if ('problem' in answer) {
    screen.err(`easel: ${answer.problem}\n`)
    return false
  }
  const ids = answer.ids.toSorted((a, b) => a.localeCompare(b))
  if (args.json) for (const id of ids) screen.out(`${JSON.stringify({ type: 'model', id, chosen: chosen.has(id) })}\n`)
  else {
    screen.out(ids.length === 0 ? `${address} has no models.\n` : `Models at ${address}:\n`)
    for (const id of ids) screen.out(`${chosen.has(id) ? '›' : ' '} ${escapeName(id)}\n`)
  }
  for (const name of chosen) {
    if (answer.ids.includes(name)) continue
    const text = `${args.json ? name : escapeName(name)}, which is chosen, is not among them.`
    screen.out(args.json ? `${JSON.stringify({ type: 'notice', text })}\n` : `${text}\n`)
  }
  return true
}

/** Passes the findings on, and stores refused and accepted capabilities in the cache for the next turn. */
async function* recordCapabilities(
  findings: AsyncGenerator<Finding>,
  book: UnsupportedFeatureCache,
  endpoint: Endpoint,
) {
  for await (const finding of findings) {
    const before = book.of(endpoint)
    const learnt = new Set(before)
    for (const capability of finding.taken ?? []) learnt.delete(capability)
    if (finding.refused) learnt.add(finding.refused)
    if (finding.refused || learnt.size < before.length) book.keep(endpoint, learnt)
    yield finding
  }
}

/** Shows the findings; returns whether the model could be reached. */
async function showFindings(
  { args, screen }: CliEnvironment,
  model: string | undefined,
  findings: AsyncGenerator<Finding>,
  address = '',
): Promise<boolean> {
  if (!args.json) screen.out(`\n${escapeName(model ?? address)}\n`)
  let count = 0
  for await (const { what, works, said } of findings) {
    count++
    if (args.json) screen.out(`${JSON.stringify({ type: 'probe', model, what, works: works ?? null, said })}\n`)
    else {
      const verdict = works === undefined ? '?' : works ? 'yes' : 'no'
      screen.out(`  ${what.padEnd(17)} ${verdict.padEnd(3)} ${escapeName(said)}`.trimEnd().concat('\n'))
    }
  }
  return model === undefined || count > 1
}
