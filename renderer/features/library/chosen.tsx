import { Copy, Download, FileSearch, FolderOpen, LayoutGrid, Play, X } from 'lucide-react'
import { useState } from 'react'
import type { LibraryTake } from '../../../shared/contract.ts'
import { TAKE_LABELS } from '../../../shared/review.ts'
import { formatUsd } from '../../../shared/money.ts'
import { copyClipPath, revealClip } from '../../commands/take-actions.ts'
import { useNow } from '../../state/hooks.ts'
import { padNumber, plural } from '../../state/selectors.ts'
import { canDownloadAgain } from '../../state/take-clip.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/empty.tsx'
import { Stars } from '../../ui/stars.tsx'
import { downloadAgain, judgeAll, openTake, showOnBoard } from './actions.ts'
import { LABEL_WORDS, LabelDot } from '../../ui/take-label.tsx'
import { formatBytes } from '../../common/format-bytes.ts'
import { formatDate } from './format.ts'
import { LocateDialog } from './locate-dialog.tsx'
import { chooseNothing, useFound } from './search.ts'

/** The judgement of the chosen takes, each of which may differ. */
function Judge({ all }: { all: readonly LibraryTake[] }) {
  const takes = all.map(({ take }) => take)
  const same = <V,>(values: readonly V[]): V | undefined =>
    values.every((value) => value === values[0]) ? values[0] : undefined
  const label = same(takes.map((take) => take.label))
  const rejected = takes.every((take) => take.rejected)
  const who = takes.length === 1 ? 'the take' : plural(takes.length, 'take')
  return (
    <section className="section" aria-label="Judgement">
      <div className="row">
        <Stars
          label={`Rating of ${who}`}
          value={same(takes.map((take) => take.rating)) ?? 0}
          onChange={(rating) => void judgeAll(takes, { rating })}
        />
        <span className="grow" />
        <Button
          size="small"
          icon={<X size={14} />}
          aria-pressed={rejected}
          onClick={() => void judgeAll(takes, { rejected: !rejected })}
        >
          {rejected ? 'Take back in' : 'Reject'}
        </Button>
      </div>
      <fieldset className="label-row" aria-label="Label">
        {TAKE_LABELS.map((each) => (
          <button
            key={each}
            type="button"
            className="label-choice"
            aria-pressed={each === label}
            aria-label={LABEL_WORDS[each]}
            title={LABEL_WORDS[each]}
            onClick={() => void judgeAll(takes, { label: each })}
          >
            <LabelDot label={each} />
          </button>
        ))}
      </fieldset>
    </section>
  )
}

function Gone({ found, onLocate }: { found: LibraryTake; onLocate(): void }) {
  const { take } = found
  const can = canDownloadAgain(take, useNow(false))
  return (
    <Notice
      tone="info"
      title="The clip is in the bin"
      action={
        <span className="row">
          {can && (
            <Button size="small" icon={<Download size={14} />} onClick={() => void downloadAgain([take.id])}>
              Download again
            </Button>
          )}
          <Button size="small" icon={<FileSearch size={14} />} onClick={onLocate}>
            Locate
          </Button>
        </span>
      }
    >
      The take stays with its request.{' '}
      {can
        ? 'The service may still have the clip; a download costs nothing.'
        : 'Take it out of the bin to have it back.'}
    </Notice>
  )
}

function One({ found }: { found: LibraryTake }) {
  const [locating, setLocating] = useState(false)
  const { take, slate, scene, storyboard, project } = found
  const { request } = take
  const names = [...new Set(request.references.map(({ name }) => name))]
  return (
    <>
      <h2 className="library-title">
        <span className="chip num">{padNumber(slate)}</span>
        <span className="ell">{scene || 'Untitled'}</span>
      </h2>
      {take.clipGone ? (
        <Gone found={found} onLocate={() => setLocating(true)} />
      ) : (
        <div className="library-buttons">
          <Button icon={<Play size={14} />} onClick={() => void openTake(found)}>
            Open
          </Button>
          <Button icon={<LayoutGrid size={14} />} onClick={() => void showOnBoard(found)}>
            Show on its board
          </Button>
        </div>
      )}
      <Judge all={[found]} />
      <dl className="library-facts-list">
        <dt>Project</dt>
        <dd>{project}</dd>
        <dt>Storyboard</dt>
        <dd>{storyboard}</dd>
        <dt>Made</dt>
        <dd className="num">{formatDate(take.finishedAt ?? take.createdAt)}</dd>
        <dt>Price</dt>
        <dd className="num">{take.provider === 'rehearsal' ? 'Free, a rehearsal' : formatUsd(take.price)}</dd>
        <dt>Shot</dt>
        <dd className="num">
          {request.duration} s, {request.resolution}, {request.aspectRatio}
        </dd>
        <dt>Seed</dt>
        <dd className="num">{request.seed}</dd>
        {names.length > 0 && (
          <>
            <dt>Characters</dt>
            <dd>{names.join(', ')}</dd>
          </>
        )}
        {take.clip && (
          <>
            <dt>File</dt>
            <dd className="num">{formatBytes(take.clip.bytes)}</dd>
          </>
        )}
      </dl>
      <p className="library-prompt">{request.prompt}</p>
      {take.clip && !take.clipGone && (
        <div>
          <Button size="small" look="ghost" icon={<FolderOpen size={14} />} onClick={() => void revealClip(take)}>
            Show in folder
          </Button>
          <Button size="small" look="ghost" icon={<Copy size={14} />} onClick={() => void copyClipPath(take)}>
            Copy the path of the clip
          </Button>
        </div>
      )}
      <LocateDialog found={locating ? found : null} onClose={() => setLocating(false)} />
    </>
  )
}

/** What is known of the chosen take, or what can be done with several. */
export function Chosen() {
  const chosen = useFound((found) => found.chosen)
  const all = [...chosen.values()]
  const [first] = all
  if (!first)
    return (
      <p className="t2 library-hint">Choose takes to judge them together. Enter opens one, 1 to 5 rate, X rejects.</p>
    )
  return (
    <div className="library-panel">
      {all.length === 1 ? (
        <One found={first} />
      ) : (
        <>
          <h2 className="library-title">
            <span className="grow">{plural(all.length, 'take')} chosen</span>
            <Button size="small" look="ghost" onClick={chooseNothing}>
              Choose none
            </Button>
          </h2>
          <Judge all={all} />
          <p className="t2 c12">
            {formatBytes(all.reduce((sum, { take }) => sum + (take.clipGone ? 0 : (take.clip?.bytes ?? 0)), 0))} of
            clips in {plural(new Set(all.map(({ take }) => take.projectId)).size, 'project')}.
          </p>
        </>
      )}
    </div>
  )
}
