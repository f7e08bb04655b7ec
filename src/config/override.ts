import { parse } from 'yaml';
import { isNestedTooDeep, NESTED_TOO_DEEP } from '../documents/nesting.ts';
import { AuditError } from '../errors.ts';

/**
 * Lays `--set key=value` settings over a config value.
 *
 * @param config - content of the config file; not changed
 * @param settings - such as `multiplicity.method=by`; the value is read as YAML
 * @returns a new config value
 * @throws {AuditError} E_USAGE when a setting has no `=`, or goes through something that is not a mapping
 */
export function applySettings(config: unknown, settings: readonly string[]): unknown {
  let result = config;
  for (const setting of settings) {
    const split = setting.indexOf('=');
    if (split <= 0)
      throw new AuditError('E_USAGE', `--set ${setting}: expected key=value, such as --set multiplicity.method=by.`);
    const key = setting.slice(0, split);
    result = setPath(result, key.split('.'), parseValue(setting.slice(split + 1), key), setting);
  }
  return result;
}

function setPath(target: unknown, path: readonly string[], value: unknown, setting: string): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (target !== undefined && target !== null && (typeof target !== 'object' || Array.isArray(target))) {
    throw new AuditError('E_USAGE', `--set ${setting}: \`${key}\` lies inside a value that is not a mapping.`);
  }
  const entries = Object.entries((target ?? {}) as Record<string, unknown>).filter(([name]) => name !== key);
  const current = Object.hasOwn((target ?? {}) as object, key) ? (target as Record<string, unknown>)[key] : undefined;
  return Object.fromEntries([...entries, [key, setPath(current, rest, value, setting)]]);
}

function parseValue(text: string, key: string): unknown {
  let value: unknown;
  try {
    value = parse(text, { logLevel: 'silent' });
  } catch {
    return text;
  }
  if (isNestedTooDeep(value)) throw new AuditError('E_USAGE', `--set ${key}: ${NESTED_TOO_DEEP}`);
  return value;
}
