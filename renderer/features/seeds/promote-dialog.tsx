import { Clapperboard } from 'lucide-react'
import { useState } from 'react'
import type { Scene, Take } from '../../../shared/model.ts'
import { formatUsd } from '../../../shared/money.ts'
import { lockSeed } from '../../commands/seed-commands.ts'
import { TakePicture } from '../../common/pictures.tsx'
import type { OpenBoard } from '../../state/hooks.ts'
import { padNumber, plural, totalPrice } from '../../state/selectors.ts'
import { openPreflight, useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { RadioList } from '../../ui/choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { reachesOf, settingsDiffer } from './promote.ts'

/** Takes the seed of a take further: locked where it shall count, and then made at each scene's own settings. */
export function PromoteDialog({
  board,
  scene,
  take,
  onClose,
}: {
  board: OpenBoard
  scene: Scene
  take: Take
  onClose(): void
}) {
  const selected = useUi((ui) => ui.selected)
  const chosen = board.scenes.filter(({ id }) => selected.has(id))
  const reaches = reachesOf(take, scene, board.scenes, board.cast, chosen)
  const [key, setKey] = useState('scene')
  const reach = reaches.find((each) => each.key === key) ?? reaches[0]
  const scenes = reach?.scenes ?? [scene]
  const { seed } = take.request
  const rehearsing = board.view.project.provider === 'rehearsal'
  const differ = settingsDiffer(take, scene)
  const lock = async (then: () => void) => {
    if (!(await lockSeed(seed, scenes))) return
    onClose()
    then()
  }
  const generate = () =>
    openPreflight({ kind: 'cells', cells: scenes.map(({ id }) => ({ sceneId: id, seed })), resolution: null })
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Promote seed ${seed}`}
      footer={
        <>
          <Button look="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={() => void lock(() => {})}>Lock only</Button>
          <Button look="primary" className="num" icon={<Clapperboard size={16} />} onClick={() => void lock(generate)}>
            {rehearsing
              ? `Lock, then rehearse ${plural(scenes.length, 'take')}`
              : `Lock, then price ${plural(scenes.length, 'take')} · ${formatUsd(totalPrice(scenes))}`}
          </Button>
        </>
      }
    >
      <div className="promote-take">
        <TakePicture scene={scene} take={take} />
        <p className="t2">
          <b className="num">
            Scene {padNumber(scene.number)} {scene.title}, take {take.number}
          </b>
          {differ ?? 'The next take of the scene is made with the same settings.'} Who is in the picture comes from the
          references.
        </p>
      </div>
      <RadioList
        label="Lock the seed on"
        value={reach?.key ?? 'scene'}
        onChange={setKey}
        options={reaches.map((each) => ({
          value: each.key,
          label: each.label,
          aside: each.scenes.length === 1 ? '' : plural(each.scenes.length, 'scene'),
        }))}
      />
    </Dialog>
  )
}
