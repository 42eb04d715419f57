/** Files, read whole and replaced whole. */

export interface WriteOptions {
  /** Mode of a new file; a file that is there keeps its own (POSIX only). 0o600 when not said. */
  readonly mode?: number
}

export interface Files {
  /** The bytes of a file; nothing when there is no such file (a folder is no file). */
  read(path: string): Promise<Uint8Array | undefined>
  /** The text of a file (UTF-8, wrong bytes replaced); nothing when there is no such file. */
  readText(path: string): Promise<string | undefined>
  /**
   * Replaces a file in one step: a reader sees the old content or the new, never a half (temporary file, fsync, rename).
   * Follows symbolic links, makes missing folders.
   */
  write(path: string, content: string | Uint8Array, options?: WriteOptions): Promise<void>
  /** Names in a folder, sorted; none when there is no such folder. */
  list(folder: string): Promise<readonly string[]>
  /** Deletes a file; false when there was none. */
  delete(path: string): Promise<boolean>
}
