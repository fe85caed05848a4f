export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

type Open = { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string };

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Reads XML without comments, CDATA and doctypes; throws at all that is not well-formed XML 1.0. */
export function xmlTree(xml: string): XmlElement {
  const forbidden = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(xml);
  if (forbidden !== null) throw new Error(`forbidden character at ${forbidden.index}`);
  const body = xml.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  const root: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [root];
  for (const token of body.match(/<[^>]*>|[^<]+/g) ?? []) {
    const top = open.at(-1) ?? root;
    if (!token.startsWith('<')) top.text += plain(token);
    else if (token.startsWith('</')) {
      if (token !== `</${top.name}>`) throw new Error(`${token} closes ${top.name}`);
      open.pop();
    } else {
      const [, name = '', attributes = '', empty] = /^<([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>$/.exec(token) ?? [];
      if (name === '') throw new Error(`not a tag: ${token}`);
      const pairs = [...attributes.matchAll(/ ([a-z]+)="([^"]*)"/g)].map(
        ([, key = '', value = '']) => [key, plain(value)] as const,
      );
      if (new Set(pairs.map(([key]) => key)).size < pairs.length) throw new Error(`an attribute twice: ${token}`);
      const element: Open = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      top.children.push(element);
      if (empty === '') open.push(element);
    }
  }
  const [only] = root.children;
  if (open.length > 1 || root.children.length > 1 || only === undefined) throw new Error('not one closed element');
  return only;
}

const plain = (text: string): string =>
  text.replace(/&([a-z]*;)?/g, (entity, name = '') => {
    const character = ENTITIES[String(name).slice(0, -1)];
    if (character === undefined) throw new Error(`not an entity: ${entity}`);
    return character;
  });
