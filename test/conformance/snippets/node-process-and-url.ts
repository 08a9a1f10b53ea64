// What is harmless of process, and addresses of files
import process, { cwd } from 'node:process'
import { fileURLToPath, pathToFileURL, URL as Address } from 'node:url'

process.stdout.write('no newline, ')
process.stdout.write(Buffer.from('bytes\n'), () => console.log('written'))
console.log(typeof cwd(), Array.isArray(process.argv), typeof process.env, process.env['NO_SUCH_THING'], process.exitCode)
console.log(process.hrtime().length, typeof process.hrtime.bigint(), process.version.startsWith('v26'), process.platform)
console.log(typeof process.memoryUsage().rss, typeof process.uptime(), process.stdout.isTTY ?? false)
process.nextTick((word: string) => console.log(word), 'ticked')
await Promise.resolve()
console.log(fileURLToPath('file:///a/b%20c.txt'), pathToFileURL('/a/ü #?%.txt').href, pathToFileURL('/a/b/').href)
console.log(Address === URL, fileURLToPath(new URL('x.txt', 'file:///y/')))
for (const wrong of ['http://a/b', 'file:///a%2fb']) {
  try {
    fileURLToPath(wrong)
  } catch (error) {
    console.log((error as Error).message, (error as { code?: string }).code)
  }
}
