import './rerun.css'
import { formatUsd, formatUsdExact } from '../../../shared/money.ts'
import type { Preview } from '../../../shared/preview.ts'
import { RERUN_SEEDS, type RerunChoices, type RerunSeed, seedForAll } from '../../state/rerun.ts'
import { plural } from '../../state/selectors.ts'
import { RadioList } from '../../ui/choice.tsx'
import { Notice } from '../../ui/empty.tsx'
import { shortText } from './lines.ts'

const WORDS: Readonly<Record<RerunSeed, { label: string; text: string }>> = {
  new: { label: 'New random seeds', text: 'Other pictures from the same prompts.' },
  same: { label: 'The seed of each rejected take', text: 'Shows what a changed prompt does.' },
  scene: { label: 'As each scene says', text: '' },
}

/** Seeds of rejected scenes that are tried again, what it costs beside what is left, and what becomes of prompts. */
export function RerunOptions({
  choices,
  preview,
  rehearsing,
  edits,
  onChange,
}: {
  choices: RerunChoices
  preview: Preview | null
  rehearsing: boolean
  /** Prompts that are edited. */
  edits: number
  onChange(choices: RerunChoices): void
}) {
  const own = choices.seedOf.size
  const short = preview && !rehearsing ? shortText(preview) : null
  return (
    <>
      <section className="option" aria-label="Seeds">
        <h3 className="section-label">Seeds</h3>
        <RadioList<RerunSeed>
          label="Seeds"
          value={choices.seeds}
          onChange={(seeds) => onChange(seedForAll(choices, seeds))}
          options={RERUN_SEEDS.map((value) => ({
            value,
            label: WORDS[value].label,
            text: WORDS[value].text || undefined,
          }))}
        />
        {own > 0 && (
          <p className="field-note">
            {plural(own, 'scene')} {own === 1 ? 'has a choice of its own' : 'have choices of their own'} in the list.
          </p>
        )}
      </section>
      <section className="option" aria-label="Money">
        <h3 className="section-label">Money</h3>
        <dl className="rerun-money num">
          <div>
            <dt>{preview ? plural(preview.rows.length, 'take') : 'Takes'}</dt>
            <dd>{preview ? (rehearsing ? 'free' : formatUsdExact(preview.total)) : '–'}</dd>
          </div>
          {preview && !rehearsing && (
            <div>
              <dt>The cap leaves</dt>
              <dd>{preview.left === null ? 'no cap set' : formatUsd(preview.left)}</dd>
            </div>
          )}
        </dl>
        <p className="field-note">Resolution and length are those of each scene.</p>
        {short && <Notice tone="attention">{short}</Notice>}
      </section>
      <section className="option" aria-label="Prompts">
        <h3 className="section-label">Prompts</h3>
        <p className="c12 t2">
          {edits === 0
            ? 'No prompt is changed. Open a scene to put its notes into the prompt.'
            : `${plural(edits, 'prompt')} ${edits === 1 ? 'is' : 'are'} edited: saved to ${
                edits === 1 ? 'its scene' : 'their scenes'
              } when you send, as one step of undo.`}
        </p>
      </section>
    </>
  )
}
