/** Light or dark, roomy or compact: what the person chose, or what the system says. */
import { applyDensity, applyMode, Density, Mode } from '@cloudscape-design/global-styles'
import { readStored, writeStored } from './stored.ts'

export type ModeChoice = 'system' | 'light' | 'dark'
export type DensityChoice = 'comfortable' | 'compact'

export interface Appearance {
  mode: ModeChoice
  density: DensityChoice
}

const MODE = 'mayfly.mode'
const DENSITY = 'mayfly.density'
const systemIsDark = () => matchMedia('(prefers-color-scheme: dark)')

/** What was chosen in this browser before. */
export function readAppearance(): Appearance {
  const mode = readStored(MODE)
  const density = readStored(DENSITY)
  return {
    mode: mode === 'light' || mode === 'dark' ? mode : 'system',
    density: density === 'compact' ? density : 'comfortable',
  }
}

/** Keeps a choice for the next visit. */
export function writeAppearance({ mode, density }: Appearance): void {
  writeStored(MODE, mode)
  writeStored(DENSITY, density)
}

/** Shows a choice, and follows the system while it says so until the answer is called. */
export function applyAppearance({ mode, density }: Appearance): () => void {
  const system = systemIsDark()
  const show = () => applyMode(mode === 'dark' || (mode === 'system' && system.matches) ? Mode.Dark : Mode.Light)
  show()
  applyDensity(density === 'compact' ? Density.Compact : Density.Comfortable)
  system.addEventListener('change', show)
  return () => system.removeEventListener('change', show)
}
