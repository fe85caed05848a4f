import type { Finding } from '../../core/finding.js';
import { printable } from '../printable.js';
import { standInPath } from './stand-in-path.js';

/**
 * Where a finding is, as SARIF's location. GitHub rejects a result without a file, and one without a line in it: what is
 * live gets a path that stands for it and that file's beginning; its logical locations say what it really is.
 */
export function sarifLocation(finding: Finding): Record<string, unknown> {
  const { object, container, line, column, endLine = line, endColumn, evidence } = finding;
  const name = [object.namespace, object.kind, object.name].filter((part) => part !== undefined).join('/');
  const region =
    line === undefined
      ? { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 }
      : {
          startLine: line,
          startColumn: column,
          endLine,
          endColumn,
          ...(evidence === '' ? {} : { snippet: { text: printable(evidence) } }),
        };
  return {
    physicalLocation: { artifactLocation: artifactLocation(standInPath(finding)), region },
    logicalLocations: [
      { name: printable(object.name), fullyQualifiedName: printable(name), kind: 'resource' },
      ...(container === undefined
        ? []
        : [
            {
              name: printable(container),
              fullyQualifiedName: printable(`${name}/${container}`),
              kind: 'container',
            },
          ]),
    ],
  };
}

/** A path from where the scan was started is relative to the repository's root; an absolute one has a scheme. */
export function artifactLocation(path: string): Record<string, string> {
  const uri = path
    // Half a surrogate pair has no UTF-8.
    .replace(/[\ud800-\udfff]/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
  return path.startsWith('/') ? { uri: `file://${uri}` } : { uri, uriBaseId: '%SRCROOT%' };
}
