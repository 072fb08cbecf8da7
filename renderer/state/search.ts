import type { Scene } from '../../shared/model.ts'

/** Lower case and without accents, so that `Cafe` finds `café`. */
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()

/** The words looked for; all must be there. */
export const searchWords = (text: string): readonly string[] => plain(text).split(/\s+/).filter(Boolean)

const texts = new WeakMap<Scene, string>()

function textOf(scene: Scene): string {
  const known = texts.get(scene)
  if (known !== undefined) return known
  const { number, title, prompt, dialogue, notes, section } = scene
  const text = plain([title, prompt, dialogue, notes, section ?? '', number.padStart(2, '0')].join('\n'))
  texts.set(scene, text)
  return text
}

/** True when number, title, prompt, dialogue, notes or heading hold every word. */
export function matchesWords(scene: Scene, words: readonly string[]): boolean {
  const text = textOf(scene)
  return words.every((word) => text.includes(word))
}

/**
 * The scene a typed label means: the one with exactly that number, else the first whose number begins so.
 * @param typed such as `12a`; zeros in front do not count
 */
export function sceneByLabel(scenes: readonly Scene[], typed: string): Scene | null {
  const wanted = typed.toLowerCase().replace(/^0+/, '')
  if (wanted === '') return null
  const labels = scenes.map((scene) => scene.number.toLowerCase().replace(/^0+/, ''))
  const at = labels.includes(wanted) ? labels.indexOf(wanted) : labels.findIndex((label) => label.startsWith(wanted))
  return scenes[at] ?? null
}
