import './export.css'
import { CircleCheck, CircleX, Copy } from 'lucide-react'
import { copyText } from '../../common/copy-text.ts'
import { formatBytes } from '../../common/format-bytes.ts'
import { cancelExport, type ExportJob, forgetExport, useExportJob } from '../../media/export-job.ts'
import { media } from '../../state/media.ts'
import type { PlaylistNow } from '../../state/playlist.ts'
import { useSequence } from '../../state/sequence.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ProgressBar } from '../../ui/meter.tsx'
import { ExportAsk } from './export-ask.tsx'

const close = () => useSequence.setState({ exportOpen: false })

function Running({ job }: { job: Extract<ExportJob, { phase: 'checking' | 'making' }> }) {
  const share = job.done / Math.max(1, job.total)
  const text =
    job.phase === 'checking'
      ? `Reading the clips from end to end: ${job.done} of ${job.total}`
      : `Frame ${job.done} of ${job.total}`
  return (
    <Dialog
      open
      onClose={close}
      title={`Exporting ${job.title}`}
      size="medium"
      footer={
        <>
          <span className="t3 c12 export-where">It goes on when this is closed</span>
          <Button look="danger" onClick={cancelExport}>
            Cancel the export
          </Button>
        </>
      }
    >
      <div className="export-ask">
        <p className="t2 num">{text}</p>
        <ProgressBar value={share} tone="generating" label="Export" />
      </div>
    </Dialog>
  )
}

function Ended({ job }: { job: Extract<ExportJob, { phase: 'done' | 'failed' }> }) {
  const leave = () => {
    forgetExport()
    close()
  }
  const done = job.phase === 'done'
  return (
    <Dialog
      open
      onClose={leave}
      title={done ? `${job.file.name} is written` : 'The export did not finish'}
      size="medium"
      footer={
        done ? (
          <>
            <a className="btn export-save" href={media().exportUrl(job.file.id)} download={job.file.name}>
              Save a copy
            </a>
            <Button look="primary" onClick={leave}>
              Done
            </Button>
          </>
        ) : (
          <>
            <Button look="ghost" onClick={leave}>
              Close
            </Button>
            <Button look="primary" onClick={forgetExport}>
              Back to the export
            </Button>
          </>
        )
      }
    >
      <div className="export-plan" data-kind={done ? 'copied' : 'blocked'}>
        {done ? <CircleCheck size={16} aria-hidden /> : <CircleX size={16} aria-hidden />}
        <div>
          {done ? (
            <>
              <p className="export-path">{job.file.path}</p>
              <p className="t3 c12 num">{formatBytes(job.file.bytes)}</p>
              <Button
                size="small"
                look="ghost"
                icon={<Copy size={14} />}
                onClick={() => void copyText(job.file.path, 'Path copied')}
              >
                Copy the path
              </Button>
            </>
          ) : (
            <>
              <p className="strong">{job.problem}</p>
              <p className="t2">{job.text}</p>
            </>
          )}
        </div>
      </div>
    </Dialog>
  )
}

/** Makes one file of what is shown: says beforehand how, then how far it is, and at last where it is. */
export function ExportDialog({ now }: { now: PlaylistNow }) {
  const open = useSequence((sequence) => sequence.exportOpen)
  const job = useExportJob((exporting) => exporting.job)
  if (!open) return null
  switch (job.phase) {
    case 'none':
      return now.entries.length > 0 ? <ExportAsk now={now} onClose={close} /> : null
    case 'checking':
    case 'making':
      return <Running job={job} />
    case 'done':
    case 'failed':
      return <Ended job={job} />
  }
}
