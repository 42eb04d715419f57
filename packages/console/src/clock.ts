/** The console's one door through which time enters. */

/** The time on this computer. */
export function currentTime(): Date {
  return new Date()
}

/** Calls back every `milliseconds` until the answer is called. */
export function every(milliseconds: number, tick: () => void): () => void {
  const timer = setInterval(tick, milliseconds)
  return () => clearInterval(timer)
}

/** Calls back once after `milliseconds`, unless the answer is called before. */
export function after(milliseconds: number, act: () => void): () => void {
  const timer = setTimeout(act, milliseconds)
  return () => clearTimeout(timer)
}

/** Goes on after `milliseconds`. */
export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    after(milliseconds, resolve)
  })
}
