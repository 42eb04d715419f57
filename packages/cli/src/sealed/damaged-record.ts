/** How a record that does not open is told. Apart from the ciphers, which nobody needs who keeps plain files. */

/** A record that cannot be opened with the data key at hand. */
export class DamagedRecord extends Error {
  override readonly name = 'DamagedRecord'
  /** The record was sealed under another data key than the one at hand. */
  readonly isForeign: boolean

  constructor(name: string, isForeign: boolean) {
    super(
      isForeign
        ? `${name} was sealed under another data key.`
        : `${name} is damaged, or is not the record of this name.`,
    )
    this.isForeign = isForeign
  }
}
