/** What is wrong with the database itself, in a sentence for the operator. */

export class StoreFault extends Error {
  constructor(message: string, cause: unknown) {
    super(message, { cause })
    this.name = 'StoreFault'
  }
}
