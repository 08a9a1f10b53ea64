// Builds the page into a folder: every file but index.html under a name with a hash of its bytes.
import { build } from 'vite'

/** `source` holds index.html; what is in `folder` is written over. */
export async function buildPage(source: string, folder: string): Promise<void> {
  await build({
    root: source,
    base: '/',
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'warn',
    oxc: { jsx: { runtime: 'automatic', development: false } },
    // Whatever the environment says: a test builds what people get.
    mode: 'production',
    resolve: { conditions: ['module', 'browser', 'production'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: true,
      // As old as the colours of the page allow: light-dark() came in 2024.
      target: ['chrome123', 'firefox121', 'safari17.5'],
      // Nothing is inlined: pictures are kept by the browser, and the policy allows no scripts in the page.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      reportCompressedSize: false,
      // Its weight is a test's matter, as it goes over the line.
      chunkSizeWarningLimit: 2000,
    },
  })
}
