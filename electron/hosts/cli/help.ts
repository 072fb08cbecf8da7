import { specOf } from './args.ts'
import { COMMANDS, OPTIONS, type CommandName, type OptionName } from './command-table.ts'

const column = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`).join('\n')
}

const optionRow = (name: OptionName): readonly [string, string] => {
  const { value, help } = OPTIONS[name]
  return [value === null ? `--${name}` : `--${name} ${value}`, help]
}

function generalHelp(): string {
  const commands = COMMANDS.map(({ name, usage, summary }) => [`${name} ${usage}`.trim(), summary] as const)
  return [
    'Takeboard: batches of video takes from a storyboard, under a spending cap.',
    '',
    'Usage: takeboard COMMAND [options]',
    '',
    column(commands),
    '',
    'Options of every command:',
    column((['library', 'project', 'json', 'quiet', 'help', 'version'] as const).map(optionRow)),
    '',
    'Environment:',
    column([
      ['WAVESPEED_API_KEY', 'the key of the paid service'],
      ['WAVESPEED_BASE_URL', 'its address (default https://api.wavespeed.ai)'],
    ]),
    '',
    'takeboard COMMAND --help says more.',
  ].join('\n')
}

/** The help text, of one command or of the whole tool. */
export function helpText(command: CommandName | null): string {
  if (command === null) return generalHelp()
  const spec = specOf(command)
  const notes = 'notes' in spec ? ['', spec.notes] : []
  const usage = ['takeboard', command, spec.usage, '[options]'].filter((word) => word !== '').join(' ')
  const summary = spec.summary.charAt(0).toUpperCase() + spec.summary.slice(1)
  return [`Usage: ${usage}`, '', `${summary}.`, ...notes, '', 'Options:', column(spec.options.map(optionRow))].join(
    '\n',
  )
}
