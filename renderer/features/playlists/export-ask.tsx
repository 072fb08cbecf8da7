import { TriangleAlert } from 'lucide-react'
import { useMemo, useState } from 'react'
import { planSequence } from '../../../shared/sequence.ts'
import { type SlateFacts, slateTexts } from '../../../shared/slate-band.ts'
import { showExport } from '../../commands/sequence-actions.ts'
import { type ExportJob, problemsText, startExport } from '../../media/export-job.ts'
import { clipUrl } from '../../state/media.ts'
import type { PlaylistEntry, PlaylistNow } from '../../state/playlist.ts'
import { padNumber, plural } from '../../state/selectors.ts'
import { useSequence } from '../../state/sequence.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextField } from '../../ui/field.tsx'
import { ProgressBar } from '../../ui/meter.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type ExportChoice, ExportOptions, USUAL_CHOICE } from './export-options.tsx'
import { anotherShape, PlanText, useEncoders } from './export-plan.tsx'
import { useForms } from './use-forms.ts'

const dayOf = (at: number): string => {
  const date = new Date(at)
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-')
}

const slateOf = ({ take, scene, slate }: PlaylistEntry): SlateFacts => ({
  slate,
  scene: scene ? `${padNumber(scene.number)} ${scene.title}`.trim() : slate,
  take: take.number,
  seed: take.request.seed,
  date: dayOf(take.finishedAt ?? take.createdAt),
})

/** Says how it ended where nobody looks at it. */
function tellEnd(job: ExportJob): void {
  if (useSequence.getState().exportOpen || (job.phase !== 'done' && job.phase !== 'failed')) return
  const done = job.phase === 'done'
  showToast({
    kind: done ? 'info' : 'error',
    title: done ? `${job.file.name} is written` : job.problem,
    text: done ? job.file.path : job.text,
    action: { label: 'Show', run: showExport },
  })
}

/** Asks how the file is to be, and says beforehand how it will be made. */
export function ExportAsk({ now, onClose }: { now: PlaylistNow; onClose(): void }) {
  // What is shown may change meanwhile; what was asked for stays.
  const [list] = useState(now)
  const [title, setTitle] = useState(now.title)
  const [choice, setChoice] = useState<ExportChoice>(USUAL_CHOICE)
  const [leaveOut, setLeaveOut] = useState(false)
  const forms = useForms(list.entries)
  const { size, rate, slates, parts } = choice
  const written = slates && parts.length > 0
  const plan = useMemo(
    () =>
      planSequence(
        forms.clips.map(({ entry, form }) => ({ name: entry.slate, form })),
        { size, rate, slates: written },
      ),
    [forms.clips, size, rate, written],
  )
  const encoders = useEncoders(plan)
  const looking = forms.looked < list.entries.length
  const blocked = forms.bad.length > 0 && !leaveOut
  const can =
    !looking &&
    !blocked &&
    plan !== null &&
    encoders !== null &&
    title.trim() !== '' &&
    (plan.kind === 'copied' || encoders.video !== null)
  const go = () => {
    if (!plan || !encoders) return
    const file = startExport({
      title: title.trim(),
      plan,
      encoders,
      slateFrames: choice.slateFrames,
      clips: forms.clips.map(({ entry, form }) => ({
        takeId: entry.take.id,
        slate: entry.slate,
        url: clipUrl(entry.take.id),
        form,
        texts: written ? slateTexts(slateOf(entry), parts) : [],
      })),
    })
    void file.then(tellEnd)
  }
  return (
    <Dialog
      open
      onClose={onClose}
      title="Export as one MP4"
      size="medium"
      footer={
        <>
          <span className="t3 c12 export-where">Goes into the folder “exports” of the library</span>
          <Button look="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={!can} onClick={go}>
            Export {plural(forms.clips.length, 'take')}
          </Button>
        </>
      }
    >
      <div className="export-ask">
        <Field label="Name">
          {(ids) => (
            <TextField {...ids} value={title} maxLength={150} onChange={(event) => setTitle(event.target.value)} />
          )}
        </Field>
        {looking ? (
          <>
            <output className="t2">
              Looking at the clips: {forms.looked} of {list.entries.length}
            </output>
            <ProgressBar
              value={forms.looked / Math.max(1, list.entries.length)}
              tone="downloading"
              label="Looking at the clips"
            />
          </>
        ) : (
          <>
            <ExportOptions forms={forms.clips.map(({ form }) => form)} choice={choice} onChange={setChoice} />
            {forms.bad.length > 0 && (
              <div className="export-plan" data-kind="blocked" role="alert">
                <TriangleAlert size={16} aria-hidden />
                <div>
                  <p className="t2">
                    {problemsText(forms.bad)} {leaveOut ? 'Left out.' : 'The file cannot be made with it.'}
                  </p>
                  {!leaveOut && forms.clips.length > 0 && (
                    <Button size="small" onClick={() => setLeaveOut(true)}>
                      Leave {forms.bad.length === 1 ? 'it' : 'them'} out
                    </Button>
                  )}
                </div>
              </div>
            )}
            {plan && !blocked && <PlanText plan={plan} encoders={encoders} shape={anotherShape(forms, plan)} />}
          </>
        )}
      </div>
    </Dialog>
  )
}
