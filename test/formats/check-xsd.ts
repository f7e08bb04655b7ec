import { parseXml, type XmlElement } from './parse-xml.ts';

/**
 * Checks a document against an XML Schema that is made of what `junit-10.xsd` uses: elements with named children in any order, attributes,
 * text where it is mixed or typed, and patterns.
 *
 * @returns what is wrong, each with the name of the element
 */
export function faultsUnderXsd(xml: string, xsd: string): readonly string[] {
  const schema = parseXml(xsd);
  const named = (kind: string, name: string): XmlElement | undefined =>
    schema.children.find((item) => item.name === kind && item.attributes.name === name);

  const check = (element: XmlElement): readonly string[] => {
    const declared = named('xs:element', element.name);
    if (declared === undefined) return [`${element.name}: not declared`];
    const type = declared.children[0] ?? named('xs:complexType', declared.attributes.type ?? '');
    if (type === undefined) return element.children.map((child) => `${child.name}: not allowed in ${element.name}`);
    const parts = descendants(type);
    const allowed = parts
      .filter((part) => part.name === 'xs:element')
      .map(({ attributes: { ref, name } }) => ref ?? name);
    const attributes = parts.filter((part) => part.name === 'xs:attribute');
    return [
      ...element.children
        .filter(({ name }) => !allowed.includes(name))
        .map(({ name }) => `${element.name}: has ${name}`),
      ...(type.attributes.mixed !== 'true' && element.text.trim() !== '' ? [`${element.name}: has text`] : []),
      ...attributes
        .filter(({ attributes: { name, use } }) => use === 'required' && !(name! in element.attributes))
        .map(({ attributes: { name } }) => `${element.name}: lacks ${name}`),
      ...Object.entries(element.attributes).flatMap(([name, value]) => {
        const attribute = attributes.find((candidate) => candidate.attributes.name === name);
        if (attribute === undefined) return [`${element.name}: has attribute ${name}`];
        const simple = named('xs:simpleType', attribute.attributes.type ?? '');
        const pattern = simple?.children[0]?.children[0]?.attributes.value;
        return pattern === undefined || new RegExp(`^(?:${pattern})$`).test(value)
          ? []
          : [`${element.name}: ${name}=${value}`];
      }),
      ...element.children.flatMap(check),
    ];
  };
  return check(parseXml(xml));
}

function descendants({ children }: XmlElement): readonly XmlElement[] {
  return children.flatMap((child) => [child, ...descendants(child)]);
}
