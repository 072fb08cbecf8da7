import { parseArgs } from 'node:util'
import { present } from '../../../shared/assert.ts'
import { didYouMean } from '../../../shared/nearest.ts'
import { COMMAND_NAMES, COMMANDS, OPTIONS, type CommandName, type OptionName } from './command-table.ts'
import { usageError } from './usage.ts'

/** A command line taken apart, checked against the table of commands but not for the meaning of its values. */
export interface Invocation {
  readonly command: CommandName
  readonly positionals: readonly string[]
  /** Values of the options given; null for a switch that is on. */
  readonly options: Readonly<Partial<Record<OptionName, string>>>
  readonly flags: ReadonlySet<OptionName>
}

export type ParsedArgs =
  | { readonly kind: 'run'; readonly invocation: Invocation }
  /** Null: the help of the whole tool. */
  | { readonly kind: 'help'; readonly command: CommandName | null }
  | { readonly kind: 'version' }

const isOption = (name: string): name is OptionName => Object.hasOwn(OPTIONS, name)
const isCommand = (name: string): name is CommandName => (COMMAND_NAMES as readonly string[]).includes(name)

const SHORT: Readonly<Record<string, OptionName>> = { h: 'help', V: 'version', q: 'quiet', y: 'yes' }
const PARSE_OPTIONS = Object.fromEntries(
  Object.entries(OPTIONS).map(([name, { value }]) => [name, { type: value === null ? 'boolean' : 'string' } as const]),
)

const dashed = (name: string) => `--${name}`

interface Given {
  readonly name: string
  readonly value: string | undefined
}

function split(args: readonly string[]): { given: Given[]; positionals: string[] } {
  const { tokens } = parseArgs({
    args: [...args],
    options: PARSE_OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  const given: Given[] = []
  const positionals: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value)
    if (token.kind !== 'option') continue
    const short = !token.rawName.startsWith('--')
    const name = short ? SHORT[token.name] : token.name
    given.push({ name: name ?? token.rawName, value: token.value })
  }
  return { given, positionals }
}

function commandOf(positionals: readonly string[]): CommandName {
  const [word] = positionals
  if (word === undefined) return 'open'
  if (isCommand(word)) return word
  const hint = word.endsWith('.json')
    ? ` To open a board, write takeboard open ${word}.`
    : didYouMean(word, COMMAND_NAMES) || ` The commands are ${COMMAND_NAMES.join(', ')}.`
  throw usageError(`There is no command ${word}.${hint}`)
}

/**
 * Reads the arguments after `takeboard`. No command at all means `open`.
 * @throws TakeboardError bad-input naming the nearest command or option
 */
export function parseCommandLine(args: readonly string[]): ParsedArgs {
  const { given, positionals } = split(args)
  if (positionals[0] === 'help') {
    const about = positionals[1]
    return { kind: 'help', command: about === undefined ? null : commandOf([about]) }
  }
  const asksHelp = given.some(({ name }) => name === 'help')
  if (asksHelp && positionals.length === 0) return { kind: 'help', command: null }
  if (given.some(({ name }) => name === 'version')) return { kind: 'version' }
  const unknown = given.find(({ name }) => !isOption(name))
  // An unknown option may have swallowed nothing, so what follows it is no command; the option is the mistake to name.
  if (unknown && (positionals[0] === undefined || !isCommand(positionals[0]))) refuseOption(unknown.name, null)
  const command = commandOf(positionals)
  if (asksHelp) return { kind: 'help', command }
  return { kind: 'run', invocation: invocationOf(command, given, positionals.slice(1)) }
}

function refuseOption(name: string, command: CommandName | null): never {
  const all = command === null ? Object.keys(OPTIONS) : specOf(command).options
  const typed = name.replace(/^-+/, '')
  const hint = didYouMean(typed, all, dashed)
  const shown = name.startsWith('-') ? name : dashed(name)
  const where = command === null ? 'There is no option' : `takeboard ${command} has no option`
  throw usageError(`${where} ${shown}.${hint}`, command ?? undefined)
}

export const specOf = (command: CommandName) =>
  present(
    COMMANDS.find(({ name }) => name === command),
    'the name comes from the table',
  )

function invocationOf(command: CommandName, given: readonly Given[], positionals: readonly string[]): Invocation {
  const spec = specOf(command)
  const allowed: readonly OptionName[] = spec.options
  const options: Partial<Record<OptionName, string>> = {}
  const flags = new Set<OptionName>()
  for (const { name, value } of given) {
    if (!isOption(name) || !allowed.includes(name)) refuseOption(name, command)
    if (flags.has(name) || options[name] !== undefined) throw usageError(`${dashed(name)} is given twice.`, command)
    const { value: placeholder } = OPTIONS[name]
    if (placeholder === null) {
      if (value !== undefined) throw usageError(`${dashed(name)} takes no value.`, command)
      flags.add(name)
    } else {
      if (value === undefined || value === '' || value.startsWith('--')) {
        throw usageError(`${dashed(name)} needs a value: ${dashed(name)} ${placeholder}.`, command)
      }
      options[name] = value
    }
  }
  if ((options.project?.length ?? 0) > 200) throw usageError('--project is longer than 200 characters.', command)
  const { min, max } = spec.positionals
  if (positionals.length < min) throw usageError(`takeboard ${command} needs ${spec.usage}.`, command)
  const surplus = positionals[max]
  if (surplus !== undefined) throw usageError(`takeboard ${command} does not know what to do with ${surplus}.`, command)
  return { command, positionals, options, flags }
}
