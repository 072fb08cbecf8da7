import './first-run.css'
import { Film, FolderOpen, KeyRound, Plus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import barnDoor from '../../assets/welcome/barn-door.webp'
import firstMist from '../../assets/welcome/first-mist.webp'
import firstSnow from '../../assets/welcome/first-snow.webp'
import goldGrass from '../../assets/welcome/gold-grass.webp'
import lastLight from '../../assets/welcome/last-light.webp'
import weatherTurns from '../../assets/welcome/weather-turns.webp'
import { registry } from '../../commands/registry.ts'
import { openSample } from '../../commands/studio-commands.ts'
import { useNow } from '../../state/hooks.ts'
import { useProjection } from '../../state/projection.ts'
import { recentProjects } from '../../state/recent-projects.ts'
import { openProject } from '../../state/session.ts'
import { openSettings, useUi } from '../../state/ui-store.ts'
import { Button } from '../../ui/button.tsx'
import { Kbd } from '../../ui/kbd.tsx'

function Way({
  art,
  title,
  text,
  action,
  aside,
}: {
  art: ReactNode
  title: string
  text: string
  action: ReactNode
  aside: ReactNode
}) {
  return (
    <section className="way">
      <div className="way-art" aria-hidden>
        {art}
      </div>
      <div className="way-words">
        <h2>{title}</h2>
        <p>{text}</p>
        <div className="way-go">
          {action}
          <span className="t3 c12">{aside}</span>
        </div>
      </div>
    </section>
  )
}

const Still = ({ src }: { src: string }) => <img src={src} alt="" draggable={false} />

const SampleArt = () => (
  <div className="mosaic">
    {[goldGrass, firstMist, barnDoor, lastLight, weatherTurns, firstSnow].map((src) => (
      <Still key={src} src={src} />
    ))}
  </div>
)

const BlankArt = () => (
  <div className="blank-board">
    <div>01</div>
    <div className="next">
      02
      <Plus size={20} strokeWidth={1.5} />
    </div>
    <div>03</div>
    <div>04</div>
  </div>
)

const FILE_LINES = [
  ['"title"', ': "The Long Pasture",'],
  ['"cast"', ': ['],
  ['', '  { "name": "Mara", … }'],
  ['', '],'],
  ['"scenes"', ': ['],
  ['', '  { "title": "First mist",'],
  ['', '    "prompt": "@Mara …",'],
  ['', '    "duration": 6 },'],
]

const FileArt = () => (
  <>
    <div className="file-page">
      {FILE_LINES.map(([name, rest]) => (
        <div key={`${name}${rest}`}>
          <b>{name}</b>
          {rest}
        </div>
      ))}
    </div>
    <div className="file-frames">
      {[firstMist, weatherTurns, barnDoor].map((src, index) => (
        <div key={src} className="file-frame">
          <Still src={src} />
          <span className="plate num">0{index + 1}</span>
        </div>
      ))}
    </div>
  </>
)

/** The projects opened last, for coming back. */
function Recent() {
  const studio = useProjection((projection) => projection.studio)
  const open = useProjection((projection) => projection.view?.project.id ?? null)
  const projects = recentProjects(studio, useNow(false), open).slice(0, 6)
  if (projects.length === 0) return null
  return (
    <nav className="recent" aria-label="Recent projects">
      <h2 className="section-label">Recent</h2>
      <ul>
        {projects.map(({ id, title, opened, rehearsal }) => (
          <li key={id}>
            <button type="button" onClick={() => void openProject(id)}>
              <FolderOpen size={16} className="t2" aria-hidden />
              <span className="ell">{title}</span>
              <span className="t3 c12">{rehearsal ? `Rehearsal · ${opened}` : opened}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** What a library without projects shows: three ways in, and what costs nothing; with projects, those too. */
export function FirstRun() {
  const keyPresent = useProjection((projection) => projection.studio?.key.present ?? false)
  const again = useUi((ui) => ui.startOpen)
  const [opening, setOpening] = useState(false)
  const newKeys = registry.keysOf('project.new')
  const sample = async () => {
    setOpening(true)
    await openSample()
    setOpening(false)
  }
  return (
    <main className="first-run">
      <div>
        <h1>Plan the film before you pay for it.</h1>
        <p className="lead">Time the whole film as an animatic first. Rehearsal is free and needs no API key.</p>
      </div>
      <div className="ways">
        <Way
          art={<SampleArt />}
          title="Open the sample project"
          text="A 12-scene short with its cast and prompts. Everything works, nothing is charged."
          action={
            <Button look="primary" size="large" disabled={opening} onClick={() => void sample()}>
              {opening ? 'Opening' : 'Open sample'}
            </Button>
          }
          aside="included"
        />
        <Way
          art={<BlankArt />}
          title="Start a board"
          text="Name it, add scenes, write prompts. Drop in up to 9 cast images when you have them."
          action={
            <Button size="large" onClick={() => registry.run('project.new')}>
              New board
            </Button>
          }
          aside={newKeys && <Kbd keys={newKeys} />}
        />
        <Way
          art={<FileArt />}
          title="Open a board file"
          text="A .board.json with the images it names, or a bundle. Scenes, cast and seeds come in as written."
          action={
            <Button size="large" onClick={() => registry.run('project.import')}>
              Choose file
            </Button>
          }
          aside="or drop it here"
        />
      </div>
      {again && <Recent />}
      <div className="free">
        <Film size={20} strokeWidth={1.5} className="t2" aria-hidden />
        <div className="grow">
          <strong>Projects start in rehearsal mode</strong>
          <p className="t2">
            Placeholder clips are rendered on this computer from your titles, timings and sketches.
            {!keyPresent && ' Add an API key when you want real takes.'}
          </p>
        </div>
        <div className="free-strip" aria-hidden>
          {[firstMist, barnDoor, goldGrass, weatherTurns, lastLight].map((src) => (
            <Still key={src} src={src} />
          ))}
        </div>
        {!keyPresent && (
          <Button look="ghost" size="large" icon={<KeyRound size={16} />} onClick={openSettings}>
            Add API key
          </Button>
        )}
      </div>
    </main>
  )
}
