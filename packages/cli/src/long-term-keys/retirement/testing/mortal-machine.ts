/** A machine whose process dies right before, or right after, one of the things that it does to the world. */

import type { Machine } from '../../../machine/machine.ts'

/** As much as kill -9 is an error: nothing that follows it does anything. */
export class Killed extends Error {
  override readonly name = 'Killed'
}

export interface MortalMachine {
  readonly machine: Machine
  /** What was done, in order. */
  readonly deeds: readonly string[]
}

/** Dies at the deed of that number, which begins with 1: `before` it, or `after` it with its answer unheard. Never, with 0. */
export function makeMortal(machine: Machine, number: number, when: 'before' | 'after'): MortalMachine {
  const deeds: string[] = []
  let isDead = false
  const live = <T>(task: () => Promise<T>): Promise<T> => {
    if (isDead) throw new Killed()
    return task()
  }
  const deed = async <T>(name: string, task: () => Promise<T>): Promise<T> => {
    if (isDead) throw new Killed()
    deeds.push(name)
    const isLast = deeds.length === number
    if (isLast && when === 'before') isDead = true
    if (isDead) throw new Killed()
    const answer = await task()
    if (isLast) isDead = true
    if (isDead) throw new Killed()
    return answer
  }
  const { files, keychain, http } = machine
  const mortal: Machine = {
    ...machine,
    files: {
      ...files,
      read: (path) => live(() => files.read(path)),
      readText: (path) => live(() => files.readText(path)),
      write: (path, ...rest) => deed(`write ${path}`, () => files.write(path, ...rest)),
      delete: (path) => deed(`delete ${path}`, () => files.delete(path)),
      deleteTree: (path) => deed(`delete all of ${path}`, () => files.deleteTree(path)),
    },
    keychain: {
      get: (account) => live(() => keychain.get(account)),
      set: (account, secret) => deed('keychain set', () => keychain.set(account, secret)),
      delete: (account) => deed('keychain delete', () => keychain.delete(account)),
    },
    http: {
      send: (request, settings) => {
        const operation = new URLSearchParams(String(request.body ?? '')).get('Action')
        return deed(`call ${operation}`, () => http.send(request, settings))
      },
    },
  }
  return { machine: mortal, deeds }
}
