/** How a process is started that lives for days and does little. */

/**
 * Words for Node. Compiling hot code to machine code costs more memory than an agent's few lines are worth: measured, 10 MB
 * of 70, and 15,000 requests a second are left. A Node that nobody has tried gets none: it would not start with a word that
 * it does not know.
 */
export const smallFlags = (nodeVersion: string): readonly string[] => (/^(22|24|26)\./.test(nodeVersion) ? FLAGS : [])

const FLAGS = [
  '--max-semi-space-size=1',
  '--no-opt',
  '--no-maglev',
  '--no-sparkplug',
  '--optimize-for-size',
  '--max-lazy',
  '--single-threaded-gc',
  '--v8-pool-size=0',
  '--expose-gc',
]

/** And for its memory allocator and thread pool. */
export const SMALL_ENVIRONMENT: Readonly<Record<string, string>> = { MALLOC_ARENA_MAX: '1', UV_THREADPOOL_SIZE: '2' }
