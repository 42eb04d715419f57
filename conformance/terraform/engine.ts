/** As much of Terraform as the calls of a provider need: apply, plan, import, destroy, over resources that refer to each other. */

/** What a resource is configured with, and what reading it gives back. */
export type Attributes = Readonly<Record<string, unknown>>

/** One kind of resource, with the calls that the AWS provider makes for it (specification §10.1). */
export interface Kind {
  /** Makes it; gives its id. */
  create(config: Attributes): Promise<string>
  /** What the configuration would have to be for what is there; undefined when it is gone. */
  read(id: string): Promise<Attributes | undefined>
  /** Absent where every change means a new one. */
  update?(id: string, config: Attributes, before: Attributes): Promise<void>
  delete(id: string): Promise<void>
}

export interface Resource {
  readonly name: string
  readonly kind: Kind
  /** Made from the ids of the resources before it, by name. */
  config(ids: ReadonlyMap<string, string>): Attributes
}

export interface Difference {
  readonly resource: string
  readonly attribute: string
  readonly wanted: unknown
  readonly found: unknown
}

/** A state: what was made, by name. */
export class Terraform {
  readonly ids = new Map<string, string>()

  /** Makes what is missing and changes what differs, in the order given. */
  async apply(resources: readonly Resource[]): Promise<void> {
    for (const { name, kind, config } of resources) {
      const wanted = config(this.ids)
      const id = this.ids.get(name)
      const before = id === undefined ? undefined : await kind.read(id)
      if (id === undefined || before === undefined) {
        this.ids.set(name, await kind.create(wanted))
        continue
      }
      if (differencesOf(name, wanted, before).length === 0) continue
      if (kind.update === undefined) {
        await kind.delete(id)
        this.ids.set(name, await kind.create(wanted))
      } else await kind.update(id, wanted, before)
    }
  }

  /** What an apply would change. */
  async plan(resources: readonly Resource[]): Promise<Difference[]> {
    const found: Difference[] = []
    for (const { name, kind, config } of resources) {
      const id = this.ids.get(name)
      const before = id === undefined ? undefined : await kind.read(id)
      found.push(
        ...(before === undefined
          ? [{ resource: name, attribute: 'id', wanted: 'created', found: 'gone' }]
          : differencesOf(name, config(this.ids), before)),
      )
    }
    return found
  }

  /** A new state that knows the ids alone. */
  import(): Terraform {
    const imported = new Terraform()
    for (const [name, id] of this.ids) imported.ids.set(name, id)
    return imported
  }

  /** The last first; what is gone already is no fault. */
  async destroy(resources: readonly Resource[]): Promise<void> {
    for (const { name, kind } of [...resources].reverse()) {
      const id = this.ids.get(name)
      if (id !== undefined) await kind.delete(id)
    }
  }
}

function differencesOf(resource: string, wanted: Attributes, found: Attributes): Difference[] {
  const names = new Set([...Object.keys(wanted), ...Object.keys(found)])
  return [...names]
    .filter((attribute) => normal(wanted[attribute]) !== normal(found[attribute]))
    .map((attribute) => ({ resource, attribute, wanted: wanted[attribute], found: found[attribute] }))
}

/** Maps in any order, absent as undefined. */
function normal(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  )
}
