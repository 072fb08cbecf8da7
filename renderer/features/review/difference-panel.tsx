import './difference-panel.css'
import { ArrowRight, Minus, MoveHorizontal, Plus, X } from 'lucide-react'
import type { Take } from '../../../shared/model.ts'
import { registry } from '../../commands/registry.ts'
import type { ReviewNow } from '../../commands/review-now.ts'
import { ChangedText } from '../../common/changed-text.tsx'
import { imageUrl } from '../../state/media.ts'
import { type ComparedImage, compareTakes, referencesText, type TakesCompared } from '../../state/request-changes.ts'
import { capital, padNumber, plural } from '../../state/selectors.ts'
import { IconButton } from '../../ui/button.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { LETTERS, useActiveTake } from './review-state.ts'

/** `take 2`, with the scene before it while takes of several are compared. */
function nameOf(now: ReviewNow, take: Take): string {
  const mixed = now.takes.some(({ sceneId }) => sceneId !== now.scene.id)
  const scene = mixed ? now.view.scenes.get(take.sceneId) : undefined
  return scene ? `scene ${padNumber(scene.number)}, take ${take.number}` : `take ${take.number}`
}

function TakeName({ now, take }: { now: ReviewNow; take: Take }) {
  const place = now.takes.findIndex(({ id }) => id === take.id)
  return (
    <span className="difference-take">
      <b aria-hidden>{LETTERS[place]}</b>
      {capital(nameOf(now, take))}
    </span>
  )
}

const MARKS = { moved: MoveHorizontal, gone: Minus, came: Plus } as const

function Images({ label, images, side }: { label: string; images: readonly ComparedImage[]; side: 'gone' | 'came' }) {
  return (
    <div className="difference-images">
      <span className="t3 c11">{label}</span>
      <ol aria-label={`References of ${label}`}>
        {images.map(({ image, fate }, index) => {
          const mark = fate === 'only' ? side : fate
          const Mark = mark === 'same' ? null : MARKS[mark]
          return (
            <li key={image.sha256} data-mark={mark}>
              <Thumb src={imageUrl(image.sha256)} number={index + 1} label={image.name} size={36} />
              {Mark && (
                <span className="difference-mark">
                  <Mark size={12} aria-hidden />
                  <span className="hidden-text">{mark === 'moved' ? 'moved' : `only in ${label}`}</span>
                </span>
              )}
            </li>
          )
        })}
      </ol>
    </div>
  )
}

function Settings({ settings }: { settings: TakesCompared['settings'] }) {
  return (
    <dl className="difference-settings">
      {settings.map(({ label, before, after }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="num">
            <span className="t2">{before}</span> <ArrowRight size={12} aria-label="becomes" /> <b>{after}</b>
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Same({ same }: { same: TakesCompared['same'] }) {
  if (same.length === 0) return null
  return (
    <details className="difference-same">
      <summary>
        {same.length} the same: <span className="t3">{same.map(({ label }) => label.toLowerCase()).join(', ')}</span>
      </summary>
      <dl className="difference-settings">
        {same.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd className="num t2">{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

function Pair({ now, base, other }: { now: ReviewNow; base: Take; other: Take }) {
  const { prompt, references, settings, same } = compareTakes(base, other)
  const [was, is] = [nameOf(now, base), nameOf(now, other)]
  const alike = prompt === null && references === null && settings.length === 0
  return (
    <section className="section difference-pair" aria-label={`From ${was} to ${is}`}>
      <h3 className="difference-title">
        <TakeName now={now} take={base} />
        <ArrowRight size={14} aria-label="to" />
        <TakeName now={now} take={other} />
      </h3>
      {alike && <p className="t2 c12">Both were made with the same request, seed included.</p>}
      {settings.length > 0 && <Settings settings={settings} />}
      {prompt && (
        <div className="difference-part">
          <h4 className="section-label">Prompt</h4>
          <ChangedText className="c12" parts={prompt} />
          <p className="field-note">
            <del>Struck out</del> was sent for {was} only, <ins>underlined</ins> for {is} only.
          </p>
        </div>
      )}
      {references && (
        <div className="difference-part">
          <h4 className="section-label">References</h4>
          <p className="c12 t2">{referencesText(references)}</p>
          <Images label={capital(was)} images={references.before} side="gone" />
          <Images label={capital(is)} images={references.after} side="came" />
        </div>
      )}
      <Same same={same} />
    </section>
  )
}

/** What was asked for otherwise: every other take of the comparison beside the one that is looked at. */
export function DifferencePanel({ now }: { now: ReviewNow }) {
  const base = useActiveTake(now)
  const others = now.takes.filter(({ id }) => id !== base?.id)
  return (
    <>
      <header className="view-header">
        <h2>Requests</h2>
        <span className="t3 c12">{plural(now.takes.length, 'take')}</span>
        <span className="grow" />
        <IconButton
          label="Back to takes and notes"
          keys={registry.keysOf('review.requests')}
          icon={<X size={16} />}
          onClick={() => registry.run('review.requests')}
        />
      </header>
      {base && others.map((other) => <Pair key={other.id} now={now} base={base} other={other} />)}
    </>
  )
}
