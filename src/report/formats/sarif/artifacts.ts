import type { SourceLocation } from '../../../domain/location.ts';
import type { AuditReport } from '../../../domain/report.ts';
import { inputFromRoot } from '../../source-path.ts';
import { type SarifArtifact, type SarifLocation, SOURCE_ROOT } from './log.ts';

/** Lists the files of the audit, each once. */
export function sarifArtifacts(report: AuditReport): readonly SarifArtifact[] {
  const artifacts = new Map<string, SarifArtifact>();
  for (const input of report.inputs) {
    const { role, sha256 } = input;
    const uri = toUri(inputFromRoot(report, input));
    const roles = [
      role === 'config' || role === 'lock' ? ('userSpecifiedConfiguration' as const) : ('analysisTarget' as const),
    ];
    if (!artifacts.has(uri))
      artifacts.set(uri, { location: { uri, ...baseOf(uri) }, roles, hashes: { 'sha-256': sha256 } });
  }
  return [...artifacts.values()];
}

/** Relative paths are counted from the root of the repository; what lies outside of it is not. */
function baseOf(uri: string): { readonly uriBaseId?: typeof SOURCE_ROOT } {
  return /^(?:file:|\.\.\/)/.test(uri) ? {} : { uriBaseId: SOURCE_ROOT };
}

/** Writes a place in a file as seen from the root of the repository, and where among the artifacts the file is. */
export function sarifLocation(
  { file, line, column }: SourceLocation,
  artifacts: readonly SarifArtifact[],
): NonNullable<SarifLocation['physicalLocation']> {
  const uri = toUri(file);
  const index = artifacts.findIndex((artifact) => artifact.location.uri === uri);
  const region =
    line === undefined ? undefined : { startLine: line, ...(column === undefined ? {} : { startColumn: column }) };
  return {
    artifactLocation: { uri, ...baseOf(uri), ...(index < 0 ? {} : { index }) },
    ...(region === undefined ? {} : { region }),
  };
}

/**
 * Writes a path as a URI reference: forward slashes, each step percent-encoded. Absolute paths become `file:` URIs.
 *
 * @param path - with slashes or backslashes, relative or absolute
 */
export function toUri(path: string): string {
  // Half a surrogate pair cannot be encoded; it stands for itself as the replacement character, as in UTF-8.
  const steps = path
    .replaceAll('\\', '/')
    .replace(/^(?:\.\/)+/, '')
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/');
  const drive = /^[A-Za-z]:$/.test(steps[0] ?? '') ? steps.shift() : undefined;
  const encoded = steps.map(encodeURIComponent).join('/');
  if (drive !== undefined) return `file:///${drive}/${encoded}`;
  return encoded.startsWith('/') ? `file://${encoded}` : encoded;
}
