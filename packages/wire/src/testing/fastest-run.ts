/** How long something takes at best: a busy machine slows one run down, a bad algorithm all of them. */

/** Milliseconds of the fastest of three runs; one that is fast enough at once is not repeated. */
export function fastestRun(work: () => unknown, enough: number): number {
  let fastest = Number.POSITIVE_INFINITY
  for (let run = 0; run < 3 && fastest > enough; run += 1) {
    const start = performance.now()
    work()
    fastest = Math.min(fastest, performance.now() - start)
  }
  return fastest
}
