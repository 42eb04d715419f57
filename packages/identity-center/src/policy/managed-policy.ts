/** A policy that AWS manages: its ARN, and the document that counts for it here. */

export interface ManagedPolicy {
  /** `arn:aws:iam::aws:policy/<path><name>` */
  readonly arn: string
  readonly name: string
  /** The policy document as JSON text. */
  readonly document: string
  /** When an operator brought it in. */
  readonly importedAt: Date
}
