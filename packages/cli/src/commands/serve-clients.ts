/** Which clients `serve` has, and whose credentials each gets. */

import { pathOf } from '../credential-server/place.ts'
import type { Machine } from '../machine/machine.ts'
import { ArgumentRefusal } from '../problems/argument-refusal.ts'
import { listOption, type OptionValues, type TypedWords } from './command.ts'
import { loadProfileSettings } from './profile-settings.ts'
import { type ServedProfile, serveProfile } from './serve-profile.ts'

/** A client, and whose credentials it gets. */
export interface PlannedClient {
  readonly name: string
  readonly profile: ServedProfile
}

/** Which clients there are. Clients of one profile share its fetches. */
export async function planClients(
  machine: Machine,
  options: OptionValues,
  { parameters }: TypedWords,
): Promise<readonly PlannedClient[]> {
  const bindings = listOption(options, 'client').map(parseBinding)
  const isWhole = bindings.length > 0 && bindings.every(({ profileName }) => profileName !== undefined)
  const named = parameters.length > 0 || isWhole ? parameters : [undefined]
  const profiles = new Map<string, ServedProfile>()
  const add = async (profileName: string | undefined): Promise<ServedProfile> => {
    const settings = await loadProfileSettings(machine, options, profileName)
    const profile = profiles.get(settings.profileName) ?? serveProfile(machine, options, settings)
    profiles.set(profile.name, profile)
    return profile
  }
  const own: ServedProfile[] = []
  for (const profileName of named) own.push(await add(profileName))
  const clients: PlannedClient[] = []
  for (const { name, profileName } of bindings) {
    const [only, ...more] = own
    if (profileName === undefined && (!only || more.length > 0)) {
      throw new ArgumentRefusal(
        `It is not clear which profile the client ${name} gets.`,
        `Say it: --client ${name}=PROFILE`,
      )
    }
    clients.push({ name, profile: profileName === undefined && only ? only : await add(profileName) })
  }
  if (bindings.length === 0) clients.push(...own.map((profile) => ({ name: profile.name, profile })))
  refuseDoubles(clients.map(({ name }) => name))
  return clients
}

function parseBinding(typed: string): { readonly name: string; readonly profileName?: string } {
  const [, name = '', profileName] = /^([^=]*)(?:=(.+))?$/.exec(typed) ?? []
  if (!/^[\w.@-]{1,64}$/.test(name)) {
    throw new ArgumentRefusal(
      `argument --client: '${typed}' does not begin with a name`,
      'A name has up to 64 letters, digits, or _ . @ -, as in --client web=dev',
    )
  }
  return { name, ...(profileName !== undefined && { profileName }) }
}

function refuseDoubles(names: readonly string[]): void {
  const double = names.find((name, index) => names.indexOf(name) !== index)
  if (double !== undefined)
    throw new ArgumentRefusal(`There are two clients called ${double}.`, 'Give each a name of its own: --client')
  for (const name of names) pathOf(name)
}
