import type { SavedSeed } from '../../../shared/seed-bank.ts'
import { searchWords } from '../../state/search.ts'

/** Everybody, or the seeds of one character; `none` for those of nobody in particular. */
export type BankFilter =
  | { readonly kind: 'all' }
  | { readonly kind: 'none' }
  | { readonly kind: 'of'; readonly name: string }

/** The characters seeds were saved for, in alphabetical order. */
export const bankCharacters = (seeds: readonly SavedSeed[]): readonly string[] =>
  [...new Set([...seeds].flatMap(({ character }) => character ?? []))].sort((a, b) => a.localeCompare(b))

/** The seeds a filter and a search leave: more stars first, then the newest. */
export function bankShown(seeds: readonly SavedSeed[], filter: BankFilter, search: string): readonly SavedSeed[] {
  const passes = ({ character }: SavedSeed) =>
    filter.kind === 'all' || (filter.kind === 'none' ? character === null : character === filter.name)
  const words = searchWords(search)
  const found = ({ name, seed, note, character }: SavedSeed) => {
    const text = searchWords(`${name} ${seed} ${note} ${character ?? ''}`).join(' ')
    return words.every((word) => text.includes(word))
  }
  return [...seeds]
    .filter((saved) => passes(saved) && found(saved))
    .sort((a, b) => b.stars - a.stars || b.createdAt - a.createdAt || a.seed - b.seed)
}
