import { removeScenes } from '../../commands/scene-actions.ts'
import type { OpenBoard } from '../../state/hooks.ts'
import { listText } from '../../state/seeds.ts'
import { padNumber, plural, takesOf } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx'

/** Asks before scenes are deleted. Those with takes stay: a take is never thrown away with its scene. */
export function RemoveDialog({ board }: { board: OpenBoard }) {
  const open = useUi((ui) => ui.removeOpen)
  const selected = useUi((ui) => ui.selected)
  const close = () => useUi.setState({ removeOpen: false })
  const chosen = board.scenes.filter((scene) => selected.has(scene.id))
  const removable = chosen.filter((scene) => takesOf(board.view, scene.id).length === 0)
  const kept = chosen.filter((scene) => !removable.includes(scene))
  const numbers = listText(kept.map((scene) => padNumber(scene.number)))
  const keptText =
    kept.length === 1 ? `Scene ${numbers} has takes and stays.` : `Scenes ${numbers} have takes and stay.`

  if (removable.length === 0) {
    return (
      <Dialog
        open={open && chosen.length > 0}
        onClose={close}
        title="Scenes with takes stay"
        footer={<Button onClick={close}>Close</Button>}
      >
        <p className="t2">{keptText} Takes are kept with their scene so that none is ever lost.</p>
      </Dialog>
    )
  }
  return (
    <ConfirmDialog
      open={open}
      onClose={close}
      title={
        removable.length === 1
          ? `Delete scene ${padNumber(removable[0]?.number ?? '')}?`
          : `Delete ${removable.length} scenes?`
      }
      action={`Delete ${plural(removable.length, 'scene')}`}
      onConfirm={() => void removeScenes(removable)}
    >
      {kept.length > 0 && <p>{keptText}</p>}
      <p>{removable.length === 1 ? 'Its prompt and notes are removed.' : 'Their prompts and notes are removed.'}</p>
    </ConfirmDialog>
  )
}
