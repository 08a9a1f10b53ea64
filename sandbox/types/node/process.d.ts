// The sandbox's replacement for Node's process.
declare module 'node:process' {
  interface Output {
    readonly fd: number
    readonly isTTY: false
    readonly columns?: number
    readonly rows?: number
    write(part: string | Uint8Array, encoding?: string | (() => void), done?: () => void): boolean
    end(part?: string | Uint8Array): void
    on(event: string, listener: (...args: any[]) => void): this
    once(event: string, listener: (...args: any[]) => void): this
  }
  interface Process {
    argv: string[]
    argv0: string
    execArgv: string[]
    execPath: string
    env: Record<string, string | undefined>
    pid: number
    ppid: number
    platform: 'linux' | 'darwin' | 'win32'
    arch: string
    title: string
    version: string
    versions: Record<string, string>
    release: { name: string }
    exitCode: number | string | null | undefined
    readonly stdout: Output
    readonly stderr: Output
    cwd(): string
    chdir(folder: string): void
    exit(code?: number | string | null): never
    hrtime: { (since?: [number, number]): [number, number]; bigint(): bigint }
    uptime(): number
    cpuUsage(): { user: number; system: number }
    memoryUsage: { (): Record<'rss' | 'heapTotal' | 'heapUsed' | 'external' | 'arrayBuffers', number>; rss(): number }
    umask(): number
    nextTick(run: (...args: any[]) => void, ...args: any[]): void
    emitWarning(warning: string | Error, ...more: any[]): void
    on(event: string, listener: (...args: any[]) => void): this
    once(event: string, listener: (...args: any[]) => void): this
    off(event: string, listener: (...args: any[]) => void): this
    emit(event: string, ...args: any[]): boolean
  }
  const process: Process
  export = process
}
declare module 'process' {
  import process = require('node:process')
  export = process
}
declare var process: typeof import('node:process')
