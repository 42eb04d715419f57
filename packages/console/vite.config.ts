/** How the access portal is built: static files with no inline script, so that the strictest policy lets them run. */
import { createHash } from 'node:crypto'
import { defineConfig, type Plugin } from 'vite'

export default defineConfig({
  base: '/',
  plugins: [fontsAsFiles()],
  build: {
    outDir: 'dist',
    assetsDir: 'assets',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1500,
    // Each Cloudscape module says "use client", which means nothing in a bundle for the browser.
    rolldownOptions: { onLog: (level, log, report) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && report(level, log) },
  },
})

/**
 * Cloudscape embeds eight cuts of Open Sans in its style sheet, 138 KB after gzip. As files, the browser fetches the two
 * that a page uses.
 */
function fontsAsFiles(): Plugin {
  return {
    name: 'fonts-as-files',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('global-styles/index.css')) return undefined
      return code.replace(/data:font\/woff2;base64,([A-Za-z0-9+/=]+)/g, (_, base64: string) => {
        const source = Buffer.from(base64, 'base64')
        const fileName = `assets/open-sans-${createHash('sha256').update(source).digest('hex').slice(0, 8)}.woff2`
        this.emitFile({ type: 'asset', fileName, source })
        return `/${fileName}`
      })
    },
  }
}
