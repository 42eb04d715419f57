/** Secrets that this process holds, in its memory and nowhere else. */

export interface SecretMemory {
  /** The secret kept under a name. The bytes are the memory's own: they become zeros when it is forgotten. */
  find(name: string): Buffer | undefined
  /** The secret kept under a name, else what `load` brings; of several that ask at once, one loads. */
  obtain(name: string, load: () => Promise<Buffer>): Promise<Buffer>
  /** Keeps a secret; the given bytes become the memory's own. */
  keep(name: string, secret: Buffer): void
  /** Overwrites a secret with zeros and forgets it. */
  forget(name: string): void
}

export function createSecretMemory(): SecretMemory {
  const kept = new Map<string, Buffer>()
  const loading = new Map<string, Promise<Buffer>>()
  return {
    find: (name) => kept.get(name),
    async obtain(name, load) {
      const held = kept.get(name)
      if (held) return held
      const begun = loading.get(name) ?? load()
      loading.set(name, begun)
      try {
        const secret = await begun
        kept.set(name, secret)
        return secret
      } finally {
        loading.delete(name)
      }
    },
    keep: (name, secret) => void kept.set(name, secret),
    forget(name) {
      kept.get(name)?.fill(0)
      kept.delete(name)
    },
  }
}
