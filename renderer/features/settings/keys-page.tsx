import { RotateCcw, X } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import { clashesWith, comboOfPress, combosOf, type KeyChoices, SINGLE_KEYS } from '../../commands/combos.ts'
import { type Command, COMMAND_GROUPS, registry } from '../../commands/registry.ts'
import { run } from '../../state/requests.ts'
import { IconButton, Button } from '../../ui/button.tsx'
import { Switch } from '../../ui/choice.tsx'
import { Notice } from '../../ui/empty.tsx'
import { TextField } from '../../ui/field.tsx'
import { comboText, Kbd, MAC } from '../../ui/kbd.tsx'

const save = (keys: KeyChoices) => run('settings.update', { patch: { keys: { ...keys } } })

function without(keys: KeyChoices, id: string): KeyChoices {
  const { [id]: _gone, ...rest } = keys
  return rest
}

/** A combination that something else has: it stays there until it is taken over. */
interface Clash {
  readonly combo: string
  readonly others: readonly Command[]
}

function KeyRow({ command, keys }: { command: Command; keys: KeyChoices }) {
  const [asking, setAsking] = useState(false)
  const [clash, setClash] = useState<Clash | null>(null)
  const combos = combosOf(command, keys)
  const chosen = keys[command.id] !== undefined

  const press = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return setAsking(false)
    event.preventDefault()
    event.stopPropagation()
    if (event.key === 'Escape') return setAsking(false)
    const combo = comboOfPress(event, MAC)
    if (combo === null) return
    setAsking(false)
    const others = clashesWith(combo, command, registry.list(), keys)
    if (others.length > 0) setClash({ combo, others })
    else save({ ...keys, [command.id]: combo })
  }
  const takeOver = ({ combo, others }: Clash) => {
    const freed = Object.fromEntries(others.map((other) => [other.id, null]))
    save({ ...keys, ...freed, [command.id]: combo })
    setClash(null)
  }

  return (
    <li className="key-row">
      <span className="ell">{command.title}</span>
      <button
        type="button"
        className={asking ? 'key-field asking' : 'key-field'}
        onClick={() => setAsking(true)}
        onBlur={() => setAsking(false)}
        {...(asking ? { onKeyDown: press } : {})}
      >
        {asking ? (
          <span className="acc">
            Press keys<span className="hidden-text"> for {command.title}</span>
          </span>
        ) : (
          <>
            <span className="hidden-text">Keys for {command.title}: </span>
            {combos.length === 0 && <span className="t3">None</span>}
            {combos.slice(0, 2).map((combo) => (
              <Kbd key={combo} keys={combo} />
            ))}
          </>
        )}
      </button>
      <span className="key-tools">
        {combos.length > 0 && (
          <IconButton
            size="small"
            label={`Take the keys from ${command.title}`}
            icon={<X size={14} />}
            tip={false}
            onClick={() => save({ ...keys, [command.id]: null })}
          />
        )}
        {chosen && (
          <IconButton
            size="small"
            label={`Reset the keys of ${command.title}`}
            icon={<RotateCcw size={14} />}
            tip={false}
            onClick={() => save(without(keys, command.id))}
          />
        )}
      </span>
      {clash && (
        <div className="key-clash" role="alert">
          <Notice
            tone="attention"
            title={`${comboText(clash.combo)} belongs to ${clash.others.map(({ title }) => title).join(' and ')}`}
            action={
              <>
                <Button size="small" onClick={() => takeOver(clash)}>
                  Use it here instead
                </Button>
                <Button size="small" look="ghost" onClick={() => setClash(null)}>
                  Leave it
                </Button>
              </>
            }
          />
        </div>
      )}
    </li>
  )
}

/** Which keys run what; every command that has keys, or could have. */
export function KeysPage({ keys }: { keys: KeyChoices }) {
  const [query, setQuery] = useState('')
  const wanted = query.trim().toLowerCase()
  const commands = registry
    .list()
    .filter(({ title, family = '', words = '' }) => `${title} ${family} ${words}`.toLowerCase().includes(wanted))
  const groups = COMMAND_GROUPS.map((group) => ({ group, own: commands.filter((each) => each.group === group) }))
  const single = keys[SINGLE_KEYS] !== null
  return (
    <div className="settings-page keys-page">
      <div className="setting-row">
        <div className="grow">
          <strong>Keys without Cmd, Ctrl or Alt</strong>
          <p className="t2 c12">Letters and digits such as G or 5. Turn them off if speech or chance presses them.</p>
        </div>
        <Switch
          label="Keys without Cmd, Ctrl or Alt"
          checked={single}
          onChange={(on) => save(on ? without(keys, SINGLE_KEYS) : { ...keys, [SINGLE_KEYS]: null })}
        />
      </div>
      <div className="row">
        <TextField
          className="grow"
          aria-label="Search commands"
          placeholder="Search commands"
          autoComplete="off"
          value={query}
          onChange={(event) => setQuery(event.target.value)}
        />
        <Button disabled={Object.keys(keys).length === 0} onClick={() => save({})}>
          Reset all
        </Button>
      </div>
      {groups.map(
        ({ group, own }) =>
          own.length > 0 && (
            <section key={group} aria-label={group}>
              <h3 className="section-label">{group}</h3>
              <ul>
                {own.map((command) => (
                  <KeyRow key={command.id} command={command} keys={keys} />
                ))}
              </ul>
            </section>
          ),
      )}
      {commands.length === 0 && <p className="t2">No command is called that.</p>}
    </div>
  )
}
