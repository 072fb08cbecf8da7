import type { Settings } from '../../shared/studio-model.ts'
import { useProjection } from '../state/projection.ts'
import { run } from '../state/requests.ts'
import { openSettingsPage, useUi } from '../state/ui-store.ts'
import type { Command } from './registry.ts'

const THEMES: readonly { value: Settings['theme']; title: string; words: string }[] = [
  { value: 'dark', title: 'Dark theme', words: 'appearance night' },
  { value: 'light', title: 'Light theme', words: 'appearance day bright' },
  { value: 'system', title: 'Theme as the system', words: 'appearance automatic' },
]

const themeNow = () => useProjection.getState().studio?.settings.theme

/** True while nothing is open that has keys of its own. */
const freeForDialogs = () => useUi.getState().generate === null

/** Finding commands, learning their keys, and how the studio looks. */
export const lookCommands = (): readonly Command[] => [
  {
    id: 'studio.palette',
    title: 'Command palette',
    group: 'Everywhere',
    keys: ['$mod+k'],
    listed: false,
    inText: true,
    when: freeForDialogs,
    run: () => useUi.setState({ paletteOpen: true, shortcutsOpen: false }),
  },
  {
    id: 'studio.shortcuts',
    title: 'Shortcuts',
    group: 'Everywhere',
    words: 'keys keyboard help',
    keys: ['[Shift]+?'],
    when: freeForDialogs,
    run: () => useUi.setState({ shortcutsOpen: true, paletteOpen: false }),
  },
  {
    id: 'studio.keys',
    title: 'Change keys',
    group: 'Everywhere',
    words: 'shortcuts keyboard remap settings',
    run: () => openSettingsPage('keys'),
  },
  ...THEMES.map(({ value, title, words }): Command => ({
    id: `theme.${value}`,
    title,
    words,
    group: 'Everywhere',
    when: () => themeNow() !== value,
    reason: () => (themeNow() === value ? 'In use' : null),
    run: () => run('settings.update', { patch: { theme: value } }),
  })),
]
