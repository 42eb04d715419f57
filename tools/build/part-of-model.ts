/** The part of a published model that some of its operations need. */

/** What is read of a model here; all other members go along. */
export interface Model {
  operations: Record<string, { input?: Target; output?: Target; errors?: Target[] }>
  shapes: Record<string, Shape>
}

interface Target {
  shape: string
}

interface Shape {
  members?: Record<string, Target>
  member?: Target
  key?: Target
  value?: Target
}

/** The model with those operations, and the shapes that they reach. Throws for an operation that it has not. */
export function onlyOperations(model: Model, names: readonly string[]): Model {
  const operations: Model['operations'] = {}
  const reached = new Set<string>()
  const reach = (targets: readonly (Target | undefined)[]): void => {
    for (const target of targets) {
      if (target === undefined || reached.has(target.shape)) continue
      reached.add(target.shape)
      const { members = {}, member, key, value } = model.shapes[target.shape] ?? {}
      reach([...Object.values(members), member, key, value])
    }
  }
  for (const name of names) {
    const operation = model.operations[name]
    if (operation === undefined) throw new Error(`The model has no operation ${name}.`)
    operations[name] = operation
    reach([operation.input, operation.output, ...(operation.errors ?? [])])
  }
  const shapes = Object.fromEntries(Object.entries(model.shapes).filter(([name]) => reached.has(name)))
  return { ...model, operations, shapes }
}
