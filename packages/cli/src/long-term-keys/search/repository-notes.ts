/** What of a Git repository was not looked at, in the words of a search. */

import type { NotRead } from './git/object-folders.ts'
import type { PassedOver, PassedOverReason } from './key-search.ts'

const WORDS: Readonly<Record<NotRead['why'], string>> = {
  'other-owner': "objects of Git repositories that are another user's",
  special: 'objects of Git repositories among which lies a pipe, a device or a link',
  unreadable: 'objects of Git repositories that cannot be read',
  'too-big': 'objects of Git repositories beyond what is read of one',
}

export const noteOf = (why: PassedOverReason, what: string, folder: string, count = 1): PassedOver => ({
  why,
  what,
  count,
  examples: [folder],
})

export const notesOf = (notRead: readonly NotRead[]): readonly PassedOver[] =>
  notRead.map(({ why, path }) => noteOf(why, WORDS[why], path))

export const NO_GIT = 'histories of Git repositories: git is not installed'
export const OLD_GIT = 'histories of Git repositories: git is older than 2.19'
export const DAMAGED = 'objects of damaged Git repositories'
export const BIG_OBJECTS = 'objects of Git repositories that are bigger than what is read of one'
export const REFTABLE = 'references in the reftable format: commits of what was found are not named'
export const NO_HEAD = 'HEAD, kept in the reftable format: everything that is staged counts as new'
export const TIME_OVER = 'objects of Git repositories for which there was no time'
export const TOO_MUCH = 'objects of Git repositories beyond what is read, or kept, of one'
export const UNNAMED = 'histories of Git repositories: commits that were not gone through to the oldest'
export const PARTIAL = 'objects that a partial clone does not have'
export const SHALLOW = 'commits that a shallow clone does not have'
