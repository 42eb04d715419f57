/** Waits for somebody to ask this process to stop. */

/** Ctrl-C; a request to end; the terminal is gone. */
export type StopSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

export interface StopSignals {
  /**
   * Resolves with the first signal that asks this process to stop. From this call on signals do not end the process by
   * themselves; a second one after the first does.
   */
  next(): Promise<StopSignal>
  /** Says this on standard error when Ctrl-C ends this process, until the answer is called. */
  sayAtInterrupt(sentence: string): () => void
}

/** The exit code of a process that Ctrl-C has ended. */
const INTERRUPTED = 130

/** The signals of this process. Windows has Ctrl-C, and the closing of its console as SIGHUP. */
export const systemStopSignals: StopSignals = {
  next: () =>
    new Promise((resolve) => {
      const signals: readonly StopSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']
      const listeners = signals.map((signal) => {
        const listener = (): void => {
          for (const [name, other] of listeners) process.off(name, other)
          resolve(signal)
        }
        return [signal, listener] as const
      })
      for (const [signal, listener] of listeners) process.on(signal, listener)
    }),
  sayAtInterrupt(sentence) {
    const say = (code: number): void => {
      if (code === INTERRUPTED) process.stderr.write(`\n${sentence}\n`)
    }
    process.once('exit', say)
    return () => void process.off('exit', say)
  },
}
