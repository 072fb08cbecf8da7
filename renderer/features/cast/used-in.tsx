import type { Cast, Reference, Scene, Storyboard, Take } from '../../../shared/model.ts'
import { replaceImage } from '../../commands/cast-actions.ts'
import { chooseScenes } from '../../commands/scene-actions.ts'
import { ScenePicture } from '../../common/pictures.tsx'
import type { ProjectView } from '../../state/apply-event.ts'
import { imageUrl } from '../../state/media.ts'
import { padNumber, plural, scenesOf, stateOf } from '../../state/selectors.ts'
import { useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Thumb } from '../../ui/thumb.tsx'
import { boardsOf, REASON_WORDS, reasonOf, reasonsText, scenesUsing, takesByImage, takesWith } from './logic.ts'

/** Opens the board with scenes chosen; headings they lie under are unfolded. */
function showScenes(view: ProjectView, storyboard: Storyboard, scenes: readonly Scene[]): void {
  const chosen = new Set(scenes.map(({ id }) => id))
  const folded = new Set(useUi.getState().folded)
  let heading: Scene | null = null
  for (const scene of scenesOf(view, storyboard.id)) {
    if (scene.section !== null) heading = scene
    if (heading && chosen.has(scene.id)) folded.delete(heading.id)
  }
  useUi.setState({ view: 'board', storyboardId: storyboard.id, folded })
  chooseScenes([...chosen])
}

function BoardScenes({
  view,
  cast,
  storyboard,
  scenes,
  titled,
}: {
  view: ProjectView
  cast: Cast
  storyboard: Storyboard
  scenes: readonly Scene[]
  titled: boolean
}) {
  return (
    <>
      {(titled || scenes.length > 1) && (
        <div className="used-head">
          <span className="ell num">{titled ? storyboard.title : reasonsText(scenes, cast)}</span>
          {scenes.length > 1 && (
            <button type="button" className="label-button" onClick={() => showScenes(view, storyboard, scenes)}>
              Select on board
            </button>
          )}
        </div>
      )}
      <ul className="used-scenes">
        {scenes.map((scene) => {
          const why = REASON_WORDS[reasonOf(scene, cast)]
          return (
            <li key={scene.id}>
              <button
                type="button"
                aria-label={`Scene ${padNumber(scene.number)}, ${scene.title || 'untitled'}, ${why}`}
                title={`${scene.title || 'Untitled'}, ${why}`}
                onClick={() => showScenes(view, storyboard, [scene])}
              >
                <ScenePicture scene={scene} state={stateOf(view, scene)}>
                  <span className="plate num used-number">{padNumber(scene.number)}</span>
                </ScenePicture>
              </button>
            </li>
          )
        })}
      </ul>
    </>
  )
}

/** The scenes that send a reference, and why. */
export function UsedIn({ view, cast, reference }: { view: ProjectView; cast: Cast; reference: Reference }) {
  const scenes = scenesUsing(view, cast, reference.id)
  const boards = boardsOf(view, cast).flatMap((storyboard) => {
    const own = scenes.filter(({ storyboardId }) => storyboardId === storyboard.id)
    return own.length > 0 ? [{ storyboard, own }] : []
  })
  return (
    <section className="section" aria-label="Used in">
      <div className="section-label">
        <span className="num">
          {scenes.length === 0 ? 'Not sent by any scene' : `Used in ${plural(scenes.length, 'scene')}`}
        </span>
      </div>
      {scenes.length === 0 && (
        <p className="field-note">
          {boardsOf(view, cast).length === 0
            ? 'No storyboard uses this cast.'
            : 'A scene sends it once its prompt mentions the name, or mentions nobody.'}
        </p>
      )}
      {boards.map(({ storyboard, own }) => (
        <BoardScenes
          key={storyboard.id}
          view={view}
          cast={cast}
          storyboard={storyboard}
          scenes={own}
          titled={boards.length > 1}
        />
      ))}
    </section>
  )
}

function scenesOfTakes(view: ProjectView, takes: readonly Take[]) {
  const ids = new Set(takes.map(({ sceneId }) => sceneId))
  const scenes = [...view.scenes.values()].filter(({ id }) => ids.has(id)).sort((a, b) => a.position - b.position)
  const storyboard = scenes[0] && view.storyboards.get(scenes[0].storyboardId)
  return storyboard ? { storyboard, scenes: scenes.filter(({ storyboardId }) => storyboardId === storyboard.id) } : null
}

/** How many takes were made with each picture a reference has had; an earlier one can be had back. */
export function MadeWith({ view, reference }: { view: ProjectView; reference: Reference }) {
  const images = takesByImage(view, reference)
  const now = images.get(reference.image.sha256)?.length ?? 0
  const earlier = [...images].filter(([sha256]) => sha256 !== reference.image.sha256)
  if (now === 0 && earlier.length === 0) return null
  return (
    <section className="section" aria-label="Takes">
      <div className="section-label">
        <span className="num">
          {now === 0 ? 'No take made with this image yet' : `${plural(now, 'take')} made with this image`}
        </span>
      </div>
      {earlier.length > 0 && (
        <ul className="earlier-images" aria-label="Earlier images">
          {earlier.map(([sha256, takes]) => {
            const place = scenesOfTakes(view, takes)
            return (
              <li key={sha256}>
                <Thumb src={imageUrl(sha256)} label={`Earlier image of ${reference.name}`} size={40} />
                <span className="grow">
                  <span className="c12">Earlier image</span>
                  {place ? (
                    <button
                      type="button"
                      className="label-button num"
                      onClick={() => showScenes(view, place.storyboard, place.scenes)}
                    >
                      {plural(takes.length, 'take')}, show
                    </button>
                  ) : (
                    <span className="c11 t3 num">{plural(takes.length, 'take')}</span>
                  )}
                </span>
                <Button
                  size="small"
                  onClick={() => void replaceImage(reference, sha256, takesWith(view, reference).length)}
                >
                  Use again
                </Button>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
