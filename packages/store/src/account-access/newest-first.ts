/** The cursor of lists that begin with what is newest. */

import { keyOf, type PageRequest } from '../database/page.ts'

/** Sorts after every time. */
const END_OF_TIME = '~'

/** What the page's items lie before. */
export function newestFirst(page: PageRequest): { readonly createdAt: string; readonly id: string } {
  const [createdAt = '', id = ''] = keyOf(page, 2)
  return createdAt === '' ? { createdAt: END_OF_TIME, id } : { createdAt, id }
}
