/** An element of a parsed XML document. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Text directly inside, entities read. */
  readonly text: string;
}

const NAME = '[A-Za-z_:][\\w:.-]*';
const TOKEN = new RegExp(
  `<\\?[^?]*\\?>|<!--[\\s\\S]*?-->|<(?<close>/)?(?<name>${NAME})(?<attributes>(?:\\s+${NAME}\\s*=\\s*"[^"<]*")*)\\s*(?<empty>/)?>|(?<text>[^<]+)`,
  'y',
);

/** Reads the XML that the tests need, and throws wherever it is not well-formed. Written from the XML 1.0 recommendation. */
export function parseXml(xml: string): XmlElement {
  if (/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u.test(xml)) throw new Error('not a character');
  const root = { name: '', attributes: {}, children: [] as XmlElement[], text: '' };
  const open = [root];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < xml.length; ) {
    const at = TOKEN.lastIndex;
    const token = TOKEN.exec(xml)?.groups;
    if (token === undefined) {
      if (TOKEN.lastIndex > at) continue;
      throw new Error(`not well-formed at ${at}: ${xml.slice(at, at + 60)}`);
    }
    const { close, name, attributes, empty, text } = token;
    const parent = open.at(-1)!;
    if (text !== undefined) parent.text += readEntities(text);
    else if (name === undefined) continue;
    else if (close !== undefined) {
      if (open.pop()?.name !== name) throw new Error(`</${name}> closes nothing`);
    } else {
      const element = { name, attributes: readAttributes(attributes ?? ''), children: [], text: '' };
      parent.children.push(element);
      if (empty === undefined) open.push(element);
    }
  }
  if (open.length !== 1 || root.children.length !== 1 || root.text.trim() !== '')
    throw new Error('not one root element');
  return root.children[0]!;
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of text.matchAll(new RegExp(`(${NAME})\\s*=\\s*"([^"]*)"`, 'g'))) {
    if (name in attributes) throw new Error(`${name} is there twice`);
    if (/[\t\n\r]/.test(value)) throw new Error(`${name} has a line break, which readers turn into a space`);
    attributes[name] = readEntities(value);
  }
  return attributes;
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function readEntities(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text');
  return text.replace(/&([^;]*;?)/g, (_, reference: string) => {
    const known = ENTITIES[reference.slice(0, -1)];
    if (known === undefined || !reference.endsWith(';')) throw new Error(`&${reference.slice(0, 20)} is no entity`);
    return known;
  });
}
