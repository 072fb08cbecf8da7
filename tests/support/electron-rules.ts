import { parseSync } from 'oxc-parser'

/** A source file of the desktop, by its path in the project. */
export interface Source {
  readonly path: string
  readonly text: string
}

/** One thing that is not as it must be; `where` is a path, or `nowhere` for what is missing. */
export interface Finding {
  readonly rule: string
  readonly where: string
  readonly what: string
}

type Add = (rule: string, where: string, what: string) => void

/** Any node of the tree, as far as it is looked at. */
interface Node {
  readonly type: string
  readonly [key: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
const nodesOf = (value: unknown): readonly Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

/** Calls back for every node with those around it, outermost first. */
function walk(node: Node, visit: (node: Node, around: readonly Node[]) => void, around: readonly Node[] = []): void {
  visit(node, around)
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, visit, [...around, node])
}

const nameOf = (value: unknown): string => {
  if (!isNode(value)) return ''
  if (value.type === 'Identifier') return String(value['name'])
  if (value.type === 'Literal') return String(value['value'])
  if (value.type === 'MemberExpression') return nameOf(value['property'])
  return ''
}
const literalOf = (value: unknown): unknown => (isNode(value) && value.type === 'Literal' ? value['value'] : undefined)
const argumentsOf = (call: Node) => nodesOf(call['arguments'])
const propertiesOf = (object: unknown) =>
  isNode(object) && object.type === 'ObjectExpression' ? nodesOf(object['properties']) : []
const propertyOf = (object: unknown, name: string) =>
  propertiesOf(object).find((property) => nameOf(property['key']) === name)?.['value']
const holds = (node: Node, fits: (inner: Node) => boolean) => {
  let found = false
  walk(node, (inner) => (found ||= fits(inner)))
  return found
}

/** Everything a window must say for itself: defaults have changed before, and may again. */
const PREFERENCES: Readonly<Record<string, boolean>> = {
  sandbox: true,
  contextIsolation: true,
  webSecurity: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webviewTag: false,
  allowRunningInsecureContent: false,
}
const OTHER_PREFERENCES = ['preload', 'navigateOnDragDrop', 'safeDialogs', 'spellcheck']
const WINDOWS = ['BrowserWindow', 'BrowserView', 'WebContentsView']
const PRIVILEGES = ['standard', 'secure', 'supportFetchAPI', 'stream']
const HANDLERS = ['setPermissionRequestHandler', 'setPermissionCheckHandler', 'setDevicePermissionHandler']
/** Granted to the studio's own page: it tells of the end of a batch while its window is hidden, and plays on all of the screen. */
const PERMISSIONS = ['notifications', 'fullscreen']
const GUARDS = ['will-navigate', 'will-frame-navigate', 'will-redirect', 'will-attach-webview']

/** Calls with no place in the desktop, and why. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  executeJavaScript: 'runs text as code in the page',
  executeJavaScriptInIsolatedWorld: 'runs text as code in the page',
  eval: 'runs text as code',
  loadFile: 'gives a page the rights of file:',
  openDevTools: 'opens the page to a debugger',
  setCertificateVerifyProc: 'decides on certificates in place of the system',
  appendSwitch: 'changes what Chromium protects',
  appendArgument: 'changes what Chromium protects',
  setAsDefaultProtocolClient: 'lets every web page start the app',
  registerFileProtocol: 'serves files by path',
  registerHttpProtocol: 'sends requests elsewhere',
  interceptFileProtocol: 'serves files by path',
  enableBlinkFeatures: 'switches unfinished features on',
}
const FORBIDDEN_EVENTS = ['certificate-error', 'select-client-certificate', 'login']

function checkWindow(node: Node, where: string, add: Add): void {
  const preferences = propertyOf(argumentsOf(node)[0], 'webPreferences')
  const properties = propertiesOf(preferences)
  if (properties.some(({ type }) => type !== 'Property'))
    add('preferences', where, 'a window takes preferences from elsewhere')
  for (const [name, wanted] of Object.entries(PREFERENCES))
    if (literalOf(propertyOf(preferences, name)) !== wanted) add('preferences', where, `${name} is not ${wanted}`)
  for (const { key } of properties)
    if (!Object.hasOwn(PREFERENCES, nameOf(key)) && !OTHER_PREFERENCES.includes(nameOf(key)))
      add('preferences', where, `${nameOf(key)} has not been reviewed`)
}

/** `if (mayOpenOutside(url)) ... openExternal(url)`, and nothing else. */
function checkOpenExternal(call: Node, around: readonly Node[], where: string, add: Add): void {
  const [url] = argumentsOf(call)
  const guarded = around.some((outer) => {
    const test = outer.type === 'IfStatement' ? outer['test'] : null
    if (!isNode(test) || test.type !== 'CallExpression' || nameOf(test['callee']) !== 'mayOpenOutside') return false
    const asked = nameOf(argumentsOf(test)[0])
    const within = isNode(outer['consequent']) && holds(outer['consequent'], (inner) => inner === call)
    return asked !== '' && asked === nameOf(url) && within
  })
  if (!guarded) add('open-external', where, 'an address is opened that mayOpenOutside has not allowed')
}

/** The leftmost part of `A + b + c`. */
const startOf = (node: Node | undefined): string =>
  node?.type === 'BinaryExpression' && isNode(node['left']) ? startOf(node['left']) : nameOf(node)

/** No, or whatever `mayUse` says of what is asked and who asks. */
const isReviewed = (answer: unknown) =>
  literalOf(answer) === false ||
  (isNode(answer) && answer.type === 'CallExpression' && nameOf(answer['callee']) === 'mayUse')

/** A handler answers at once, by a plain expression: with its value, or through the function it is given for that. */
function checkPermissions(name: string, handler: Node | undefined, where: string, add: Add): void {
  const decide = nodesOf(handler?.['params'])[2]
  const body = handler?.['body']
  const through = name === 'setPermissionRequestHandler' && isNode(body) && body.type === 'CallExpression'
  const told = through && decide !== undefined && nameOf(body['callee']) === nameOf(decide)
  if (!isReviewed(told ? argumentsOf(body)[0] : body)) add('permissions', where, `${name} may grant something`)
}

/** `mayUse` itself: the studio's own page, and nothing but the permissions reviewed. */
function checkMayUse(declared: Node, where: string, add: Add): void {
  const texts: string[] = []
  let own = false
  let either = false
  walk(declared, (node) => {
    const literal = literalOf(node)
    if (typeof literal === 'string') texts.push(literal)
    if (literal === true || (node.type === 'LogicalExpression' && node['operator'] !== '&&')) either = true
    if (node.type === 'UnaryExpression' || node.type === 'ConditionalExpression') either = true
    if (node.type === 'CallExpression' && nameOf(node['callee']) === 'isStudioUrl') own = true
  })
  const other = texts.filter((text) => !PERMISSIONS.includes(text))
  if (!own || either || other.length > 0) add('permissions', where, 'mayUse allows what nobody reviewed')
}

function checkCall(call: Node, around: readonly Node[], where: string, seen: Set<string>, add: Add): void {
  const name = nameOf(call['callee'])
  const args = argumentsOf(call)
  seen.add(name)
  if (Object.hasOwn(FORBIDDEN, name)) add('forbidden', where, `${name} ${FORBIDDEN[name]}`)
  if (name === 'openExternal') checkOpenExternal(call, around, where, add)
  if (name === 'loadURL' && startOf(args[0]) !== 'STUDIO_URL')
    add('load-url', where, 'a window loads something else than the studio')
  if (HANDLERS.includes(name)) checkPermissions(name, args[0], where, add)
  if (name === 'exposeInMainWorld' && nameOf(isNode(args[1]) ? args[1]['callee'] : null) !== 'createIpcTransport')
    add('bridge', where, 'the page is given something else than the transport')
  if (name === 'on' || name === 'once') {
    const event = String(literalOf(args[0]))
    seen.add(`event ${event}`)
    if (FORBIDDEN_EVENTS.includes(event)) add('forbidden', where, `${event} decides in place of the system`)
    const answers =
      args[1] && (nameOf(args[1]) === 'stay' || holds(args[1], (n) => /^(preventDefault|stay)$/.test(nameOf(n))))
    if (GUARDS.includes(event) && !answers) add('navigation', where, `${event} is heard and not prevented`)
    if (event === 'web-contents-created' && args[1] && holds(args[1], (n) => nameOf(n) === 'lockContents'))
      seen.add('locks every page')
  }
}

function checkProperty(property: Node, where: string, add: Add): void {
  const name = nameOf(property['key'])
  const value = property['value']
  if (name === 'privileges')
    for (const { key } of propertiesOf(value))
      if (!PRIVILEGES.includes(nameOf(key))) add('protocol', where, `${nameOf(key)} is a privilege nobody reviewed`)
  if (name === 'action' && literalOf(value) === 'allow') add('navigation', where, 'a new window is allowed')
}

function checkImports(node: Node, where: string, add: Add): void {
  if (literalOf(node['source']) !== 'electron') return
  for (const { imported } of nodesOf(node['specifiers']))
    if (['ipcMain', 'remote', 'desktopCapturer', 'webFrame', 'net'].includes(nameOf(imported)))
      add('forbidden', where, `${nameOf(imported)} is not needed and reaches further than what is`)
}

/** What must be there, wherever it is. */
const REQUIRED: readonly (readonly [string, string, string])[] = [
  ['enableSandbox', 'preferences', 'app.enableSandbox is not called'],
  ['registerSchemesAsPrivileged', 'protocol', 'the scheme has no declared privileges'],
  ['setWindowOpenHandler', 'navigation', 'nothing denies new windows'],
  ['locks every page', 'navigation', 'pages other than the first are not locked'],
  ...HANDLERS.map((name) => [name, 'permissions', `${name} is not called: Electron grants by default`] as const),
  ...GUARDS.map((name) => [`event ${name}`, 'navigation', `nothing hears ${name}`] as const),
]

/** Holds the sources of the desktop's main process and preload against the rules. */
export function checkDesktop(sources: readonly Source[]): readonly Finding[] {
  const findings: Finding[] = []
  const add: Add = (rule, where, what) => void findings.push({ rule, where, what })
  const seen = new Set<string>()
  for (const { path, text } of sources) {
    const { program, errors } = parseSync(path, text)
    if (errors.length > 0) add('parse', path, errors.map(({ message }) => message).join(' '))
    walk(program as unknown as Node, (node, around) => {
      if (node.type === 'CallExpression') checkCall(node, around, path, seen, add)
      if (node.type === 'NewExpression' && WINDOWS.includes(nameOf(node['callee']))) checkWindow(node, path, add)
      if (node.type === 'NewExpression' && nameOf(node['callee']) === 'Function')
        add('forbidden', path, 'new Function runs text as code')
      if (node.type === 'VariableDeclarator' && nameOf(node['id']) === 'mayUse') checkMayUse(node, path, add)
      if (node.type === 'Property') checkProperty(node, path, add)
      if (node.type === 'ImportDeclaration') checkImports(node, path, add)
      if (typeof literalOf(node) === 'string' && /ELECTRON_DISABLE_SECURITY_WARNINGS/.test(String(literalOf(node))))
        add('forbidden', path, 'warnings are switched off')
    })
  }
  for (const [sign, rule, what] of REQUIRED) if (!seen.has(sign)) add(rule, 'nowhere', what)
  return findings
}

/** What a page of the studio may not hold, in its markup or its components. */
const IN_PAGES: readonly (readonly [RegExp, string])[] = [
  [/<(?:webview|iframe|embed)\b|<object\s+\w+=/, 'holds a frame or a plug-in'],
  [/dangerouslySetInnerHTML|\.(?:inner|outer)HTML\s*=|insertAdjacentHTML|document\.write/, 'makes markup of text'],
  [/\beval\(|new Function\(|javascript:/, 'runs text as code'],
  [/(?:src|href)=["']https?:/, 'loads something from elsewhere'],
]

/** Holds the pages against the rules. */
export function checkPages(sources: readonly Source[]): readonly Finding[] {
  return sources.flatMap(({ path, text }) => {
    const inline = path.endsWith('.html') && /<script(?![^>]*\bsrc=)|<style|\son\w+=/i.test(text)
    const found = IN_PAGES.filter(([sign]) => sign.test(text)).map(([, what]) => ({ rule: 'page', where: path, what }))
    return inline ? [...found, { rule: 'page', where: path, what: 'has code or style within' }] : found
  })
}
